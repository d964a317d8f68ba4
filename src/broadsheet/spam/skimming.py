"""The quick way to cut into words what is seen: split as a string, with the hashes of words remembered.

It tells nothing of where a word stands, and finds what `words.cut` and `Seen.letters` find.
"""

import re
from dataclasses import dataclass

import numpy as np

from broadsheet.spam import disguise
from broadsheet.spam.article import SHORT_WORD, Article
from broadsheet.spam.characters import LINK
from broadsheet.spam.memo import Memo
from broadsheet.spam.words import BASE

# Letters a gap or a digit apart: more than these are not spaced out, but none is missing.
_SPACED_OUT = re.compile(f"(?:[ 0{LINK}][^ 0{LINK}]){{{disguise.SPACED_OUT}}}[ 0{LINK}]")


@dataclass(frozen=True, slots=True)
class Skimmed:
    """The same as in Reading."""

    letters: bytes
    words: np.ndarray
    fit: float | None


def skim(letters: str, known: Article | None) -> Skimmed | None:
    """Of characters.classify's letters, and the article that they answer; None where what is counted takes a closer look:
    letters are spaced out, or the article is quoted."""
    runs = letters.split()
    words = letters.replace(LINK, " ").split() if LINK in letters else runs
    joined = f" {' '.join(runs)}{' ' if runs and letters[-1] == ' ' else ''} "
    lengths = list(map(len, words))
    if lengths.count(1) >= disguise.SPACED_OUT and _SPACED_OUT.search(joined):
        return None
    hashes = _HASHES.of(words)
    if known is None:
        return Skimmed(_low_bytes(joined), hashes, None)
    if len(known.quoted_in(hashes)):
        return None
    telling = [length > SHORT_WORD for length in lengths]
    return Skimmed(_low_bytes(joined), hashes, known.share_of(hashes[telling]))


def _low_bytes(letters: str) -> bytes:
    return letters.encode() if letters.isascii() else letters.encode("utf-32-le")[::4]


def _hash(word: str) -> int:
    """That of a folded word, as `words.cut` finds it."""
    value = 0
    for letter in reversed(word):
        value = (value * BASE + ord(letter)) % 2**64
    return value >> 32


_HASHES = Memo(_hash)
