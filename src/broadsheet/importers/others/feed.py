"""RSS 2.0 and Atom: what a feed still holds of a site. Formats: the RSS 2.0 specification, RFC 4287. Plain Python."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from broadsheet.importers.records import Contributor, Kind, Section, State, Story, Tag
from broadsheet.importers.wordpress.body import body_blocks
from broadsheet.importers.wordpress.convert import plain_text, words_of

from .holdings import Paper, UnreadableSource, moment

LARGEST: Final = 256 * 1024 * 1024  # bytes


def read(path: Path, address: str) -> Paper:
    """The entries of a feed; `address` is the old site's. Raises UnreadableSource, OSError."""
    if path.stat().st_size > LARGEST:
        raise UnreadableSource(f"larger than {LARGEST // 1024**2} MB.")
    try:
        root = etree.fromstring(path.read_bytes(), _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableSource(f"not well-formed XML: {error}.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableSource("a document type declaration has no place in a feed.")
    entries = [part for part in root.iter() if _name(part) in {"item", "entry"}]
    if not entries:
        raise UnreadableSource("it is no feed, or an empty one.")
    stories = tuple(map(_story, entries))
    sections = dict.fromkeys(story.section for story in stories if story.section)
    people = dict.fromkeys(name for story in stories for name in story.contributors)
    return Paper(
        address,
        stories,
        sections=tuple(Section(name, name, name, in_menu=True) for name in sections),
        contributors=tuple(Contributor(name, name, name) for name in people),
    )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True)


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(entry: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Children by name, in the order of `names`."""
    for name in names:
        yield from (child for child in entry if _name(child) == name)


def _text(entry: etree._Element, *names: str) -> str:
    return next((text for child in _all(entry, *names) if (text := (child.text or "").strip())), "")


def _story(entry: etree._Element) -> Story:
    link = _link(entry)
    html = _content(entry)
    categories = [
        name
        for child in _all(entry, "category")
        if (name := (child.text or child.get("term") or "").strip())
    ]
    path = urlsplit(link).path if link.startswith("http") else ""
    published_at = _moment(_text(entry, "pubDate", "published", "date", "updated"))
    authors = [
        _text(child, "name") or (child.text or "").strip()
        for child in _all(entry, "creator", "author")
    ]
    return Story(
        id=_text(entry, "guid", "id") or link or _text(entry, "title"),
        kind=Kind.ARTICLE,
        headline=plain_text(_text(entry, "title"))[:255],
        slug=path.rstrip("/").rpartition("/")[2].removesuffix(".html"),
        state=State.PUBLISHED,
        blocks=body_blocks(html),
        published_at=published_at,
        updated_at=_moment(_text(entry, "updated")) or published_at,
        contributors=tuple(dict.fromkeys(filter(None, authors))),
        section=categories[0] if categories else "",
        tags=tuple(Tag(name, name) for name in categories[1:]),
        addresses=(path,) if path not in {"", "/"} else (),
        words=words_of(html),
    )


def _content(entry: etree._Element) -> str:
    """HTML: `content:encoded` before a mere summary; XHTML in Atom is written out."""
    for child in _all(entry, "encoded", "content", "description", "summary"):
        if child.get("type") == "xhtml":
            return "".join(etree.tostring(part, encoding="unicode") for part in child)
        if child.text and child.text.strip():
            return f"<p>{escape(child.text)}</p>" if child.get("type") == "text" else child.text
    return ""


def _link(entry: etree._Element) -> str:
    for child in _all(entry, "link"):
        if child.get("rel", "alternate") == "alternate" and (
            found := child.get("href") or child.text
        ):
            return found.strip()
    return ""


def _moment(text: str) -> datetime | None:
    """RFC 822 as in RSS, or ISO 8601 as in Atom."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return moment(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
