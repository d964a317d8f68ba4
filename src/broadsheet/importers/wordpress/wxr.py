"""Read WordPress eXtended RSS as a stream. Plain Python.

Format: WordPress's `wp-admin/includes/export.php`, versions 1.0 to 1.2; the namespaces may be http or https.

The parser is hardened. A document type declaration is refused before the parser that builds trees sees it, so
that no entity can be defined, inside the file or outside; the network is never asked. libxml2's own limits are
lifted (`huge_tree`), because a post of more than 10 MB (pictures pasted as text) is legitimate; what they
protect against cannot happen without entities, and one item may not exceed LARGEST_ITEM.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from datetime import tzinfo
from typing import Final, cast
from xml.parsers import expat

from lxml import etree

from .elements import EXPORT_NAMESPACES, Element, UnknownVersion, channel_of, record_of
from .export import Channel, Record
from .repair import Source

LARGEST_ITEM: Final = (
    128 * 1024 * 1024
)  # bytes of XML from the end of one item to the end of the next
CHUNK: Final = 256 * 1024  # bytes read at once

_WATCHED: Final = (
    *(
        f"{{{namespace}}}{name}"
        for namespace in EXPORT_NAMESPACES
        for name in ("author", "category", "tag", "term")
    ),
    "item",
)

# libxml2 has no words of its own for the most frequent damage of all
_OF_CHARACTERS: Final = ("ERR_CDATA_NOT_FINISHED", "ERR_INVALID_CHAR")
_ENCODING: Final = re.compile(rb"""^\s*<\?xml[^<>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})""")
# expat knows encodings of one byte only
_OF_EAST_ASIA: Final = frozenset(
    ("shift_jis", "cp932", "euc_jp", "euc_kr", "cp949", "gb2312", "gbk", "gb18030", "big5")
)
_PACKED: Final = frozenset((b"PK", b"\x1f\x8b"))  # zip, as WordPress.com sends it, and gzip
_CONTROL_CHARACTER: Final = "a control character, which XML does not allow, or text without an end"


class InvalidExport(ValueError):
    """The file is no WordPress export, or is damaged. The message is one line, and names the line of the file."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line = line


def read(
    file: Source, *, zone: tzinfo, progress: Callable[[int], None] = lambda _bytes: None
) -> Iterator[Record]:
    """The records of an export in the file's order, the Channel first, in memory bounded by the largest item.

    `zone` is that of dates which the file gives in local time only; `progress` hears how many bytes each step read.
    Raises InvalidExport at the first damaged place; records before it have been yielded by then.
    """
    _refuse_document_type(file)
    channel_seen = False
    elements = _elements(file, progress)
    for element in elements:
        if not channel_seen:
            yield _channel(element, elements)
            channel_seen = True
        record = record_of(element, zone)
        _forget(element)
        if record is not None:
            yield record
    if not channel_seen:
        raise InvalidExport("this export holds no author, category or item.", 1)


class _PrologRead(Exception):
    """The root element begins: there is no document type declaration."""


def _refuse_document_type(file: Source) -> None:
    """Read to the root element with a parser that builds nothing, and rewind."""
    if file.read(2) in _PACKED:
        raise InvalidExport("the file is packed: unpack it, and import each .xml file in it.", 1)
    file.seek(0)
    parser = expat.ParserCreate(_encoding_for_expat(file))

    def refuse(*_arguments: object) -> None:
        raise InvalidExport(
            "a document type declaration (<!DOCTYPE …>) has no place in an export.",
            parser.CurrentLineNumber,
        )

    def finish(name: str, _attributes: dict[str, str]) -> None:
        if name != "rss":
            raise InvalidExport(
                f"this is not a WordPress export: it begins with <{name[:40]}>, not <rss>.",
                parser.CurrentLineNumber,
            )
        raise _PrologRead

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = finish
    try:
        _parse(parser, file)
    except _PrologRead:
        file.seek(0)
    except LookupError as error:
        raise InvalidExport("its encoding is not known.", 1) from error
    except expat.ExpatError as error:
        raise InvalidExport(
            f"not well-formed XML: {expat.ErrorString(error.code)}.", error.lineno
        ) from error


def _parse(parser: expat.XMLParserType, file: Source) -> None:
    """Raises LookupError for an encoding that expat does not know or cannot read, and what the handlers raise."""
    try:
        while chunk := file.read(CHUNK):
            parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003, expat takes it by position
    except InvalidExport:
        raise
    except ValueError as error:
        raise LookupError(str(error)) from error


def _encoding_for_expat(file: Source) -> str | None:
    """None to believe the file; Latin-1 for the encodings of East Asia, in which markup stands as in ASCII."""
    declared = _ENCODING.search(file.read(200))
    file.seek(0)
    try:
        name = codecs.lookup(declared[1].decode()).name if declared else ""
    except LookupError:
        return None
    return "iso-8859-1" if name in _OF_EAST_ASIA else None


def _elements(file: Source, progress: Callable[[int], None]) -> Iterator[Element]:
    """The elements that matter, each when its end was read."""
    parser = etree.XMLPullParser(
        events=("end",),
        tag=_WATCHED,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    total = last_end = 0
    damage = None
    while damage is None:
        chunk = file.read(CHUNK)
        damage = _feed(parser, chunk)
        total += len(chunk)
        progress(len(chunk))
        for _event, found in parser.read_events():
            element = cast(Element, found)  # the only kind that "end" events bring
            if _depth(element) == 2:
                last_end = total
                yield element
        if total - last_end > LARGEST_ITEM:
            raise InvalidExport(f"an item is larger than {LARGEST_ITEM // 1024**2} MB.", 1)
        if not chunk:
            break
    if damage is not None:
        raise damage


def _feed(parser: etree.XMLPullParser, chunk: bytes) -> InvalidExport | None:
    """Give the parser a chunk, or the end of the file; what is wrong with it, if anything."""
    try:
        if chunk:
            parser.feed(chunk)
        else:
            parser.close()
    except etree.XMLSyntaxError as error:
        first = next(iter(parser.feed_error_log), None)
        if first is None:
            return InvalidExport(f"not well-formed XML: {error.msg}.", error.lineno or 1)
        problem = _CONTROL_CHARACTER if first.type_name in _OF_CHARACTERS else first.message
        return InvalidExport(f"not well-formed XML: {problem}.", first.line)
    return None


def _depth(element: Element) -> int:
    return sum(1 for _ancestor in element.iterancestors())


def _forget(element: Element) -> None:
    """Free what was read: the element's content, and every sibling before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _channel(first: Element, others: Iterator[Element]) -> Channel:
    """The channel, once the first author, term or item in it was read.

    Where the version is wrong too, damage to the file is what its owner must hear of first: we read on for it.
    """
    try:
        return channel_of(reversed(list(first.itersiblings(preceding=True))))
    except UnknownVersion as error:
        line = cast(int, first.sourceline)
        for element in others:
            _forget(element)
        problem = f"this is not a WordPress export that can be read: {error}."
        raise InvalidExport(problem, line) from error
