"""The filter: judges a submission, learns from a decision, and can be rebuilt from the log of decisions."""

import hashlib
import math
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from broadsheet.spam import characters, features, reading, storage
from broadsheet.spam.clues import explain as explain_verdict
from broadsheet.spam.features import Features
from broadsheet.spam.model import Model
from broadsheet.spam.submission import Submission
from broadsheet.spam.verdict import Verdict

SHIPPED = Path(__file__).parent / "data" / "shipped.model"


class SpamFilter:
    """One site's filter.

    Threads may judge while another learns: lessons queue behind a lock, and a verdict given meanwhile may have seen
    half of one. A decision is taken back by rebuilding from the log without it (`rebuilt`): the same lessons in the
    same order give the same filter, bit by bit.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        characters.tables()  # built once in a process, so that the first verdict does not wait for them
        self._lessons = threading.Lock()
        self._last: tuple[Submission, Features] | None = None

    @classmethod
    def empty(cls) -> Self:
        """A filter that knows nothing yet."""
        return cls(Model.empty())

    @classmethod
    def shipped(cls) -> Self:
        """The filter to start with, taught from openly licensed corpora (docs/spam-filter.md)."""
        return cls.load(SHIPPED)

    @classmethod
    def load(cls, path: Path) -> Self:
        """The filter saved at `path`. Raises DamagedModel."""
        return cls._of(storage.read(path), path)

    @classmethod
    def from_bytes(cls, content: bytes, name: str) -> Self:
        """The inverse of `to_bytes`. `name`: what an error calls it. Raises DamagedModel."""
        return cls._of(storage.unpacked(content, name), name)

    @classmethod
    def _of(cls, arrays: storage.Arrays, path: Path | str) -> Self:
        try:
            return cls(Model.from_arrays(arrays))
        except KeyError as error:
            raise storage.DamagedModel(path, f"it lacks {error.args[0]}") from error
        except ValueError as error:
            raise storage.DamagedModel(path, str(error)) from error

    def save(self, path: Path) -> None:
        """Write the filter to `path` in one step, versioned and with a checksum."""
        with self._lessons:
            arrays = self._model.arrays()
        storage.write(path, arrays)

    def to_bytes(self) -> bytes:
        """What `save` writes."""
        with self._lessons:
            arrays = self._model.arrays()
        return storage.packed(arrays)

    def checksum(self) -> str:
        """SHA-256, in hex, of everything that it has learnt: two filters with the same one judge alike."""
        with self._lessons:
            arrays = self._model.arrays()
        digest = hashlib.sha256()
        for name, array in sorted(arrays.items()):
            digest.update(f"{name} {array.dtype} {array.shape}\n".encode() + array.tobytes())
        return digest.hexdigest()

    def copy(self) -> Self:
        """One that goes its own way from here."""
        with self._lessons:
            arrays = self._model.arrays()
        return type(self)(Model.from_arrays(arrays))

    @classmethod
    def rebuilt(
        cls, lessons: Iterable[tuple[Submission, bool]], *, start: "SpamFilter | None" = None
    ) -> Self:
        """A filter taught the `lessons` (submission, is it spam) in order, from `start` or from nothing."""
        rebuilt = cls.empty() if start is None else cls(start.copy()._model)
        for submission, is_spam in lessons:
            rebuilt.learn(submission, is_spam=is_spam)
        return rebuilt

    def judge(self, submission: Submission, *, explain: bool = True) -> Verdict:
        """The verdict on `submission`; never raises. Without `explain` there are no clues, and it is quicker."""
        found = self._features(submission)
        log_odds = self._model.log_odds(found)
        return Verdict(
            judgement=self._model.promise.decide(log_odds),
            spam_probability=1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds)))),
            clues=explain_verdict(submission, found, self._model) if explain else (),
            blatant=self._model.promise.is_blatant(log_odds),
        )

    def learn(self, submission: Submission, *, is_spam: bool) -> None:
        """Take one decision to heart at once."""
        found = self._features(submission)
        with self._lessons:
            self._model.learn(found, is_spam=is_spam)

    def _features(self, submission: Submission) -> Features:
        """Those of the submission judged last are kept: a decision often follows its verdict."""
        last = self._last
        if last is not None and last[0] is submission:
            return last[1]
        found = features.count(reading.read(submission))
        self._last = (submission, found)
        return found
