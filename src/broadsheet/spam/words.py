"""Characters as a reader sees them, and the words they form, hashed all at once.

With prefix sums of code × base^position, any word's polynomial hash is one difference, moved to position 0 by the
inverse of base^start (the base is odd, so it has an inverse modulo 2^64).
"""

from dataclasses import dataclass

import numpy as np

from broadsheet.spam import characters
from broadsheet.spam.characters import SPACE, Kind

LONGEST = 4000  # characters that can be cut into words at once
BASE = 0x9E3779B97F4A7C15


def _powers(base: int) -> np.ndarray:
    powers = np.empty(LONGEST, dtype=np.uint64)
    value = 1
    for place in range(LONGEST):
        powers[place] = value
        value = value * base % 2**64
    return powers


_POWERS = _powers(BASE)
_INVERSE_POWERS = _powers(pow(BASE, -1, 2**64))
_HALF = np.uint64(32)
_FIRST_KIND, _KINDS = np.uint8(Kind.UPPER), np.uint8(3)  # UPPER, LETTER and DIGIT form words
_KINDS_AND_LINK = np.uint8(4)  # and these with LINK what `letters` has


@dataclass(frozen=True, slots=True)
class Seen:
    """Characters seen, in order; four arrays of one length."""

    codes: np.ndarray  # uint32, code points
    kinds: np.ndarray  # uint8, characters.Kind
    folded: np.ndarray  # uint32, the plain forms
    origin: np.ndarray  # where in the text as sent each one stood

    @classmethod
    def of(cls, codes: np.ndarray, origin: np.ndarray) -> "Seen":
        return cls(codes, characters.kinds_of(codes), characters.fold(codes), origin)

    def keeping(self, mask: np.ndarray) -> "Seen":
        return Seen(self.codes[mask], self.kinds[mask], self.folded[mask], self.origin[mask])

    def letters(self) -> tuple[bytes, np.ndarray]:
        """Folded letters and digits with one space for each gap and at both ends, and a mask of what is seen that they are.

        A letter is its code point's low byte: letters of one script stay apart, and scripts rarely share five in a row.
        """
        gap = self.kinds - _FIRST_KIND >= _KINDS_AND_LINK
        keep = ~gap
        keep[1:] |= gap[1:] > gap[:-1]  # the first of each gap
        letters = self.folded.astype(np.uint8)
        np.putmask(letters, gap, SPACE)
        return b" %b " % letters.compress(keep).tobytes(), keep


@dataclass(frozen=True, slots=True)
class Words:
    """Maximal runs of letters and digits: [starts, ends) among the characters seen, and a hash of each."""

    starts: np.ndarray
    ends: np.ndarray
    hashes: np.ndarray  # uint32


def cut(seen: Seen) -> Words:
    is_word = np.zeros(len(seen.kinds) + 2, dtype=bool)
    np.less(
        seen.kinds - _FIRST_KIND, _KINDS, out=is_word[1:-1]
    )  # kinds below the first wrap around
    edges = np.flatnonzero(is_word[1:] != is_word[:-1])
    starts, ends = edges[::2], edges[1::2]
    sums = np.zeros(len(seen.folded) + 1, dtype=np.uint64)
    np.cumsum(seen.folded * _POWERS[: len(seen.folded)], out=sums[1:])
    sums = sums.take(edges)
    hashes = (sums[1::2] - sums[::2]) * _INVERSE_POWERS.take(starts)
    return Words(starts, ends, (hashes >> _HALF).astype(np.uint32))
