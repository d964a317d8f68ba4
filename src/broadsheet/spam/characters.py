"""What each Unicode character is to the filter: its kind, and the plain character that it stands for.

Two tables over code points, so that whole texts are read by indexing. Folding undoes disguise: case, accents,
compatibility forms (NFKD: full-width, mathematical, enclosed letters) and look-alikes of other scripts all
become one plain letter, every digit becomes 0.
"""

import unicodedata
from enum import IntEnum
from functools import cache

import numpy as np

_TABLE = 0x20000  # the planes that hold letters of living scripts and their disguises; beyond are ideographs
LINK = "\ue000"  # a private-use character that stands where a link stood

SPACE = 32
ZERO = ord("0")


class Kind(IntEnum):
    OTHER = 0
    UPPER = 1
    LETTER = 2
    DIGIT = 3
    LINK = 4  # not a character: what stands for a link
    INVISIBLE = 5  # combining marks and format characters: nothing of their own to see
    BLANK = 6
    SYMBOL = 7
    PUNCTUATION = 8


# Letters that look like Latin ones (a selection of Unicode TR 39's confusables: those seen in spam).
_LOOKS_LIKE = {
    **dict(zip("аеорсухіјѕһԁԛԝкмтвнѵӏ", "aeopcyxijshdqwkmtbhvl", strict=True)),
    **dict(zip("АЕОРСУХІЈЅКМТВНԌԚԜ", "aeopcyxijskmtbhgqw", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγικνορτυχω", "abezhikmnoptyxayiknoptuxw", strict=True)),
    **dict(
        zip(
            "ɑɡɩɪıʀʏʙɢʜʟɴᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢſøØłŁđĐħŧ",
            "agiiirybghlnacdejkmoptuvwzsoollddht",
            strict=True,
        )
    ),
}
_KIND_OF_CATEGORY = {
    "L": Kind.LETTER,
    "N": Kind.DIGIT,
    "M": Kind.INVISIBLE,
    "Z": Kind.BLANK,
    "P": Kind.PUNCTUATION,
    "S": Kind.SYMBOL,
    "C": Kind.OTHER,
}
_NEEDS_NO_FOLDING = (
    (0x3400, 0x4DC0),
    (0x4E00, 0xA48D),
    (0xAC00, 0xD7A4),
)  # CJK ideographs, Yi, Hangul


@cache
def tables() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(folded: uint32, kind: uint8, shape: uint8, letter: uint32), each with one entry per code point below `_TABLE`."""
    folded = np.arange(_TABLE, dtype=np.uint32)
    kinds = np.full(_TABLE, Kind.SYMBOL, dtype=np.uint8)
    for first, end in _NEEDS_NO_FOLDING:
        kinds[first:end] = Kind.LETTER
    for code in _codes_to_look_up():
        kinds[code] = kind = _kind(code)
        if kind in (Kind.UPPER, Kind.LETTER):
            folded[code] = _plain_letter(chr(code))
    folded[kinds == Kind.DIGIT] = ZERO
    folded[kinds == Kind.BLANK] = SPACE
    kinds[ord(LINK)] = Kind.LINK
    kinds[-1] = Kind.LETTER  # what lies beyond the table
    shapes = np.where(kinds == Kind.PUNCTUATION, folded + np.uint32(len(Kind)), kinds).astype(
        np.uint8
    )
    letters = np.where((kinds >= Kind.UPPER) & (kinds <= Kind.LINK), folded, np.uint32(SPACE))
    return folded, kinds, shapes, letters


def _codes_to_look_up() -> list[int]:
    skipped = np.zeros(_TABLE, dtype=bool)
    for first, end in (*_NEEDS_NO_FOLDING, (0xD800, 0xF900)):  # surrogates, private use
        skipped[first:end] = True
    return [int(code) for code in np.flatnonzero(~skipped)]


def _kind(code: int) -> Kind:
    character = chr(code)
    category = unicodedata.category(character)
    if category in ("Lu", "Lt"):
        return Kind.UPPER
    if category == "Cf":
        return Kind.INVISIBLE
    if category == "Cc":
        return Kind.BLANK
    if category[0] == "S":
        return _kind_of_symbol(character)
    return _KIND_OF_CATEGORY[category[0]]


def _kind_of_symbol(character: str) -> Kind:
    """Enclosed letters (🅰) count as letters; signs found on keyboards ($, +, ^) as punctuation."""
    if unicodedata.normalize("NFKD", character)[0].isalpha():
        return Kind.UPPER
    return Kind.PUNCTUATION if ord(character) < 0x2000 else Kind.SYMBOL


def _plain_letter(character: str) -> int:
    if character in _LOOKS_LIKE:
        return ord(_LOOKS_LIKE[character])
    base = next((c for c in unicodedata.normalize("NFKD", character) if c.isalnum()), character)
    return ord(_LOOKS_LIKE.get(base, base.lower())[0])


@cache
def _tables_of_ascii() -> tuple[bytes, bytes, bytes]:
    """(kind, letter, shape) of each ASCII character, as bytes.translate wants them."""
    _, kinds, shapes, letters = tables()
    return kinds[:256].tobytes(), letters[:256].astype(np.uint8).tobytes(), shapes[:256].tobytes()


def classify(text: str) -> tuple[bytes, str, bytes]:
    """Of each character: its Kind, its plain form (a space for what is no letter, digit or link), and its shape: the Kind
    again, except that punctuation marks stand for themselves."""
    if text.isascii():
        kinds, letters, shapes = _tables_of_ascii()
        content = text.encode()
        return (
            content.translate(kinds),
            content.translate(letters).decode(),
            content.translate(shapes),
        )
    codes = code_points(text)
    _, kinds_, shapes_, letters_ = tables()
    return (
        kinds_.take(codes, mode="clip").tobytes(),
        text_of(letters_.take(codes, mode="clip")),
        shapes_.take(codes, mode="clip").tobytes(),
    )


def visible(text: str) -> str:
    """The text without what is INVISIBLE."""
    if text.isascii():
        return text
    codes = code_points(text)
    keep = kinds_of(codes) != Kind.INVISIBLE
    return text if keep.all() else text_of(codes.compress(keep))


def kinds_of(codes: np.ndarray) -> np.ndarray:
    """The Kind of each code point, uint8."""
    return tables()[1].take(codes, mode="clip")


def fold(codes: np.ndarray) -> np.ndarray:
    """Each code point's plain form, uint32; rare ideographs beyond the table fold into one."""
    return tables()[0].take(codes, mode="clip")


def shapes_of(codes: np.ndarray) -> np.ndarray:
    """The shape of each code point, uint8."""
    return tables()[2].take(codes, mode="clip")


def code_points(text: str) -> np.ndarray:
    """The text's code points, uint32, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def text_of(codes: np.ndarray) -> str:
    """The inverse of `code_points`."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")
