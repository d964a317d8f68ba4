"""Reading a form as strangers send it: urlencoded or multipart, in whatever charset. Plain Python; every loop is bounded.

No name that a stranger sends reaches `codecs.lookup`: it would import modules and remember unknown names for ever.
"""

import re
from collections.abc import Iterator
from encodings.aliases import aliases
from urllib.parse import unquote_to_bytes

MOST_FIELDS = 500  # WordPress sends about 60
LONGEST_NAME = 200  # bytes

Pairs = list[tuple[bytes, bytes]]

_CODEC = re.compile(
    r"utf_8|ascii|latin_1|iso8859_\d+|cp125\d|cp8\d\d|cp932|cp949|cp950|koi8_[rtu]|gbk|gb2312|gb18030|"
    r"hz|big5|big5hkscs|euc_jp|euc_kr|shift_jis|iso2022_jp|iso2022_kr|johab|tis_620|mac_\w+|utf_16(_[bl]e)?"
)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_BOUNDARY = re.compile(r"""boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;,"]{1,200}))""", re.IGNORECASE)
_PART_NAME = re.compile(rb"""[;\s]name\s*=\s*(?:"([^"\r\n]*)"|([^\s;"]+))""", re.IGNORECASE)
_FILE_NAME = re.compile(rb"[;\s]filename\*?\s*=", re.IGNORECASE)


class MalformedForm(ValueError):
    """The body is no form: of another type, with too many fields, or cut off."""


def pairs(body: bytes, content_type: str) -> Pairs:
    """Names and values as bytes, in the order sent; files are left out. Raises MalformedForm."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind in {"application/x-www-form-urlencoded", ""}:
        return urlencoded(body)
    if kind == "multipart/form-data":
        return _multipart(body, content_type)
    raise MalformedForm(f"{kind[:80]!r} is not a form")


def urlencoded(text: bytes) -> Pairs:
    """The pairs of `a=1&b=2`. Raises MalformedForm when there are too many."""
    parts = text.split(b"&", MOST_FIELDS)
    if len(parts) > MOST_FIELDS:
        raise MalformedForm(f"more than {MOST_FIELDS} fields")
    found = []
    for part in parts:
        name, equals, value = part.partition(b"=")
        if (equals or name) and len(name) <= LONGEST_NAME:
            found.append((_unquoted(name), _unquoted(value)))
    return found


def _unquoted(text: bytes) -> bytes:
    text = text.replace(b"+", b" ")
    return unquote_to_bytes(text) if b"%" in text else text


def _multipart(body: bytes, content_type: str) -> Pairs:
    boundary = _BOUNDARY.search(content_type)
    if boundary is None:
        raise MalformedForm("multipart without a boundary")
    delimiter = b"--" + (boundary[1] or boundary[2]).encode("latin-1", "replace")
    parts = (b"\r\n" + body).split(b"\r\n" + delimiter, MOST_FIELDS + 1)
    if len(parts) > MOST_FIELDS + 1:
        raise MalformedForm(f"more than {MOST_FIELDS} fields")
    if not parts[-1].startswith(b"--"):
        raise MalformedForm("multipart that is cut off")
    return list(_named(parts[1:-1]))


def _named(parts: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
    for part in parts:
        head, blank_line, value = part.partition(b"\r\n\r\n")
        name = _PART_NAME.search(head[:2000])
        if blank_line and name and not _FILE_NAME.search(head[:2000]):
            yield (name[1] or name[2] or b"")[:LONGEST_NAME], value


def charset_of(content_type: str) -> str:
    """The charset that a Content-Type names, or ""."""
    found = _CHARSET.search(content_type)
    return found[1] if found else ""


def codec(charset: str) -> str:
    """Python's codec for a charset's name as sites write it; UTF-8 for one that nobody uses on the web."""
    return _CODECS.get(_plain(charset), "utf_8")


def text(raw: bytes, codec_name: str) -> str:
    """`raw` as text, without NUL, which PostgreSQL refuses."""
    return raw.decode(codec_name, "replace").replace("\0", "")


def _plain(charset: str) -> str:
    return re.sub(r"[^a-z0-9]", "", charset[:40].lower())


def _codecs() -> dict[str, str]:
    """Every spelling of every charset that we read → the codec. Latin-1 means Windows-1252, as in browsers."""
    names = {name: name for name in aliases.values()} | dict(aliases)
    known = {_plain(name): codec for name, codec in names.items() if _CODEC.fullmatch(codec)}
    return {
        name: "cp1252" if codec in {"latin_1", "ascii"} else codec for name, codec in known.items()
    }


_CODECS = _codecs()
