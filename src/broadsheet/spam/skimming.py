"""The quick way to cut into words what is seen: split as a string, with the hashes of words remembered.

It tells nothing of where a word stands, and finds what `words.cut` and `Seen.letters` find.
"""

import re

import numpy as np

from broadsheet.spam import characters, disguise
from broadsheet.spam.memo import Memo
from broadsheet.spam.words import BASE

_LINK = chr(characters.LINK)
# Letters a gap or a digit apart: more than these are not spaced out, but none is missing.
_SPACED_OUT = re.compile(f"(?:[ 0{_LINK}][^ 0{_LINK}]){{{disguise.SPACED_OUT}}}[ 0{_LINK}]")


def skim(seen: np.ndarray) -> tuple[bytes, np.ndarray] | None:
    """(letters, the words' hashes) of these code points, as in Reading; None where disguise.close_up has to look."""
    letters = characters.letters_of(seen)
    runs = letters.split()
    words = letters.replace(_LINK, " ").split() if _LINK in letters else runs
    joined = f" {' '.join(runs)}{' ' if runs and letters[-1] == ' ' else ''} "
    alone = list(map(len, words)).count(1)
    if alone >= disguise.SPACED_OUT and _SPACED_OUT.search(joined):
        return None
    return joined.encode("utf-32-le")[::4], _HASHES.of(words)


def _hash(word: str) -> int:
    """That of a folded word, as `words.cut` finds it."""
    value = 0
    for letter in reversed(word):
        value = (value * BASE + ord(letter)) % 2**64
    return value >> 32


_HASHES = Memo(_hash)
