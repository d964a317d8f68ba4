"""The filter: judges a submission, learns from a decision, and can be rebuilt from the log of decisions."""

import math
import re
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Self

import numpy as np

from broadsheet.spam import storage
from broadsheet.spam.submission import Submission
from broadsheet.spam.verdict import Clue, Judgement, Verdict

_BITS = 20
_RATE = 5.0
_DOUBT = 0.30
_LONGEST = 3000  # bytes of a field that are looked at: judging is bounded work
_WORD = re.compile(r"\S+")
_CLUES = 8


class SpamFilter:
    """One site's filter. Threads may judge while another learns; lessons queue behind a lock.

    A decision is taken back by rebuilding from the log without it (`rebuilt`): the same lessons in the
    same order give the same filter, bit by bit.
    """

    def __init__(self, weights: np.ndarray, bias: float) -> None:
        self._weights = weights
        self._bias = bias
        self._lock = threading.Lock()

    @classmethod
    def empty(cls) -> Self:
        """A filter that knows nothing yet."""
        return cls(np.zeros(1 << _BITS, dtype=np.float32), 0.0)

    @classmethod
    def shipped(cls) -> Self:
        """The filter to start with, taught from openly licensed corpora."""
        return cls.empty()

    @classmethod
    def load(cls, path: Path) -> Self:
        """The filter saved at `path`. Raises DamagedModel."""
        arrays = storage.read(path)
        try:
            return cls(arrays["weights"], float(arrays["bias"]))
        except KeyError as error:
            raise storage.DamagedModel(path, f"it lacks {error.args[0]}") from error

    def save(self, path: Path) -> None:
        """Write the filter to `path` in one step, versioned and with a checksum."""
        with self._lock:
            weights, bias = self._weights.copy(), self._bias
        storage.write(path, {"weights": weights, "bias": np.array(bias)})

    @classmethod
    def rebuilt(
        cls, lessons: Iterable[tuple[Submission, bool]], *, start: "SpamFilter | None" = None
    ) -> Self:
        """A filter taught the `lessons` (submission, is it spam) in order, from `start` or from nothing."""
        rebuilt = cls.empty() if start is None else cls(start._weights.copy(), start._bias)
        for submission, is_spam in lessons:
            rebuilt.learn(submission, is_spam=is_spam)
        return rebuilt

    def judge(self, submission: Submission, *, explain: bool = True) -> Verdict:
        """The verdict on `submission`; never raises. Without `explain` there are no clues, and it is quicker."""
        probability = _probability(self._log_odds(_features(_whole(submission))))
        return Verdict(
            judgement=_judgement(probability),
            spam_probability=probability,
            clues=self._clues(submission) if explain else (),
            blatant=probability >= 0.999,
        )

    def learn(self, submission: Submission, *, is_spam: bool) -> None:
        """Take one decision to heart at once."""
        found = _features(_whole(submission))
        with self._lock:
            probability = _probability(self._log_odds(found))
            if (probability >= 0.5) == is_spam and abs(probability - 0.5) > _DOUBT:
                return
            step = _RATE * (is_spam - probability)
            self._weights[found] += step / math.sqrt(len(found))
            self._bias += 0.05 * step

    def _log_odds(self, found: np.ndarray) -> float:
        return float(self._weights[found].sum()) / math.sqrt(len(found)) + self._bias

    def _clues(self, submission: Submission) -> tuple[Clue, ...]:
        scale = 1 / math.sqrt(len(_features(_whole(submission))))
        clues = []
        for word in _WORD.finditer(submission.text[:_LONGEST]):
            weight = float(self._weights[_features(word.group())].sum()) * scale
            if weight:
                clues.append(Clue(f"word: “{word.group()[:40]}”", weight, (word.span(),)))
        return tuple(sorted(clues, key=lambda clue: -abs(clue.weight))[:_CLUES])


def _whole(submission: Submission) -> str:
    head = " ".join((submission.author, submission.author_url, submission.author_email)).strip()
    return (
        f"{head[:_LONGEST]}\n{submission.text[:_LONGEST]}" if head else submission.text[:_LONGEST]
    )


def _features(text: str) -> np.ndarray:
    """Hashed 4-grams of the UTF-8 bytes."""
    content = np.frombuffer(text.encode("utf-8", "replace"), dtype=np.uint8).astype(np.uint32)
    if len(content) < 4:
        content = np.pad(content, (0, 4 - len(content)))
    grams = content[:-3] | content[1:-2] << 8 | content[2:-1] << 16 | content[3:] << 24
    return np.unique(grams * np.uint32(2654435761) >> np.uint32(32 - _BITS))


def _probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def _judgement(probability: float) -> Judgement:
    if probability >= 0.95:
        return Judgement.SPAM
    return Judgement.UNSURE if probability >= 0.3 else Judgement.HAM
