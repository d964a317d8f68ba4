"""PHP's `serialize()` format, read as data and nothing else. Plain Python.

Format: https://www.php.net/manual/en/function.serialize.php. Lengths of strings count bytes. Objects are
refused (nothing that an importer wants is one), as are references and whatever follows the value.
"""

import re
from typing import Final

DEEPEST: Final = 32  # arrays within arrays
LONGEST: Final = 4 * 1024 * 1024  # bytes of the whole text

Value = None | bool | int | float | str | dict["int | str", "Value"]

_SCALAR: Final = re.compile(
    rb"(?:N|b:([01])|i:([+-]?\d{1,19})|d:([+-]?[\d.]{1,32}(?:[eE][+-]?\d{1,3})?|NAN|-?INF));"
)
_STRING: Final = re.compile(rb's:(\d{1,9}):"')
_ARRAY: Final = re.compile(rb"a:(\d{1,9}):\{")


class MalformedSerialization(ValueError):
    """The text is not what `serialize()` writes, or nests or grows beyond the limits."""

    def __init__(self, position: int) -> None:
        super().__init__(f"not PHP-serialized data, at byte {position}")
        self.position = position


def loads(text: str) -> Value:
    """The value that a serialized text holds; arrays become dictionaries. Raises MalformedSerialization."""
    data = text.strip().encode("utf-8", "surrogatepass")
    if len(data) > LONGEST:
        raise MalformedSerialization(LONGEST)
    value, end = _value(data, 0, DEEPEST)
    if end != len(data):
        raise MalformedSerialization(end)
    return value


def _value(data: bytes, at: int, depth: int) -> tuple[Value, int]:
    match data[at : at + 1]:
        case b"s":
            return _string(data, at)
        case b"a":
            return _array(data, at, depth)
        case _:
            return _scalar(data, at)


def _scalar(data: bytes, at: int) -> tuple[Value, int]:
    found = _SCALAR.match(data, at)
    if not found:
        raise MalformedSerialization(at)
    boolean, integer, real = found.groups()
    if boolean is not None:
        return boolean == b"1", found.end()
    if integer is not None:
        return int(integer), found.end()
    try:
        return (None if real is None else float(real)), found.end()
    except ValueError as error:
        raise MalformedSerialization(at) from error


def _string(data: bytes, at: int) -> tuple[str, int]:
    found = _STRING.match(data, at)
    if not found:
        raise MalformedSerialization(at)
    end = found.end() + int(found[1])
    if data[end : end + 2] != b'";':
        raise MalformedSerialization(end)
    try:
        return data[found.end() : end].decode(), end + 2
    except UnicodeDecodeError as error:
        raise MalformedSerialization(at) from error


def _array(data: bytes, at: int, depth: int) -> tuple[dict[int | str, Value], int]:
    found = _ARRAY.match(data, at)
    if not found or not depth:
        raise MalformedSerialization(at)
    values: dict[int | str, Value] = {}
    at = found.end()
    for _entry in range(int(found[1])):
        key, at = _value(data, at, 0)
        if isinstance(key, bool) or not isinstance(key, (int, str)):
            raise MalformedSerialization(at)
        values[key], at = _value(data, at, depth - 1)
    if data[at : at + 1] != b"}":
        raise MalformedSerialization(at)
    return values, at + 1
