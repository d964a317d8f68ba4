"""Articles as lists show them, prepared: bounded numbers of queries, no query in a template."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from broadsheet.comments.memory import once
from broadsheet.comments.queries import counts
from broadsheet.newsroom.addresses import url_of
from broadsheet.newsroom.made_of import note_pages
from broadsheet.newsroom.sizes import ON_LISTS, specs_of

from .articles import ArticlePage, Byline
from .photos import Photo
from .stories import Signature, signatures


@dataclass(frozen=True, slots=True)
class Teaser:
    """An article as it appears on a list."""

    headline: str
    url: str
    kicker: str
    standfirst: str
    signatures: tuple[Signature, ...]
    photo: Photo | None
    published_at: datetime | None
    updated_at: datetime | None
    language: str
    section: str
    section_url: str
    comments: int  # readers'


@dataclass(frozen=True, slots=True)
class Read:
    """Articles, with what their teasers show besides."""

    articles: tuple[ArticlePage, ...]
    sections: Mapping[str, Page]  # by tree path; of others, too
    comments: Mapping[int, int]  # by article id


def with_what_teasers_show(articles: "QuerySet[ArticlePage]") -> "QuerySet[ArticlePage]":
    """Fetch photos, their sizes and signatures along: seven queries, whatever the number of articles."""
    photos = Photo.objects.prefetch_renditions(*specs_of(ON_LISTS))
    portraits = Photo.objects.prefetch_renditions(*specs_of(("portrait",)))
    return with_what_feeds_show(articles).prefetch_related(
        Prefetch("hero", photos),
        Prefetch("bylines__contributor__portrait", portraits),
    )


def with_what_feeds_show(articles: "QuerySet[ArticlePage]") -> "QuerySet[ArticlePage]":
    """Fetch signatures along, but no photos, and no text: two queries for any number of articles.

    Contributors are fetched by themselves, for each has signed many of them.
    """
    bylines = Byline.objects.prefetch_related("contributor").order_by("sort_order")
    without_text: QuerySet[ArticlePage] = articles.defer("body")
    return without_text.prefetch_related(Prefetch("bylines", bylines))


def teasers(
    articles: Iterable[ArticlePage], request: HttpRequest | None, *, photos: bool = True
) -> tuple[Teaser, ...]:
    """Teasers of `articles`, which must come from `with_what_teasers_show`; two queries more, for sections and comments.

    Without `photos` they may come from `with_what_feeds_show`.
    """
    return teasers_of(read(articles), request, photos=photos)


def read(articles: Iterable[ArticlePage]) -> Read:
    articles = tuple(articles)
    return Read(articles, sections_of(articles), counts([article.pk for article in articles]))


def teasers_of(
    found: Read, request: HttpRequest | None, *, photos: bool = True
) -> tuple[Teaser, ...]:
    """The same of articles whose sections and comments are read already: no query."""
    note_pages(request, found.articles)
    language = get_language()
    return tuple(
        once(
            ("teaser", article.pk, photos, language),
            partial(
                _teaser,
                article,
                found.sections.get(article.path[: -Page.steplen]),
                request,
                comments=found.comments.get(article.pk, 0),
                photos=photos,
            ),
        )
        for article in found.articles
    )


def sections_of(articles: Sequence[ArticlePage]) -> dict[str, Page]:
    """Tree path → the page above each article, in one query."""
    paths = {article.path[: -Page.steplen] for article in articles}
    return {page.path: page for page in Page.objects.filter(path__in=paths)}


def _teaser(
    article: ArticlePage,
    section: Page | None,
    request: HttpRequest | None,
    *,
    comments: int,
    photos: bool,
) -> Teaser:
    return Teaser(
        headline=article.title,
        url=article.get_url(request) or "",
        kicker=article.kicker,
        standfirst=article.standfirst,
        signatures=signatures(article, request, portraits=photos),
        photo=article.hero if photos else None,
        published_at=article.first_published_at,
        updated_at=article.updated_at,
        language=article.language,
        section=section.title if section else "",
        section_url=url_of(section, request) if section else "",
        comments=comments,
    )
