"""What the formats demand, as a list of what a document gets wrong.

RSS 2.0: https://www.rssboard.org/rss-specification, https://www.rssboard.org/rss-profile; Atom: RFC 4287;
JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

_RFC_822 = re.compile(
    r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT)"
)
ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
ONCE = {"title", "link", "description", "language", "lastBuildDate", "guid", "pubDate", "author"}
CHANNEL = {"title", "link", "description", "language", "lastBuildDate", "item", "pubDate", "ttl"}
ITEM = {"title", "link", "description", "guid", "pubDate", "category", "author", "comments"}
RSS_OTHERS = {f"{{{ATOM}}}link", f"{{{ATOM}}}updated", f"{{{CONTENT}}}encoded", f"{{{DC}}}creator"}
FEED = {"title", "subtitle", "link", "id", "updated", "author", "entry"}
ENTRY = {"title", "link", "id", "updated", "published", "author", "summary", "content", "category"}


def rss_problems(document: bytes) -> list[str]:
    root = etree.fromstring(document)
    channels = root.findall("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or len(channels) != 1:
        return ["not RSS 2.0 with one channel"]
    channel = channels[0]
    return [
        *_missing(channel, ("title", "link", "description"), ""),
        *_unknown(channel, CHANNEL | RSS_OTHERS, ""),
        *_repeated(channel, ONCE),
        *_relative(channel.findall("link")),
        *_not_itself(channel),
        *(problem for item in channel.findall("item") for problem in _item_problems(item)),
        *_same([item.findtext("guid") or "" for item in channel.findall("item")]),
    ]


def _not_itself(channel: etree._Element) -> Iterator[str]:
    links = [link.get("rel") for link in channel.findall(f"{{{ATOM}}}link")]
    if links.count("self") != 1:
        yield "a feed names its own address once"


def _item_problems(item: etree._Element) -> Iterator[str]:
    if item.find("title") is None and item.find("description") is None:
        yield "an item has a title or a description"
    yield from _unknown(item, ITEM | RSS_OTHERS, "")
    yield from _repeated(item, ONCE)
    yield from _relative(item.findall("link"))
    guid = item.find("guid")
    if guid is not None and guid.get("isPermaLink", "true") == "true":
        yield from _relative([guid])
    for written in item.findall("pubDate"):
        if not _RFC_822.fullmatch(written.text or ""):
            yield f"{written.text} is no date of RFC 822"
    for author in item.findall("author"):
        if "@" not in (author.text or ""):
            yield "an author of RSS is an e-mail address"


def atom_problems(document: bytes) -> list[str]:
    root = etree.fromstring(document)
    if root.tag != f"{{{ATOM}}}feed":
        return ["not an Atom feed"]
    entries = root.findall(f"{{{ATOM}}}entry")
    every = [root, *entries]
    return [
        *(p for each in every for p in _missing(each, ("id", "title", "updated"), ATOM)),
        *_unknown(root, {f"{{{ATOM}}}{name}" for name in FEED}, ATOM),
        *(
            problem
            for entry in entries
            for problem in _unknown(entry, {f"{{{ATOM}}}{name}" for name in ENTRY}, ATOM)
        ),
        *(
            problem
            for each in every
            for problem in _repeated(
                each,
                {
                    f"{{{ATOM}}}{name}"
                    for name in ("id", "title", "updated", "published", "summary", "content")
                },
            )
        ),
        *(p for each in every for p in _atom_links(each)),
        *(p for time in root.iter(f"{{{ATOM}}}updated", f"{{{ATOM}}}published") for p in _rfc_3339(time.text)),
        *_nameless(root),
        *_same([entry.findtext(f"{{{ATOM}}}id") or "" for entry in entries]),
    ]  # fmt: skip


def _atom_links(element: etree._Element) -> Iterator[str]:
    links = element.findall(f"{{{ATOM}}}link")
    kinds = Counter((link.get("rel", "alternate"), link.get("type")) for link in links)
    if kinds and max(kinds.values()) > 1:
        yield "two links of one relation and type"
    for link in links:
        if not _is_absolute(link.get("href", "")):
            yield f"{link.get('href')} is not absolute"


def _nameless(root: etree._Element) -> Iterator[str]:
    """An author is known for each entry (RFC 4287, 4.1.1), and has a name."""
    own = root.find(f"{{{ATOM}}}author") is not None
    for entry in root.findall(f"{{{ATOM}}}entry"):
        if not own and entry.find(f"{{{ATOM}}}author") is None:
            yield "an entry without an author in a feed without one"
    for author in root.iter(f"{{{ATOM}}}author"):
        if not (author.findtext(f"{{{ATOM}}}name") or "").strip():
            yield "an author without a name"


def json_problems(document: bytes) -> list[str]:
    feed = json.loads(document)
    items = feed.get("items", [])
    return [
        *([] if feed.get("version") == "https://jsonfeed.org/version/1.1" else ["which version?"]),
        *([] if feed.get("title") else ["no title"]),
        *(f"{feed[name]} is not absolute" for name in ("home_page_url", "feed_url") if not _is_absolute(feed[name])),
        *(f"an item without {name}" for item in items for name in ("id",) if not item.get(name)),
        *("an item without content" for item in items if not item.keys() & {"content_html", "content_text"}),
        *("an author without name or address" for item in items for who in item.get("authors", []) if not who.get("name")),
        *(p for item in items for name in ("date_published", "date_modified") if name in item for p in _rfc_3339(item[name])),
        *(f"{item['url']} is not absolute" for item in items if not _is_absolute(item["url"])),
        *("a tag is a string" for item in items for tag in item.get("tags", []) if not isinstance(tag, str)),
        *_same([item["id"] for item in items]),
    ]  # fmt: skip


def _missing(element: etree._Element, names: tuple[str, ...], space: str) -> Iterator[str]:
    for name in names:
        found = element.find(f"{{{space}}}{name}" if space else name)
        if found is None or (name != "description" and not (found.text or "").strip()):
            yield f"{element.tag} without {name}"


def _unknown(element: etree._Element, known: set[str], _space: str) -> Iterator[str]:
    yield from (f"{child.tag} in {element.tag}" for child in element if child.tag not in known)


def _repeated(element: etree._Element, once: set[str]) -> Iterator[str]:
    counts = Counter(child.tag for child in element if child.tag in once)
    yield from (f"{tag} {count} times" for tag, count in counts.items() if count > 1)


def _relative(elements: list[etree._Element]) -> Iterator[str]:
    yield from (f"{e.text} is not absolute" for e in elements if not _is_absolute(e.text or ""))


def _is_absolute(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and " " not in url


def _rfc_3339(text: str | None) -> Iterator[str]:
    try:
        is_aware = datetime.fromisoformat(text or "").tzinfo is not None
    except ValueError:
        is_aware = False
    if not is_aware:
        yield f"{text} is no time of RFC 3339"


def _same(ids: list[str]) -> Iterator[str]:
    if len(set(ids)) < len(ids):
        yield "two entries with one identifier"
