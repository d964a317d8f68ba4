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

Traits = tuple[
    np.ndarray, np.ndarray
]  # places in the weights (int64), values (float32) of length 1


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
        places, values = traits(submission)
        return float(self._weights[places] @ values)

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
        places, values = traits(submission)
        weights = self._weights.copy()
        np.add.at(weights, places, np.float32(step) * values)
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


def traits(submission: Submission) -> Traits:
    """What a lesson about `submission` is hung on: places in the weights, and values whose squares add up to 1."""
    text = unicodedata.normalize("NFKC", submission.text[:_LONGEST]).casefold()
    signs = _signs(submission)
    groups = [(0.5, [_place("text", " ".join(text.split()))])]
    groups.append((0.25, [_place("sign", sign) for sign in signs]))
    groups.append((0.25, _grams(text).tolist()))
    present = [(share, places) for share, places in groups if places]
    whole = sum(share for share, _ in present)
    values = [
        np.full(len(places), math.sqrt(share / whole / len(places)), dtype=np.float32)
        for share, places in present
    ]
    return np.concatenate([places for _, places in present]).astype(np.int64), np.concatenate(
        values
    )


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
    content = np.frombuffer(text.encode(), dtype=np.uint8).astype(np.uint32)
    if len(content) < 4:
        return np.empty(0, dtype=np.uint32)
    grams = content[:-3] | content[1:-2] << 8 | content[2:-1] << 16 | content[3:] << 24
    return np.unique(grams * np.uint32(2654435761) >> np.uint32(32 - BITS))
