"""Which feeds there are: of the paper, a section, a contributor, a tag, and of corrections."""

import re
from itertools import repeat

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from taggit.models import Tag
from wagtail.models import Page, Site

from broadsheet.comments.memory import once

from . import corrections, syndication
from .addresses import absolute
from .fulltext import texts_of
from .models import ArticlePage, Newspaper, queries
from .models.listing import ListedPage
from .models.teasers import Read, Teaser, read, teasers_of, with_what_feeds_show
from .papers import root_of
from .syndication import Author, Channel, Item, Kind

LENGTH = 30  # articles in a feed
FULL_LENGTH = 20  # in one with their full text

_WITHIN = re.compile(r'(\shref=")#')
_ADDRESS = re.compile(r'(\s(?:href|src)=")/(?!/)')
_SOURCES = re.compile(r'(\ssrcset=")([^"]*)')
_SOURCE = re.compile(r"(^|,\s*)/(?!/)")


def feed(request: HttpRequest, path: str, kind: Kind) -> HttpResponse:
    """The newest articles of the list page at `path`."""
    site = _site(request)
    page = listed_page(site, path)
    if page is None:
        raise Http404
    name = "" if page.pk == site.root_page_id else page.title
    url = page.get_url(request) or "/"
    items = _items(page.articles(), request, url)
    return _write(request, kind, name=name, url=url, items=items)


def of_tag(request: HttpRequest, slug: str, kind: Kind) -> HttpResponse:
    """The newest articles with a tag."""
    tag = get_object_or_404(Tag, slug=slug)
    url = reverse("tag", args=[slug])
    items = _items(queries.articles_tagged(tag, root=root_of(request)), request, url)
    if not items:
        raise Http404
    return _write(request, kind, name=tag.name, url=url, items=items)


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
    request: HttpRequest,
    kind: Kind,
    *,
    name: str,
    url: str,
    items: tuple[Item, ...],
) -> HttpResponse:
    newspaper = Newspaper.for_site(_site(request))
    title = f"{name} – {newspaper.name}" if name else newspaper.name
    description = newspaper.description or newspaper.motto
    return syndication.write(
        Channel(title, description, url, items, newspaper.name, newspaper.hub), kind
    )


def _items(articles: "QuerySet[ArticlePage]", request: HttpRequest, url: str) -> tuple[Item, ...]:
    """The newest of the list at `url`. Read once for its feeds of all kinds, where these are printed in a row."""
    is_full = Newspaper.for_site(_site(request)).feeds_are_full

    def read_newest() -> Read:
        newest = queries.newest(articles, FULL_LENGTH if is_full else LENGTH)
        shown = with_what_feeds_show(newest)
        return read(shown.defer(None) if is_full else shown)

    found = once(("feed", url, is_full), read_newest)
    teasers = teasers_of(found, request, photos=False)
    texts = texts_of(found.articles) if is_full else repeat("")
    return tuple(_item(teaser, text) for teaser, text in zip(teasers, texts, strict=False))


def with_absolute_addresses(html: str, address: str) -> str:
    """`html` as it can be shown anywhere; links within it lead into the page at `address`."""
    html = _WITHIN.sub(rf"\1{address}#", html)
    html = _ADDRESS.sub(rf"\1{absolute('/')}", html)
    return _SOURCES.sub(lambda found: found[1] + _SOURCE.sub(rf"\1{absolute('/')}", found[2]), html)


def _item(teaser: Teaser, html: str) -> Item:
    return Item(
        title=teaser.headline,
        url=teaser.url,
        summary=teaser.standfirst,
        published_at=teaser.published_at,
        updated_at=teaser.updated_at,
        authors=tuple(Author(signature.name, signature.url) for signature in teaser.signatures),
        categories=(teaser.section,) if teaser.section else (),
        html=with_absolute_addresses(html, absolute(teaser.url)),
    )
