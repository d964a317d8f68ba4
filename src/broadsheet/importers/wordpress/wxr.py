"""Read WordPress eXtended RSS as a stream. Plain Python.

Format: WordPress's `wp-admin/includes/export.php`, versions 1.0 to 1.2; the namespaces may be http or https.

The parser is hardened. A document type declaration is refused before the parser that builds trees sees it, so
that no entity can be defined, inside the file or outside; the network is never asked. libxml2's own limits are
lifted (`huge_tree`), because a post of more than 10 MB (pictures pasted as text) is legitimate; what they
protect against cannot happen without entities, and one item may not exceed LARGEST_ITEM.
"""

import re
from collections.abc import Callable, Iterator
from datetime import tzinfo
from functools import lru_cache
from typing import BinaryIO, Final
from urllib.parse import unquote
from xml.parsers import expat

from lxml import etree

from .dates import moment
from .export import Author, Channel, Comment, Item, Record, Term, TermUse

VERSIONS: Final = ("1.0", "1.1", "1.2")
LARGEST_ITEM: Final = (
    128 * 1024 * 1024
)  # bytes of XML from the end of one item to the end of the next
CHUNK: Final = 256 * 1024  # bytes read at once

_EXPORT: Final = tuple(
    f"{scheme}://wordpress.org/export/{version}/"
    for scheme in ("http", "https")
    for version in VERSIONS
)
_PREFIXES: Final = (
    dict.fromkeys(_EXPORT, "wp")
    | {f"{namespace}excerpt/": "excerpt" for namespace in _EXPORT}
    | {
        "http://purl.org/rss/1.0/modules/content/": "content",
        "http://purl.org/dc/elements/1.1/": "dc",
    }
)
_WATCHED: Final = (
    *(
        f"{{{namespace}}}{name}"
        for namespace in _EXPORT
        for name in ("author", "category", "tag", "term")
    ),
    "item",
)

Element = etree._Element


class InvalidExport(ValueError):
    """The file is no WordPress export, or is damaged. The message is one line, and names the line of the file."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line = line


def read(
    file: BinaryIO, *, zone: tzinfo, progress: Callable[[int], None] = lambda _bytes_read: None
) -> Iterator[Record]:
    """The records of an export in the file's order, the Channel first, in memory bounded by the largest item.

    `zone` is that of dates which the file gives in local time only; `progress` hears how many bytes were read.
    Raises InvalidExport at the first damaged place; records before it have been yielded by then.
    """
    _refuse_document_type(file)
    channel_seen = False
    for element in _elements(file, progress):
        if not channel_seen:
            yield _channel(element)
            channel_seen = True
        record = _record(element, zone)
        _forget(element)
        if record is not None:
            yield record
    if not channel_seen:
        raise InvalidExport("this export holds no author, category or item.", 1)


class _PrologRead(Exception):
    """The root element begins: there is no document type declaration."""


def _refuse_document_type(file: BinaryIO) -> None:
    """Read to the root element with a parser that builds nothing, and rewind."""
    parser = expat.ParserCreate()

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
        while chunk := file.read(CHUNK):
            parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003, expat takes it by position
    except _PrologRead:
        file.seek(0)
    except expat.ExpatError as error:
        raise InvalidExport(
            f"not well-formed XML: {expat.ErrorString(error.code)}.", error.lineno
        ) from error


def _elements(file: BinaryIO, progress: Callable[[int], None]) -> Iterator[Element]:
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
    while chunk := file.read(CHUNK):
        _feed(parser, chunk)
        total += len(chunk)
        progress(total)
        for _event, element in parser.read_events():
            if _depth(element) == 2:
                last_end = total
                yield element
        if total - last_end > LARGEST_ITEM:
            raise InvalidExport(f"an item is larger than {LARGEST_ITEM // 1024**2} MB.", 1)
    _feed(parser, None)


def _feed(parser: etree.XMLPullParser, chunk: bytes | None) -> None:
    try:
        if chunk is None:
            parser.close()
        else:
            parser.feed(chunk)
    except etree.XMLSyntaxError as error:
        problem = re.sub(r",? line \d+, column \d+.*$", "", error.msg or "damaged")
        raise InvalidExport(f"not well-formed XML: {problem}.", error.lineno or 1) from error


def _depth(element: Element) -> int:
    return sum(1 for _ancestor in element.iterancestors())


def _forget(element: Element) -> None:
    """Free what was read: the element's content, and every sibling before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


@lru_cache(maxsize=1024)
def _name(tag: str) -> str:
    """`{http://wordpress.org/export/1.2/}post_id` → `wp:post_id`; "" for namespaces that are not ours."""
    if not tag.startswith("{"):
        return tag
    namespace, _brace, local = tag[1:].partition("}")
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{local}" if prefix else ""


def _text(element: Element) -> str:
    return "".join(element.itertext()) if len(element) else element.text or ""


def _fields(element: Element) -> dict[str, str]:
    """Texts of the children by name; the first of a name wins."""
    fields: dict[str, str] = {}
    for child in element:
        fields.setdefault(_name(child.tag), _text(child))
    return fields


def _channel(first: Element) -> Channel:
    channel = first.getparent()
    fields: dict[str, str] = {}
    for child in channel if channel is not None else ():
        if child is first:
            break
        fields.setdefault(_name(child.tag), _text(child).strip())
    version = fields.get("wp:wxr_version", "")
    if version not in VERSIONS:
        found = f"wp:wxr_version is {version[:20]!r}" if version else "wp:wxr_version is missing"
        raise InvalidExport(
            f"this is not a WordPress export that can be read: {found}; it must be one of {', '.join(VERSIONS)}.",
            first.sourceline or 1,
        )
    return Channel(
        version=version,
        title=fields.get("title", ""),
        description=fields.get("description", ""),
        language=fields.get("language", ""),
        address=(fields.get("wp:base_blog_url") or fields.get("link", "")).rstrip("/"),
    )


def _record(element: Element, zone: tzinfo) -> Record | None:
    fields = _fields(element)
    match _name(element.tag):
        case "item":
            return _item(element, fields, zone)
        case "wp:author":
            return _author(fields)
        case "wp:category":
            return _term(fields, "category", "category_nicename", "cat_name", "category_parent")
        case "wp:tag":
            return _term(fields, "post_tag", "tag_slug", "tag_name", "")
        case _:
            taxonomy = fields.get("wp:term_taxonomy", "")
            return (
                _term(fields, taxonomy, "term_slug", "term_name", "term_parent")
                if taxonomy
                else None
            )


def _author(fields: dict[str, str]) -> Author:
    return Author(
        login=fields.get("wp:author_login", "").strip(),
        display_name=fields.get("wp:author_display_name", "").strip(),
        first_name=fields.get("wp:author_first_name", "").strip(),
        last_name=fields.get("wp:author_last_name", "").strip(),
    )


def _term(fields: dict[str, str], taxonomy: str, slug: str, name: str, parent: str) -> Term:
    kind = "category" if taxonomy == "category" else taxonomy.removeprefix("post_")
    return Term(
        taxonomy=taxonomy.strip(),
        slug=unquote(fields.get(f"wp:{slug}", "").strip()),
        name=fields.get(f"wp:{name}", "").strip(),
        parent=unquote(fields.get(f"wp:{parent}", "").strip()),
        description=fields.get(
            f"wp:{kind}_description", fields.get("wp:term_description", "")
        ).strip(),
    )


def _item(element: Element, fields: dict[str, str], zone: tzinfo) -> Item:
    def date(name: str) -> str:
        return fields.get(f"wp:{name}", "")

    return Item(
        id=_number(fields.get("wp:post_id", "")),
        type=fields.get("wp:post_type", "").strip() or "post",
        status=fields.get("wp:status", "").strip() or "publish",
        title=fields.get("title", "").strip(),
        slug=unquote(fields.get("wp:post_name", "").strip()),
        link=fields.get("link", "").strip(),
        guid=fields.get("guid", "").strip(),
        creator=fields.get("dc:creator", "").strip(),
        content=fields.get("content:encoded", ""),
        excerpt=fields.get("excerpt:encoded", ""),
        published_at=moment(gmt=date("post_date_gmt"), local=date("post_date"), zone=zone),
        modified_at=moment(gmt=date("post_modified_gmt"), local=date("post_modified"), zone=zone),
        parent=_number(fields.get("wp:post_parent", "")),
        order=_number(fields.get("wp:menu_order", "")),
        password=fields.get("wp:post_password", ""),
        is_sticky=fields.get("wp:is_sticky", "").strip() == "1",
        comments_open=fields.get("wp:comment_status", "").strip() == "open",
        attachment_url=fields.get("wp:attachment_url", "").strip(),
        terms=_terms(element),
        meta=_meta(element),
        comments=tuple(
            _comment(_fields(child), zone) for child in element if _name(child.tag) == "wp:comment"
        ),
    )


def _terms(item: Element) -> tuple[TermUse, ...]:
    """Each term once, in the file's order. WXR 1.0 repeats a category as a bare `<category>`: not a term."""
    uses = (
        TermUse(child.get("domain", ""), unquote(child.get("nicename", "")), _text(child).strip())
        for child in item.iterchildren("category")
    )
    return tuple(dict.fromkeys(use for use in uses if use.taxonomy and (use.slug or use.name)))


def _meta(item: Element) -> dict[str, tuple[str, ...]]:
    values: dict[str, list[str]] = {}
    for child in item:
        if _name(child.tag) == "wp:postmeta":
            fields = _fields(child)
            values.setdefault(fields.get("wp:meta_key", ""), []).append(
                fields.get("wp:meta_value", "")
            )
    return {key: tuple(texts) for key, texts in values.items()}


def _comment(fields: dict[str, str], zone: tzinfo) -> Comment:
    def text(name: str) -> str:
        return fields.get(f"wp:comment_{name}", "").strip()

    return Comment(
        id=_number(text("id")),
        parent=_number(text("parent")),
        author=text("author"),
        email=text("author_email"),
        url=text("author_url"),
        address=text("author_IP"),
        written_at=moment(gmt=text("date_gmt"), local=text("date"), zone=zone),
        text=text("content"),
        approved=text("approved"),
        type=text("type") or "comment",
    )


def _number(text: str) -> int:
    """A non-negative id of the database, or 0."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
