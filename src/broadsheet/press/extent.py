"""Everything that there is to print: the paper's whole extent."""

from collections.abc import Iterable, Iterator, Mapping

from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from broadsheet.comments.addresses import sheet_url
from broadsheet.comments.models import Discussion
from broadsheet.newsroom import corrections
from broadsheet.newsroom.models import ArticleTag, queries, versions
from broadsheet.newsroom.models.listing import ListedPage

from . import lists, tree, withdrawing
from .names import UnprintablePath, file_name
from .store import PageStore
from .tree import Paper, Position

_CHUNK = 500  # pages looked at in one go
NOTICES = ("/404.html", "/away.html")  # for other web servers to show
FIXED = (
    *NOTICES,
    "/robots.txt",
    "/.well-known/security.txt",
    "/humans.txt",
    "/llms.txt",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/sitemap-news.xml",
    "/archive/",
    tree.CORRECTIONS,
    *lists.feeds_of(tree.CORRECTIONS),
    "/contribute/",
)


def all_positions(paper: Paper) -> Iterator[list[Position]]:
    """All live, public pages of the tree, in chunks."""
    below = Page.objects.live().descendant_of(paper.root, inclusive=True).order_by("pk")
    last = 0
    while page_ids := list(below.filter(pk__gt=last).values_list("pk", flat=True)[:_CHUNK]):
        yield tree.positions(paper, page_ids)
        last = page_ids[-1]


def all_paths(paper: Paper) -> Iterator[str]:
    """Every URL path that something is printed at; some may turn out to be empty."""
    yield from FIXED
    for positions in all_positions(paper):
        yield from (position.path for position in positions)
        standing = {position.page_id: position.path for position in positions}
        yield from discussion_paths(standing)
        yield from history_paths(standing)
    yield from _list_paths(paper)
    for month in _months(paper):
        yield from lists.all_of(paper, month)
        yield month_sitemap(month)
    with timezone.override(paper.zone):
        corrected = corrections.months(paper.root)
    for first in corrected:
        yield tree.corrections_month(first)
    yield from withdrawing.paths(paper)
    for old_path in Redirect.objects.values_list("old_path", flat=True).iterator():
        yield from redirect_paths(old_path)


def all_that_could_be(paper: Paper, store: PageStore) -> set[str]:
    """Every URL path that something is printed at, or was."""
    return {*all_paths(paper), *store.paths()}


def _months(paper: Paper) -> list[str]:
    """The URL paths of the archives of all months."""
    with timezone.override(paper.zone):
        months = queries.months_of(queries.articles_below(paper.root))
    return [reverse("month", args=[month.year, month.month]) for month in months]


def _list_paths(paper: Paper) -> Iterator[str]:
    """One count for each list: sections, contributors and tags that are in use."""
    listed = Page.objects.live().public().descendant_of(paper.root, inclusive=True).type(ListedPage)
    for url_path in listed.values_list("url_path", flat=True):
        yield from lists.all_of(paper, paper.path_of(url_path))
    for slug in Tag.objects.filter(pk__in=ArticleTag.objects.values("tag")).values_list(
        "slug", flat=True
    ):
        yield from lists.all_of(paper, tree.tag_path(slug))


def discussion_paths(pages: dict[int, str]) -> Iterator[str]:
    """The further sheets of the discussions of these pages (page id → URL path)."""
    found = Discussion.objects.filter(page_id__in=pages, sheets__gt=1)
    for page_id, sheets in found.values_list("page_id", "sheets"):
        yield from sheet_paths(pages[page_id], range(2, sheets + 1))


def history_paths(pages: Mapping[int, str]) -> Iterator[str]:
    """The public histories of those of these pages (page id → URL path) that have one."""
    for page_id in sorted(versions.with_public_changes(pages)):
        yield f"{pages[page_id]}history/"


def sheet_paths(path: str, numbers: Iterable[int]) -> list[str]:
    return [sheet_url(path, number) for number in numbers]


def redirect_paths(old_path: str) -> list[str]:
    """Where a redirect is printed: Wagtail keeps `/old` for `/old/`. None for an address with a query."""
    for path in () if "?" in old_path else (old_path, f"{old_path}/"):
        try:
            file_name(path)
        except UnprintablePath:
            continue
        return [path]
    return []


def month_sitemap(month: str) -> str:
    """The URL path of the sitemap that belongs to a month's archive, `/archive/2026/3/`."""
    return reverse("month-sitemap", args=lists.year_and_month(month))
