"""What one key was taught, on top of the shared filter. Plain Python and NumPy.

The shared filter's log-odds are the starting point; a key's own weights add to them. A lesson moves the weights just so
far that its text comes out right with a margin (passive-aggressive, Crammer et al. 2006, https://jmlr.org/papers/v7/),
and its step is written down, so that it can be taken back exactly. Half of a step belongs to this very text, a quarter
to its links and its author, a quarter to its 4-grams: one mistake changes little about other texts, and nothing about other keys.
"""

import math
import re
import unicodedata
import zlib
from typing import Self
from urllib.parse import urlsplit

import numpy as np

from broadsheet.spam import Clue, Submission

BITS = 16
SIZE = 1 << BITS
MARGIN = 2.0  # log-odds on the right side that a lesson aims for: a probability of 0.88
LARGEST_STEP = 14.0  # log-odds; enough to turn the surest verdict
_SUREST = 12.0  # the shared log-odds are taken as not larger than this
_LONGEST = 3000  # characters that are looked at
_MOST_LINKS = 10
_LINK = re.compile(r"(?:https?://|www\.)([^\s/\"'<>)\]]{3,100})", re.IGNORECASE)


class OwnLessons:
    """One key's weights. Not changed in place: `moved` makes the next."""

    def __init__(self, weights: np.ndarray) -> None:
        self._weights = weights  # float32, SIZE

    @classmethod
    def none(cls) -> Self:
        return cls(np.zeros(SIZE, dtype=np.float32))

    @classmethod
    def unpacked(cls, packed: bytes) -> Self:
        """The weights that `packed` gave; nothing learnt from b""."""
        if not packed:
            return cls.none()
        return cls(np.frombuffer(zlib.decompress(packed), dtype="<f4").astype(np.float32))

    def packed(self) -> bytes:
        """For the database: little-endian float32, deflated."""
        return zlib.compress(self._weights.astype("<f4").tobytes(), 1)

    def shift(self, submission: Submission) -> float:
        """What to add to the shared filter's log-odds."""
        return sum(
            value * float(self._weights.take(places).sum()) for value, places in _groups(submission)
        )

    def step_towards(
        self, submission: Submission, *, is_spam: bool, shared_probability: float
    ) -> float:
        """How far a lesson moves the weights, in log-odds; 0 when it is known already."""
        now = log_odds(shared_probability) + self.shift(submission)
        missing = MARGIN - now if is_spam else -MARGIN - now
        if (missing > 0) != is_spam:
            return 0.0
        return max(-LARGEST_STEP, min(LARGEST_STEP, missing))

    def moved(self, submission: Submission, step: float) -> Self:
        """With a lesson of `step`; with -step, without that lesson."""
        weights = self._weights.copy()
        for value, places in _groups(submission):
            np.add.at(weights, places, np.float32(step * value))
        return type(self)(weights)


def log_odds(probability: float) -> float:
    """Bounded, so that a certainty of the shared filter can still be outweighed."""
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return max(-_SUREST, min(_SUREST, math.log(bounded / (1 - bounded))))


def combined(shared_probability: float, shift: float) -> float:
    """The probability of spam, by the shared filter and a key's own lessons."""
    return 1 / (1 + math.exp(-(log_odds(shared_probability) + shift)))


def clue(shift: float) -> Clue:
    """What a key's own lessons said, in words."""
    return Clue("what this key's own sites reported as spam or not", shift)


def _groups(submission: Submission) -> list[tuple[float, np.ndarray]]:
    """What a lesson about `submission` is hung on: groups of places in the weights, with the value of each place.

    The squares of all values add up to 1.
    """
    text = unicodedata.normalize("NFKC", submission.text[:_LONGEST]).casefold()
    groups = (
        (0.5, np.array([_place("text", " ".join(text.split()))])),
        (0.25, np.array([_place("sign", sign) for sign in _signs(submission)], dtype=np.int64)),
        (0.25, _grams(text)),
    )
    present = [(share, places) for share, places in groups if len(places)]
    whole = sum(share for share, _ in present)
    return [(math.sqrt(share / whole / len(places)), places) for share, places in present]


def _signs(submission: Submission) -> list[str]:
    hosts = {host.lower() for host in _LINK.findall(submission.text[:_LONGEST])[:_MOST_LINKS]}
    hosts.add(_host(submission.author_url))
    return sorted((hosts | {submission.author_email.strip().lower()}) - {""})


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "")[:100]
    except ValueError:
        return ""


def _place(kind: str, content: str) -> int:
    return zlib.crc32(f"{kind}:{content}".encode()) & (SIZE - 1)


def _grams(text: str) -> np.ndarray:
    """Places of the 4-grams of the UTF-8 bytes, each once."""
    content = text.encode()
    if len(content) < 4:
        return np.empty(0, dtype=np.uint32)
    grams = np.ndarray(len(content) - 3, dtype="<u4", buffer=content, strides=(1,))
    places = grams * np.uint32(2654435761) >> np.uint32(32 - BITS)
    places.sort()
    first = np.ones(len(places), dtype=bool)
    np.not_equal(places[1:], places[:-1], out=first[1:])
    return places[first]
