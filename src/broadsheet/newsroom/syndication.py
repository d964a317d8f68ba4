"""The forms of a feed: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.http import HttpResponse, JsonResponse
from django.utils import feedgenerator, translation

from .addresses import absolute

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Kind(Enum):
    RSS = "feed.xml"
    ATOM = "atom.xml"
    JSON = "feed.json"


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    url: str  # "" without a page


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed. Its address, a path of this site, is also what identifies it."""

    title: str
    url: str
    summary: str
    published_at: datetime | None
    updated_at: datetime | None = None
    authors: tuple[Author, ...] = ()
    categories: tuple[str, ...] = ()
    html: str = ""  # the full text, with absolute addresses; "" in feeds of summaries


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed as a whole."""

    title: str
    description: str
    url: str  # of the page that it follows, with a slash at the end
    items: tuple[Item, ...]
    publisher: str  # the newspaper: Atom wants an author where nobody signed
    hub: str = ""  # WebSub's, if it is told of this feed


def write(channel: Channel, kind: Kind) -> HttpResponse:
    return _WRITERS[kind](channel)


class _Timeless:
    """The clock is not asked: a feed without articles is the same whenever it is printed."""

    items: list[dict[str, Any]]

    def latest_post_date(self) -> datetime:
        dates = (item["updateddate"] or item["pubdate"] for item in self.items)
        return max((date for date in dates if date), default=NEVER)


class _Rss(_Timeless, feedgenerator.Rss201rev2Feed):
    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": self.feed["hub"]})

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/"
        }

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["html"]:
            handler.addQuickElement("content:encoded", item["html"])


class _Atom(_Timeless, feedgenerator.Atom1Feed):
    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("link", "", {"rel": "hub", "href": self.feed["hub"]})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["html"]:
            handler.startElement("content", AttributesImpl({"type": "html"}))
            handler.characters(item["html"])
            handler.endElement("content")


def _xml(
    generator: type[feedgenerator.SyndicationFeed], kind: Kind, content_type: str
) -> Callable[[Channel], HttpResponse]:
    def write_xml(channel: Channel) -> HttpResponse:
        document = generator(
            title=channel.title,
            link=absolute(channel.url),
            description=channel.description,
            language=translation.get_language() or "en",
            feed_url=absolute(f"{channel.url}{kind.value}"),
            author_name=channel.publisher,
            hub=channel.hub,
        )
        for item in channel.items:
            document.add_item(
                title=item.title,
                link=absolute(item.url),
                description=item.summary,
                unique_id=absolute(item.url),
                pubdate=item.published_at,
                updateddate=item.updated_at or item.published_at,
                author_name=", ".join(author.name for author in item.authors) or None,
                categories=item.categories,
                html=item.html,
            )
        return HttpResponse(document.writeString("utf-8"), content_type=content_type)

    return write_xml


def _json(channel: Channel) -> HttpResponse:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.description,
        "home_page_url": absolute(channel.url),
        "feed_url": absolute(f"{channel.url}{Kind.JSON.value}"),
        "language": translation.get_language() or "en",
        "items": [_json_item(item) for item in channel.items],
    } | ({"hubs": [{"type": "WebSub", "url": channel.hub}]} if channel.hub else {})
    return JsonResponse(
        document, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False}
    )


def _json_item(item: Item) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": absolute(item.url),
        "url": absolute(item.url),
        "title": item.title,
        "summary": item.summary,
        "authors": [
            {"name": author.name} | ({"url": absolute(author.url)} if author.url else {})
            for author in item.authors
        ],
        "tags": list(item.categories),
    }
    found |= {"content_html": item.html} if item.html else {"content_text": item.summary}
    if item.published_at:
        found["date_published"] = item.published_at.isoformat()
    if item.updated_at:
        found["date_modified"] = item.updated_at.isoformat()
    return found


_WRITERS: dict[Kind, Callable[[Channel], HttpResponse]] = {
    Kind.RSS: _xml(_Rss, Kind.RSS, "application/rss+xml; charset=utf-8"),
    Kind.ATOM: _xml(_Atom, Kind.ATOM, "application/atom+xml; charset=utf-8"),
    Kind.JSON: _json,
}
