"""Which feeds there are: of the paper, a section, a contributor, a tag, and of corrections."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from taggit.models import Tag
from wagtail.models import Page, Site

from . import corrections, syndication
from .models import ArticlePage, Newspaper, queries
from .models.listing import ListedPage
from .models.queries import Teaser
from .syndication import Author, Channel, Item, Kind

LENGTH = 30  # articles in a feed


def feed(request: HttpRequest, path: str, kind: Kind) -> HttpResponse:
    """The newest articles of the list page at `path`."""
    site = _site(request)
    page = listed_page(site, path)
    if page is None:
        raise Http404
    name = "" if page.pk == site.root_page_id else page.title
    url = page.get_url(request) or "/"
    return _write(request, kind, name=name, url=url, items=_items(page.articles(), request))


def of_tag(request: HttpRequest, slug: str, kind: Kind) -> HttpResponse:
    """The newest articles with a tag."""
    tag = get_object_or_404(Tag, slug=slug)
    items = _items(queries.articles_tagged(tag), request)
    if not items:
        raise Http404
    return _write(request, kind, name=tag.name, url=reverse("tag", args=[slug]), items=items)


def of_corrections(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The paper's newest corrections."""
    items = tuple(
        Item(f"{said.kind}: {said.headline}", said.url, said.text, said.corrected_at)
        for said in corrections.newest(request)
    )
    return _write(request, kind, name=_("Corrections"), url=reverse("corrections"), items=items)


def listed_page(site: Site, path: str) -> ListedPage | None:
    """The live page with a list at `path` ("news/"), or None."""
    page = Page.objects.live().public().filter(url_path=f"{site.root_page.url_path}{path}").first()
    specific = page.specific if page else None
    return specific if isinstance(specific, ListedPage) else None


def _site(request: HttpRequest) -> Site:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site


def _write(
    request: HttpRequest, kind: Kind, *, name: str, url: str, items: tuple[Item, ...]
) -> HttpResponse:
    newspaper = Newspaper.for_site(_site(request))
    title = f"{name} – {newspaper.name}" if name else newspaper.name
    description = newspaper.description or newspaper.motto
    return syndication.write(Channel(title, description, url, items), kind)


def _items(articles: "QuerySet[ArticlePage]", request: HttpRequest) -> tuple[Item, ...]:
    newest = queries.with_what_feeds_show(queries.newest(articles, LENGTH))
    return tuple(_item(teaser) for teaser in queries.teasers(newest, request, photos=False))


def _item(teaser: Teaser) -> Item:
    return Item(
        title=teaser.headline,
        url=teaser.url,
        summary=teaser.standfirst,
        published_at=teaser.published_at,
        updated_at=teaser.updated_at,
        authors=tuple(Author(signature.name, signature.url) for signature in teaser.signatures),
        categories=(teaser.section,) if teaser.section else (),
    )
