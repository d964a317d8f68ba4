"""Counting what a process answers. Plain Python; every method may be called from any thread."""

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

# Upper bounds in seconds; beyond the last one only the sum and the number tell.
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(slots=True)
class Histogram:
    """How long things took."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0  # seconds

    def add(self, seconds: float) -> None:
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds

    def bound_of(self, share: float) -> float | None:
        """The smallest bound within which this share (0 to 1) of all stayed; None where that is beyond the last one."""
        wanted, so_far = share * sum(self.counts), 0
        for bound, count in zip(BOUNDS, self.counts, strict=False):
            so_far += count
            if so_far >= wanted:
                return bound
        return None


class Tally:
    """Answers by who gave them and by status, how long they took, and new comments by what became of them."""

    def __init__(self) -> None:
        self.comments: Counter[str] = Counter()
        self.batches = 0  # transactions that kept comments
        self.times: dict[str, Histogram] = {}
        self._answers: Counter[tuple[str, int]] = Counter()
        self._lock = threading.Lock()

    def answered(self, by: str, status: int, seconds: float) -> None:
        with self._lock:
            self._answers[by, status] += 1
            self.times.setdefault(by, Histogram()).add(seconds)

    def commented(self, statuses: Sequence[str]) -> None:
        """New comments, kept in one transaction."""
        with self._lock:
            self.comments.update(statuses)
            self.batches += 1

    def answers(self) -> dict[tuple[str, int], int]:
        """(by, status) → how many."""
        with self._lock:
            return dict(self._answers)

    def durations(self) -> dict[str, Histogram]:
        with self._lock:
            return {by: Histogram(list(h.counts), h.total) for by, h in self.times.items()}
