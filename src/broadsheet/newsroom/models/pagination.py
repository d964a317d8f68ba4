"""Lists of articles page by page: numbered from the oldest, so that what is printed once stays as it is."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest

from broadsheet.comments.memory import once

from .articles import ArticlePage
from .lengths import length
from .queries import newest
from .teasers import Read, Teaser, read, teasers, teasers_of, with_what_teasers_show

PER_PAGE = 20  # articles on one page of a list

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list of articles, newest first."""

    teasers: tuple[Teaser, ...]
    number: int | None  # counted from the oldest; None on the page's own address
    older_url: str
    newer_url: str


def listing(
    articles: "QuerySet[ArticlePage]", *, base: str, number: int | None, request: HttpRequest | None
) -> Listing | None:
    """The newest of `articles` (`number` None) or page `number` from the oldest; None where that does not exist.

    Page 1 holds the oldest PER_PAGE articles and never changes again once page 2 exists. What is newest, up to twice
    PER_PAGE less one, is at the list's own address, `base`, so that a full page is in the archive before it leaves the front.
    """
    if number is None:
        found = with_what_teasers_show(newest(articles, PER_PAGE))
        return Listing(teasers(found, request), None, older_url(articles, base), "")
    full_pages = length(base, articles) // PER_PAGE
    if not 1 <= number <= full_pages:
        return None
    page = once(("numbered", base, number), lambda: read_pages(ids_on(articles, [number]))[number])
    newer = _numbered_url(base, number + 1) if number < full_pages else base
    return Listing(teasers_of(page, request), number, _numbered_url(base, number - 1), newer)


def ids_on(articles: "QuerySet[ArticlePage]", numbers: Collection[int]) -> dict[int, list[int]]:
    """Number → the ids on that full page of the list, newest first. One query for what lies between the first and the last."""
    before = (min(numbers) - 1) * PER_PAGE
    ordered = articles.order_by("first_published_at", "pk").values_list("pk", flat=True)
    ids = list(ordered[before : max(numbers) * PER_PAGE])
    return {
        number: ids[number * PER_PAGE - PER_PAGE - before : number * PER_PAGE - before][::-1]
        for number in numbers
    }


def read_pages(pages: Mapping[Key, Sequence[int]]) -> dict[Key, Read]:
    """Articles by their ids, for many pages of lists. As many queries for all of them as for one."""
    shown = {pk for page in pages.values() for pk in page}
    found = read(with_what_teasers_show(ArticlePage.objects.filter(pk__in=shown)))
    by_id = {article.pk: article for article in found.articles}
    return {
        key: replace(found, articles=tuple(by_id[pk] for pk in page if pk in by_id))
        for key, page in pages.items()
    }


def with_first(
    listing: Listing,
    articles: "QuerySet[ArticlePage]",
    wanted: Sequence[int],
    request: HttpRequest | None,
) -> Listing:
    """The listing with those of `articles` first whose ids are `wanted`, in that order."""
    found = list(with_what_teasers_show(articles.filter(pk__in=wanted))) if wanted else []
    found.sort(key=lambda article: wanted.index(article.pk))
    first = teasers(found, request) if found else ()
    urls = {teaser.url for teaser in first}
    rest = tuple(teaser for teaser in listing.teasers if teaser.url not in urls)
    return replace(listing, teasers=(*first, *rest))


def older_url(articles: "QuerySet[ArticlePage]", base: str) -> str:
    """Where what is older than the newest `articles` begins; "" if there are no more."""
    total = length(base, articles)
    return _numbered_url(base, total // PER_PAGE) if total > PER_PAGE else ""


def _numbered_url(base: str, number: int) -> str:
    return f"{base}page/{number}/" if number >= 1 else ""
