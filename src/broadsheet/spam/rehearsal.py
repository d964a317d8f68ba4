"""A small balanced memory of past lessons, repeated with each new one.

One pass of small steps forgets and learns slowly; repeating a few past lessons with each new one brings the error down
by a fifth to a third (docs/spam-filter.md). It remembers hashed features, no text.
"""

import numpy as np

from broadsheet.spam.features import Features

_PLACES = 300  # for ham and for spam each; 2,000 measured no better
_MOST_SLOTS = 6_000  # of a lesson kept: memory stays below 15 MB
_REPEATED = (
    2  # of ham and of spam each, with every lesson, while little is remembered; 4 are no better
)
_REPEATED_LATER, _LATER = (
    1,
    150,
)  # and once so many of each kind are remembered: alike, a tenth less time


class Rehearsal:
    def __init__(self, ham: list[Features], spam: list[Features], seed: int) -> None:
        self.ham = ham
        self.spam = spam
        self._random = _Random(seed)

    @classmethod
    def empty(cls) -> "Rehearsal":
        return cls([], [], seed=1)

    @property
    def seed(self) -> int:
        """What the choice of lessons goes on from: the same lessons always make the same model."""
        return self._random.state

    def choose(self) -> list[tuple[Features, bool]]:
        """Past lessons, ham and spam in turn."""
        remembered = min(len(self.ham), len(self.spam))
        return [
            (past[self._random.below(len(past))], is_spam)
            for _ in range(_REPEATED_LATER if remembered >= _LATER else _REPEATED)
            for past, is_spam in ((self.ham, False), (self.spam, True))
            if past
        ]

    def remember(self, features: Features, *, is_spam: bool) -> None:
        """In a free place, or in that of any past lesson of its kind: older ones fade."""
        if len(features.slots) > _MOST_SLOTS:
            return
        past = self.spam if is_spam else self.ham
        if len(past) < _PLACES:
            past.append(features)
        else:
            past[self._random.below(_PLACES)] = features


class _Random:
    """A linear congruential generator (Knuth's MMIX): its whole state is one number to save."""

    def __init__(self, state: int) -> None:
        self.state = state

    def below(self, end: int) -> int:
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % end


def pack(lessons: list[Features]) -> tuple[np.ndarray, np.ndarray]:
    """(all slots, their number in each lesson), to be saved."""
    slots = [features.slots for features in lessons]
    return (
        np.concatenate(slots) if slots else np.zeros(0, dtype=np.int32),
        np.array([len(part) for part in slots], dtype=np.int32),
    )


def unpack(slots: np.ndarray, lengths: np.ndarray) -> list[Features]:
    return (
        [Features.of(part) for part in np.split(slots, np.cumsum(lengths)[:-1])]
        if len(lengths)
        else []
    )
