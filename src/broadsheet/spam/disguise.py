"""Undoing what hides a word from a filter but not from a reader: v1agra, v i a g r a."""

import re

import numpy as np

from broadsheet.spam import characters
from broadsheet.spam.characters import Kind
from broadsheet.spam.words import Seen, Words

_SIGNS = "0134578@$"
_LEET = np.zeros(128, dtype=np.uint32)  # its last entry, for all codes beyond, is 0
for _sign, _letter in zip(_SIGNS, "oieastbas", strict=True):
    _LEET[ord(_sign)] = ord(_letter)
SPACED_OUT = 3
_SHORTEST_WORD = 3
_FIRST_LETTER, _LETTER_KINDS = np.uint8(Kind.UPPER), np.uint8(2)  # UPPER and LETTER
# More than these are no letters, but none is missing.
_SIGN_BESIDE_LETTER = re.compile(
    rf"[{_SIGNS}](?:(?=[a-zA-Z\x80-\U0010FFFF])|(?<=[a-zA-Z\x80-\U0010FFFF].))"
)


def may_be_spelt(text: str, seen: str) -> bool:
    """Whether `spell_out` has anything to look at in what is seen of the text."""
    return any(map(text.__contains__, _SIGNS)) and _SIGN_BESIDE_LETTER.search(seen) is not None


def spell_out(seen: str) -> str:
    """Digits and signs in a word of letters become the letters they resemble."""
    codes = characters.code_points(seen)
    meant = _LEET.take(codes, mode="clip")
    sign, letter = meant > 0, _letters(characters.kinds_of(codes))
    within = np.zeros(len(letter) + 2, dtype=bool)
    within[1:-1] = letter | sign
    edges = np.flatnonzero(within[1:] != within[:-1])
    letters = np.concatenate(([0], np.cumsum(letter)))[edges]
    letters, length = letters[1::2] - letters[::2], edges[1::2] - edges[::2]
    disguised = (length >= _SHORTEST_WORD) & (4 * letters >= length) & (letters < length)
    if not disguised.any():
        return seen
    within[1:-1][within[1:-1]] = np.repeat(disguised, length)
    return characters.text_of(np.where(within[1:-1] & sign, meant, codes))


def close_up(seen: Seen, words: Words) -> Seen:
    """Three or more letters that stand alone, one gap apart, move together."""
    if np.count_nonzero(words.ends - words.starts == 1) < SPACED_OUT:
        return seen
    letter = np.zeros(len(seen.kinds) + 2, dtype=bool)
    letter[1:-1] = _letters(seen.kinds)
    alone = letter[1:-1] > (letter[:-2] | letter[2:])
    pairs = alone[:-2] & alone[2:]  # pairs[i]: single letters at i and i + 2, a gap between them
    chained = np.zeros(len(pairs), dtype=bool)
    chained[2:] = pairs[:-2]
    chained[:-2] |= pairs[2:]
    gaps = np.flatnonzero(pairs & chained) + 1
    if not len(gaps):
        return seen
    keep = np.ones(len(alone), dtype=bool)
    keep[gaps] = False
    return seen.keeping(keep)


def _letters(kinds: np.ndarray) -> np.ndarray:
    return np.asarray(kinds - _FIRST_LETTER < _LETTER_KINDS)  # kinds below the first wrap around
