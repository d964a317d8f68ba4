"""Undoing what hides a word from a filter but not from a reader: v1agra, v i a g r a."""

import numpy as np

from broadsheet.spam.characters import Kind
from broadsheet.spam.words import Seen, Words

_SIGNS = "0134578@$!"
_LEET = np.zeros(128, dtype=np.uint32)
for _sign, _letter in zip(_SIGNS, "oieastbasi", strict=True):
    _LEET[ord(_sign)] = ord(_letter)
_SPACED_OUT = 3
_FIRST_LETTER, _LETTER_KINDS = np.uint8(Kind.UPPER), np.uint8(2)  # UPPER and LETTER


def spell_out(text: str, seen: Seen) -> Seen:
    """A digit or sign between two letters becomes the letter it resembles. `text` is where `seen` comes from."""
    if not any(sign in text for sign in _SIGNS):
        return seen
    letter = _letters(seen)
    between = np.flatnonzero((letter[:-2] & letter[2:]) > letter[1:-1]) + 1
    signs = between[_LEET.take(seen.codes[between], mode="clip") > 0]
    if not len(signs):
        return seen
    kinds, folded = seen.kinds.copy(), seen.folded.copy()
    kinds[signs], folded[signs] = Kind.LETTER, _LEET[seen.codes[signs]]
    return Seen(seen.codes, kinds, folded, seen.origin)


def close_up(seen: Seen, words: Words) -> Seen:
    """Three or more letters that stand alone, one gap apart, move together."""
    if np.count_nonzero(words.ends - words.starts == 1) < _SPACED_OUT:
        return seen
    letter = np.zeros(len(seen.kinds) + 2, dtype=bool)
    letter[1:-1] = _letters(seen)
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


def _letters(seen: Seen) -> np.ndarray:
    return np.asarray(seen.kinds - _FIRST_LETTER < _LETTER_KINDS)  # kinds below the first wrap around
