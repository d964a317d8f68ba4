"""A text with the filter's clues marked in it. Plain Python."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from broadsheet.spam import Clue


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text with one tendency: above 0 it speaks for spam, below 0 for ham, 0 is no clue."""

    text: str
    weight: float

    @property
    def kind(self) -> str:
        """The name of its style."""
        if not self.weight:
            return ""
        return "spam" if self.weight > 0 else "ham"


def pieces(text: str, clues: Iterable[Clue], *, field: str = "text") -> Iterator[Piece]:
    """`text` cut where clues begin and end; where they overlap, their weights add up. Joined, they are `text` again."""
    changes: dict[int, float] = {0: 0.0, len(text): 0.0}
    for clue in clues:
        for start, end in clue.spans if clue.field == field else ():
            begin, stop = max(0, min(start, len(text))), max(0, min(end, len(text)))
            changes[begin] = changes.get(begin, 0.0) + clue.weight
            changes[stop] = changes.get(stop, 0.0) - clue.weight
    cuts = sorted(changes)
    weight = 0.0
    for begin, stop in itertools.pairwise(cuts):
        weight += changes[begin]
        yield Piece(text[begin:stop], 0.0 if abs(weight) < 1e-9 else weight)
