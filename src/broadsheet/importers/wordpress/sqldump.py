"""Comments from a dump of WordPress's database, by mysqldump, mariadb-dump or phpMyAdmin, gzipped or not. Plain Python.

Read as a stream, by a reader of our own that knows what such programs write and nothing else: no statement is executed.
https://dev.mysql.com/doc/refman/8.4/en/string-literals.html
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import IO, Final

from .dates import moment
from .export import Comment

LARGEST_ROW: Final = 32 * 1024**2  # bytes
CHUNK: Final = 256 * 1024  # bytes read at once
COLUMNS: Final = (
    *("comment_ID", "comment_post_ID", "comment_author", "comment_author_email"),
    *("comment_author_url", "comment_author_IP", "comment_date", "comment_date_gmt"),
    *("comment_content", "comment_karma", "comment_approved", "comment_agent", "comment_type"),
    *("comment_parent", "user_id"),
)
_NEEDED: Final = frozenset(("comment_ID", "comment_post_ID", "comment_content", "comment_approved"))

_VALUE: Final = rb"(?:NULL|0x(?:[0-9A-Fa-f]{2})+|-?\d+(?:\.\d+)?|(?:_\w+ ?)?'(?:[^'\\]++|\\.|'')*+')"  # possessive: no way back
_ROW: Final = re.compile(rb"\s*\(\s*(" + _VALUE + rb"(?:\s*,\s*" + _VALUE + rb")*)\s*\)", re.DOTALL)
_EACH: Final = re.compile(_VALUE, re.DOTALL)
_BETWEEN: Final = re.compile(rb"\s*([,;])")
_INSERT: Final = re.compile(
    rb"(?:INSERT|REPLACE)(?: IGNORE)? INTO [`\"]?(\w*comments)[`\"]?\s*(?:\(([^()]*)\)\s*)?VALUES\s*",
    re.IGNORECASE,
)
_CREATE: Final = re.compile(
    rb"CREATE TABLE (?:IF NOT EXISTS )?[`\"]?(\w*comments)[`\"]?", re.IGNORECASE
)
_COLUMN: Final = re.compile(rb"\s*[`\"](\w+)[`\"] \w+")
_ESCAPED: Final = re.compile(rb"\\(.)|''", re.DOTALL)
_SIGNS: Final = {b"0": b"\0", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"Z": b"\x1a"}


class DamagedDump(ValueError):
    """The file is no dump that can be read, or ends in the middle. The message is one line."""


def read(file: IO[bytes], *, table: str = "") -> Iterator[tuple[int, Comment]]:
    """The number of the post and the comment, of each row of `table`, or of the first that is named `…comments`.

    Raises DamagedDump, at the first damaged row, and what reading `file` raises. There must be such a table.
    """
    wanted = table
    columns: Sequence[str] = COLUMNS
    statements = _Statements(file)
    for name, listed in statements:
        wanted = wanted or name
        if name != wanted:
            continue
        if listed is not None:
            columns = listed or columns
        else:
            for values in statements.rows():
                yield _comment(columns, values)
    if not wanted or not statements.has_seen(wanted):
        raise DamagedDump("it holds no table of comments.")


class _Statements:
    """Walks over a dump's lines: in all others than those of comments nothing is looked at."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._read, self._at = b"", 0  # what was read, and how much of it is done
        self._seen: set[str] = set()

    def has_seen(self, table: str) -> bool:
        return table in self._seen

    def __iter__(self) -> Iterator[tuple[str, list[str] | None]]:
        """Table and columns of each CREATE TABLE; table and None of each INSERT, whose `rows` must be read next."""
        at_start = True
        while line := self._line():
            is_start, at_start = at_start, line.endswith(b"\n")
            if not is_start:
                continue
            if created := _CREATE.match(line):
                yield self._named(created[1]), list(self._columns())
            elif inserted := _INSERT.match(line):
                if inserted[2]:
                    yield self._named(inserted[1]), _names(inserted[2])
                self._at -= len(line) - inserted.end()  # the rows are read next, if they are wanted
                yield self._named(inserted[1]), None

    def _named(self, name: bytes) -> str:
        self._seen.add(name.decode())
        return name.decode()

    def _line(self) -> bytes:
        """The next line, or CHUNK bytes of a longer one."""
        while (end := self._read.find(b"\n", self._at)) < 0:
            if len(self._read) - self._at >= CHUNK or not self._more():
                break
        start = self._at
        self._at = min(end + 1 if end >= 0 else start + CHUNK, len(self._read))
        return self._read[start : self._at]

    def _more(self) -> bool:
        """Read as much again as waits, so that a long row is not looked at too often."""
        waiting = self._read[self._at :]
        more = self._file.read(max(CHUNK, len(waiting)))
        self._read, self._at = waiting + more, 0
        return bool(more)

    def _columns(self) -> Iterator[str]:
        while (found := _COLUMN.match(line := self._line())) or line.strip() == b"(":
            if found:
                yield found[1].decode()

    def rows(self) -> Iterator[list[bytes | None]]:
        """The rows of the INSERT that was met last."""
        while True:
            found = self._match(_ROW)
            yield [_value(part) for part in _EACH.findall(found[1])]
            if self._match(_BETWEEN)[1] == b";":
                return

    def _match(self, pattern: re.Pattern[bytes]) -> re.Match[bytes]:
        while not (found := pattern.match(self._read, self._at)):
            if len(self._read) - self._at > LARGEST_ROW or not self._more():
                raise DamagedDump("a row of comments has no end, or is not what a dump holds.")
        self._at = found.end()
        return found


def _names(listed: bytes) -> list[str]:
    return [name.strip(b'`" \n').decode() for name in listed.split(b",")]


def _value(written: bytes) -> bytes | None:
    if written == b"NULL":
        return None
    if written.startswith(b"0x"):
        return bytes.fromhex(written[2:].decode())
    if not written.endswith(b"'"):
        return written
    inner = written[written.index(b"'") + 1 : -1]
    return (
        _ESCAPED.sub(lambda found: _sign(found[1]), inner)
        if b"\\" in inner or b"'" in inner
        else inner
    )


def _sign(escaped: bytes | None) -> bytes:
    return b"'" if escaped is None else _SIGNS.get(escaped, escaped)


def _comment(columns: Sequence[str], values: Sequence[bytes | None]) -> tuple[int, Comment]:
    if len(columns) != len(values) or not set(columns) >= _NEEDED:
        raise DamagedDump("its table of comments has other columns than WordPress's.")
    row = dict(zip(columns, values, strict=True))

    def text(name: str) -> str:
        return (row.get(name) or b"").decode("utf-8", "replace").strip()

    return _number(text("comment_post_ID")), Comment(
        id=_number(text("comment_ID")),
        parent=_number(text("comment_parent")),
        author=text("comment_author"),
        email=text("comment_author_email"),
        url=text("comment_author_url"),
        address=text("comment_author_IP"),
        written_at=moment(gmt=text("comment_date_gmt"), local=text("comment_date"), zone=UTC),
        text=text("comment_content"),
        approved=text("comment_approved"),
        type=text("comment_type") or "comment",
        user_agent=text("comment_agent"),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
