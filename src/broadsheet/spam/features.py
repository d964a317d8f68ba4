"""From a reading to numbers: five families of hashed features.

Each family is one view of a submission and has its own range of slots:

- RAW: 4-grams of the UTF-8 bytes of author, address, e-mail and text, exactly as sent;
- FOLDED: 5-grams of the letters and digits seen, folded, with one space for whatever lies between;
- WORDS: folded words and pairs of neighbours, and the parts of links;
- SHAPE: 4-grams of kinds of characters (capital, letter, digit, each punctuation mark, link);
- CIRCUMSTANCES: named facts (see circumstances.py).

A feature is present or absent, however often it occurs.
"""

import zlib
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from broadsheet.spam import circumstances, links, markup
from broadsheet.spam.memo import Memo
from broadsheet.spam.reading import Reading

SLOT_BITS = 17  # per family; 16 to 18 measured alike, and smaller tables stay in the cache
_MOST_LINKS = 20
_MULTIPLIER = np.uint32(0x5BD1E995)
_MIX_FIRST, _MIX_SHIFT, _MIX_SECOND = np.uint32(0x9E3779B1), np.uint32(15), np.uint32(0x2C1B3C6D)
_TO_SLOT = np.uint32(32 - SLOT_BITS)
_SPREAD = np.uint64((0x9E3779B97F4A7C15 << 24) % 2**64)  # three of eight bytes are shifted out
_NAMES = Memo(lambda name: zlib.crc32(name.encode("utf-8", "replace")))


class Family(IntEnum):
    RAW = 0
    FOLDED = 1
    WORDS = 2
    SHAPE = 3
    CIRCUMSTANCES = 4


SLOTS = len(Family) << SLOT_BITS
_BOUNDS = np.arange(len(Family) + 1, dtype=np.int32) << SLOT_BITS
_FIRST_SLOTS = _BOUNDS[:-1]
_SCALES = np.zeros(1 << 15, dtype=np.float32)  # more features than any family has
_SCALES[1:] = 1 / np.sqrt(np.arange(1, len(_SCALES)))
_LENGTHS = np.log(np.arange(1, len(_SCALES) + 1)).astype(np.float32) - 4  # about 0 for a sentence
# Slots of circumstances with log-odds known without learning (circumstances.known_log_odds).
Known = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Features:
    """The slots of one submission, family after family, each slot once."""

    slots: np.ndarray  # int32 in [0, SLOTS)
    counts: np.ndarray  # intp, the number of slots of each family; the last is never empty
    starts: np.ndarray  # intp, where each family begins in `slots`
    scales: (
        np.ndarray
    )  # float32, 1 / √count: long texts and short ones weigh alike; 0 for an empty family
    lengths: (
        np.ndarray
    )  # float32, each text family's log of 1 + its number of slots, about 0 for a sentence
    known: Known = ()

    @classmethod
    def of(cls, slots: np.ndarray, known: Known = ()) -> "Features":
        """From sorted slots, each once."""
        bounds = slots.searchsorted(_BOUNDS)
        counts = bounds[1:] - bounds[:-1]
        scales = _SCALES.take(counts, mode="clip")
        lengths = _LENGTHS.take(counts[: Family.CIRCUMSTANCES], mode="clip")
        return cls(slots, counts, bounds[:-1], scales, lengths, known)


def count(reading: Reading) -> Features:
    """The features of a reading; at most some 20,000 of them, however long the submission."""
    names = circumstances.names(reading)
    hashes = in_order(reading, names)
    lengths = list(map(len, hashes))
    slots = _scatter(np.concatenate(hashes))
    slots += _FIRST_SLOTS.repeat(lengths)
    first = 0
    for length in lengths:  # families lie one after another: five short sorts are quicker than one
        slots[first : first + length].sort()
        first += length
    return Features.of(_distinct(slots), known_of(names))


def known_of(names: list[str]) -> Known:
    """What is known beforehand of such circumstances."""
    known = circumstances.known_log_odds(names)
    if not known:
        return ()
    slots = slots_of(Family.CIRCUMSTANCES, _NAMES.of(list(known)))
    return tuple(zip(slots.tolist(), known.values(), strict=True))


def in_order(reading: Reading, names: list[str]) -> list[np.ndarray]:
    """Each family's hashes in the order of the text, repetitions included (clues.py says where each stands)."""
    return [
        _fours(raw_bytes(reading)),
        _fives(reading.letters),
        _word_hashes(reading),
        _fours(reading.shapes),
        _NAMES.of(names),
    ]


def slots_of(family: Family, hashes: np.ndarray) -> np.ndarray:
    return _scatter(hashes) + np.int32(family << SLOT_BITS)


def raw_bytes(reading: Reading) -> bytes:
    whole = f"{reading.head}\n{reading.decoded}" if reading.head else reading.decoded
    return whole.encode("utf-8", "replace")


def link_words(reading: Reading) -> list[tuple[markup.Mark, list[str]]]:
    """The parts of each link: what its host and path are made of."""
    leading = [mark for mark in reading.marks if mark.link][:_MOST_LINKS]
    return [(mark, links.parts_of(mark.link)) for mark in leading]


def _word_hashes(reading: Reading) -> np.ndarray:
    words = reading.words
    pairs = words[:-1] * _MULTIPLIER
    pairs += words[1:]
    if not reading.marks:
        return np.concatenate((words, pairs))
    parts = [f"link {part}" for _, parts in link_words(reading) for part in parts]
    return np.concatenate((words, pairs, _NAMES.of(parts)))


def _fours(content: bytes) -> np.ndarray:
    """Each 4 bytes in a row as one number (of the whole, padded, where there are fewer)."""
    content = content.ljust(4, b"\0")
    return np.ndarray(len(content) - 3, dtype="<u4", buffer=content, strides=(1,))


def _fives(content: bytes) -> np.ndarray:
    """A hash of each 5 bytes in a row: the upper half of a product that the 3 bytes behind them do not reach."""
    content = content.ljust(5, b"\0") + b"\0\0\0"
    fives = np.ndarray(len(content) - 7, dtype="<u8", buffer=content, strides=(1,))
    return (fives * _SPREAD).view("<u4")[1::2]


def _scatter(hashes: np.ndarray) -> np.ndarray:
    """Spread 32-bit hashes over a family's range (the finaliser of MurmurHash3, shortened); int32."""
    mixed = hashes * _MIX_FIRST
    mixed ^= mixed >> _MIX_SHIFT
    mixed *= _MIX_SECOND
    mixed >>= _TO_SLOT
    return mixed.view(np.int32)


def _distinct(slots: np.ndarray) -> np.ndarray:
    """What is sorted, each once; np.unique without what it does besides."""
    first = np.empty(len(slots), dtype=bool)
    first[0] = True  # no submission is without circumstances
    np.not_equal(slots[1:], slots[:-1], out=first[1:])
    return slots.compress(first)
