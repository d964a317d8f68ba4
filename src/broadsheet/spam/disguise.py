"""Undoing what hides a word from a filter but not from a reader: v1agra, v i a g r a."""

import numpy as np

from broadsheet.spam.characters import Kind
from broadsheet.spam.words import Seen, Words

_SIGNS = "0134578@$"
_LEET = np.zeros(128, dtype=np.uint32)  # its last entry, for all codes beyond, is 0
for _sign, _letter in zip(_SIGNS, "oieastbas", strict=True):
    _LEET[ord(_sign)] = ord(_letter)
_SPACED_OUT = 3
_SHORTEST_WORD = 3
_FIRST_LETTER, _LETTER_KINDS = np.uint8(Kind.UPPER), np.uint8(2)  # UPPER and LETTER


def spell_out(text: str, seen: Seen) -> Seen:
    """Digits and signs in a word of letters become the letters they resemble. `text` is where `seen` comes from."""
    if not any(sign in text for sign in _SIGNS):
        return seen
    meant = _LEET.take(seen.codes, mode="clip")
    sign, letter = meant > 0, _letters(seen)
    if not ((sign[1:] & letter[:-1]) | (sign[:-1] & letter[1:])).any():
        return seen  # none stands beside a letter
    within = np.zeros(len(letter) + 2, dtype=bool)
    within[1:-1] = letter | sign
    edges = np.flatnonzero(within[1:] != within[:-1])
    letters = np.concatenate(([0], np.cumsum(letter)))[edges]
    letters, length = letters[1::2] - letters[::2], edges[1::2] - edges[::2]
    disguised = (length >= _SHORTEST_WORD) & (4 * letters >= length) & (letters < length)
    if not disguised.any():
        return seen
    within[1:-1][within[1:-1]] = np.repeat(disguised, length)
    signs = np.flatnonzero(within[1:-1] & sign)
    codes, kinds, folded = seen.codes.copy(), seen.kinds.copy(), seen.folded.copy()
    codes[signs], kinds[signs], folded[signs] = meant[signs], Kind.LETTER, meant[signs]
    return Seen(codes, kinds, folded, seen.origin)


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
    return np.asarray(
        seen.kinds - _FIRST_LETTER < _LETTER_KINDS
    )  # kinds below the first wrap around
