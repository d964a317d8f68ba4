"""Feeds of the paper, of a section, of a contributor: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import feedgenerator, translation
from wagtail.models import Page, Site

from .addresses import absolute
from .models import Newspaper, queries
from .models.listing import ListedPage
from .models.queries import Teaser
from .models.stories import Signature

LENGTH = 30  # articles in a feed


class Kind(Enum):
    RSS = "rss"
    ATOM = "atom"
    JSON = "json"


def feed(request: HttpRequest, path: str, kind: Kind) -> HttpResponse:
    """The newest articles of the list page at `path`."""
    site = Site.find_for_request(request)
    page = listed_page(site, path) if site else None
    if site is None or page is None:
        raise Http404
    newspaper = Newspaper.for_site(site)
    articles = queries.with_what_teasers_show(page.articles())[:LENGTH]
    title = newspaper.name if page.pk == site.root_page_id else f"{page.title} – {newspaper.name}"
    return WRITERS[kind](
        title,
        newspaper.description or newspaper.motto,
        page.get_url(request) or "/",
        queries.teasers(articles, request),
    )


def listed_page(site: Site, path: str) -> ListedPage | None:
    """The live page with a list at `path` ("news/"), or None."""
    page = Page.objects.live().public().filter(url_path=f"{site.root_page.url_path}{path}").first()
    specific = page.specific if page else None
    return specific if isinstance(specific, ListedPage) else None


NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class _Timeless:
    """The clock is not asked: a feed without articles is the same whenever it is printed."""

    items: list[dict[str, Any]]

    def latest_post_date(self) -> datetime:
        dates = (item["updateddate"] or item["pubdate"] for item in self.items)
        return max((date for date in dates if date), default=NEVER)


class _Rss(_Timeless, feedgenerator.Rss201rev2Feed):
    pass


class _Atom(_Timeless, feedgenerator.Atom1Feed):
    pass


def _syndication(
    generator: type[feedgenerator.SyndicationFeed], file: str, content_type: str
) -> Callable[..., HttpResponse]:
    def write(title: str, description: str, path: str, teasers: tuple[Teaser, ...]) -> HttpResponse:
        language = translation.get_language() or "en"
        document = generator(
            title=title,
            link=absolute(path),
            description=description,
            language=language,
            feed_url=absolute(f"{path}{file}"),
        )
        for teaser in teasers:
            document.add_item(
                title=teaser.headline,
                link=absolute(teaser.url),
                description=teaser.standfirst,
                unique_id=absolute(teaser.url),
                pubdate=teaser.published_at,
                updateddate=teaser.updated_at or teaser.published_at,
                author_name=", ".join(signature.name for signature in teaser.signatures) or None,
                categories=[teaser.section] if teaser.section else [],
            )
        return HttpResponse(document.writeString("utf-8"), content_type=content_type)

    return write


def _json(title: str, description: str, path: str, teasers: tuple[Teaser, ...]) -> HttpResponse:
    items = [
        {
            "id": absolute(teaser.url),
            "url": absolute(teaser.url),
            "title": teaser.headline,
            "summary": teaser.standfirst,
            "content_text": teaser.standfirst,
            "authors": [_author(signature) for signature in teaser.signatures],
            "tags": [teaser.section] if teaser.section else [],
        }
        | ({"date_published": teaser.published_at.isoformat()} if teaser.published_at else {})
        | ({"date_modified": teaser.updated_at.isoformat()} if teaser.updated_at else {})
        for teaser in teasers
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "description": description,
        "home_page_url": absolute(path),
        "feed_url": absolute(f"{path}feed.json"),
        "language": translation.get_language() or "en",
        "items": items,
    }
    return JsonResponse(
        document, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False}
    )


def _author(signature: Signature) -> dict[str, str]:
    return {"name": signature.name} | ({"url": absolute(signature.url)} if signature.url else {})


WRITERS: dict[Kind, Callable[..., HttpResponse]] = {
    Kind.RSS: _syndication(_Rss, "feed.xml", "application/rss+xml; charset=utf-8"),
    Kind.ATOM: _syndication(_Atom, "atom.xml", "application/atom+xml; charset=utf-8"),
    Kind.JSON: _json,
}
