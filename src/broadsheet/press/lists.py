"""Lists of articles as the press sees them: which of their numbered pages a change touches."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import Page

from broadsheet.newsroom.models import ArticlePage
from broadsheet.newsroom.models.listing import ListedPage
from broadsheet.newsroom.models.pagination import PER_PAGE
from broadsheet.newsroom.models.queries import (
    articles_of_month,
    articles_tagged,
    number_since,
)

from .lengths import Lengths
from .names import UnprintablePath
from .store import PageStore
from .tree import CORRECTIONS, Paper, tag_path

FEEDS = ("feed.xml", "atom.xml", "feed.json")
ARCHIVE = reverse("archive")
_NUMBERED = re.compile(r"(?P<base>.*/)page/(?P<number>[1-9]\d{0,8})/")
_TAGS = tag_path("x").removesuffix("x/")


@dataclass(frozen=True, slots=True)
class Slot:
    """An article's place in the order of every list."""

    published_at: datetime
    page_id: int


def articles_of(paper: Paper, base: str) -> "QuerySet[ArticlePage] | None":
    """What is listed at the URL path `base`, newest first; None if no list is there."""
    return list_at(paper, base)[1]


def list_at(paper: Paper, base: str) -> "tuple[ListedPage | None, QuerySet[ArticlePage] | None]":
    """The page of the tree that is the list at the URL path `base`, if it is one, and what is listed."""
    if base.startswith(_TAGS):
        tag = Tag.objects.filter(slug=base.removeprefix(_TAGS).rstrip("/")).first()
        return None, articles_tagged(tag, root=paper.root) if tag else None
    if is_month(base):
        year, month = year_and_month(base)
        with timezone.override(paper.zone):
            return None, articles_of_month(year, month, root=paper.root)
    url_path = paper.root.url_path + base[1:]
    page = Page.objects.live().public().filter(url_path=url_path).specific().first()
    return (page, page.articles()) if isinstance(page, ListedPage) else (None, None)


def is_month(base: str) -> bool:
    return base.startswith(ARCHIVE) and base != ARCHIVE


def year_and_month(base: str) -> tuple[int, int]:
    """2026, 3 for `/archive/2026/3/`."""
    year, month = base.rstrip("/").split("/")[-2:]
    return int(year), int(month)


def feeds_of(base: str) -> list[str]:
    is_month_of_corrections = base.startswith(CORRECTIONS) and base != CORRECTIONS
    has_none = base.startswith(ARCHIVE) or is_month_of_corrections
    return [] if has_none else [base + feed for feed in FEEDS]


def touched(
    paper: Paper,
    store: PageStore,
    base: str,
    *,
    lengths: Lengths,
    moved: Collection[Slot],
    edited: Collection[Slot],
) -> Iterator[str]:
    """The URL paths of a list that change when articles came, went (`moved`) or look different (`edited`).

    The newest articles, at `base` itself, and the feeds always do. Of the numbered pages, counted from the oldest, one
    that came or went shifts all from its own on; that is none for the newest article, unless it fills a page.
    """
    yield base
    yield from feeds_of(base)
    articles = articles_of(paper, base)
    pages = lengths.articles[base] // PER_PAGE if articles is not None else 0
    yield from _at_the_end(store, base, pages)
    if articles is None or not pages:
        return

    def number_of(slot: Slot) -> int:
        return _older(articles, base, lengths, slot) // PER_PAGE + 1

    first_moved = min(map(number_of, moved), default=pages + 1)
    numbers = set(map(number_of, edited))
    for number in numbers.union(range(first_moved, pages + 1)):
        if number <= pages:
            yield numbered(base, number)


def _at_the_end(store: PageStore, base: str, pages: int) -> Iterator[str]:
    """Full pages that are not printed yet, printed ones that are full no more, and the last one that stays.

    The last one's link to what is newer leads to `base`, or to the page that has come after it.
    """
    last = pages
    while last > 0 and not is_printed(store, base, last):
        yield numbered(base, last)
        last -= 1
    surplus = pages + 1
    while is_printed(store, base, surplus):
        yield numbered(base, surplus)
        surplus += 1
    if last > 0 and (last < pages or surplus > pages + 1):
        yield numbered(base, last)


def all_of(paper: Paper, base: str) -> Iterator[str]:
    """Every URL path of the list at `base`; nothing if no list is there."""
    articles = articles_of(paper, base)
    if articles is not None:
        yield base
        yield from feeds_of(base)
        for number in range(1, articles.count() // PER_PAGE + 1):
            yield numbered(base, number)


def _older(articles: "QuerySet[ArticlePage]", base: str, lengths: Lengths, slot: Slot) -> int:
    """How many articles are older than `slot`. What is newer is counted, for there is less of it as a rule."""
    found = lengths.articles[base] - number_since(articles, slot.published_at, slot.page_id)
    if lengths.are_current():  # asked last: what has come between would make it wrong
        return found
    at = Q(first_published_at=slot.published_at, pk__lt=slot.page_id)
    return articles.filter(Q(first_published_at__lt=slot.published_at) | at).count()


def numbered(base: str, number: int) -> str:
    return f"{base}page/{number}/"


def numbers_in(paths: Collection[str]) -> dict[str, list[int]]:
    """URL paths of lists → those of their numbered pages that are among `paths`."""
    found: dict[str, list[int]] = {}
    for path in paths:
        if numbered_page := _NUMBERED.fullmatch(path):
            found.setdefault(numbered_page["base"], []).append(int(numbered_page["number"]))
    return found


def by_time(paths: Collection[str]) -> list[str]:
    """Numbered pages of lists, those that show articles of the same time beside each other, whatever their list.

    As far as lists grow evenly: it is only to make what is on several of them once.
    """
    numbers = numbers_in(paths)
    months = sorted(filter(is_month, numbers), key=year_and_month)

    def place(base: str, number: int) -> float:
        """From 0 to 1."""
        within = number / max(numbers[base])
        return (months.index(base) + within) / len(months) if is_month(base) else within

    placed = [(place(base, one), numbered(base, one)) for base in numbers for one in numbers[base]]
    return [path for _, path in sorted(placed)]


def is_printed(store: PageStore, base: str, number: int) -> bool:
    try:
        return store.find(numbered(base, number)) is not None
    except UnprintablePath:
        return False
