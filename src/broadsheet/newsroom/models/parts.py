"""Where an article stands among others: in its series, and beside what is about the same."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from wagtail.models import Page

from broadsheet.comments.memory import once
from broadsheet.newsroom.addresses import url_of
from broadsheet.newsroom.papers import tree_of

from .relatives import Relative

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from .articles import ArticlePage

# Each part of a series says how many there are, so all of them are printed when one is added. What is longer than this is
# a column: its articles lead to its page, and are not numbered.
MOST_NUMBERED = 100


@dataclass(frozen=True, slots=True)
class Link:
    """A headline with its address."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """Where an article stands in its series."""

    series: Link
    number: int  # from 1; 0 in a series too long to be numbered, and in a draft
    count: int
    before: Link | None
    after: Link | None


def numbered_parts(series: Page) -> QuerySet[Page]:
    """The public parts of a series, oldest first: of their common rows only, and two more than are numbered at most."""
    of_paper = Page.objects.live().public().filter(path__startswith=tree_of(series))
    below: QuerySet[Page] = of_paper.filter(articlepage__series_id=series.pk)
    return below.order_by("first_published_at", "pk")[: MOST_NUMBERED + 2]


def part_of(article: ArticlePage, request: HttpRequest | None) -> Part | None:
    """Three queries for an article of a public series."""
    series = article.series
    if series is None or not series.live or tree_of(series) != tree_of(article):
        return None
    parts = once(("parts", series.pk), lambda: list(numbered_parts(series)))
    place = next((at for at, part in enumerate(parts) if part.pk == article.pk), None)
    if place is None or len(parts) > MOST_NUMBERED:
        return Part(_link(series, request), 0, 0, None, None)
    return Part(
        series=_link(series, request),
        number=place + 1,
        count=len(parts),
        before=_link(parts[place - 1], request) if place else None,
        after=_link(parts[place + 1], request) if place + 1 < len(parts) else None,
    )


def _link(page: Page, request: HttpRequest | None) -> Link:
    return Link(page.title, url_of(page, request))


def related(article: ArticlePage, request: HttpRequest | None) -> tuple[Link, ...]:
    """What was found to be about the same when the article was published, the nearest first. Three queries."""
    if article.pk is None:
        return ()
    others = once(("related", article.pk), lambda: relatives_of([article.pk])[article.pk])
    return tuple(_link(other, request) for other in others)


def relatives_of(article_ids: Collection[int]) -> dict[int, list[Page]]:
    """The public pages of the same newspaper that each of these articles names as related, the nearest first."""
    named = Relative.objects.filter(article_id__in=article_ids).order_by("place")
    triples = list(named.values_list("article_id", "article__path", "other_id"))
    found: dict[int, list[Page]] = {pk: [] for pk in article_ids}
    if triples:
        public = Page.objects.live().public().in_bulk({other for _, _, other in triples})
        for pk, path, other in triples:
            if other in public and path.startswith(tree_of(public[other])):
                found[pk].append(public[other])
    return found
