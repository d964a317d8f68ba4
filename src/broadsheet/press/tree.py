"""Where pages of the tree stand now: their paths, and the lists that show them. A fixed number of queries for any number."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction, Site

from broadsheet.newsroom import papers
from broadsheet.newsroom.models import (
    ArticlePage,
    ArticleTag,
    Byline,
    ContributorPage,
    Correction,
    Newspaper,
    SectionPage,
    SeriesPage,
)

CORRECTIONS = "/corrections/"
STEP = Page.steplen  # characters of one level in a page's tree path


@dataclass(frozen=True, slots=True)
class Position:
    """Where a live, public page stands."""

    page_id: int
    path: str  # its URL path
    lists: tuple[str, ...] = ()  # URL paths of the lists that an article is on
    month: str = ""  # URL path of the archive of the month of an article
    published_at: datetime | None = None
    face: str = ""  # what other pages show of it: a section's name in menus, a contributor's in bylines, an article's headline


@dataclass(frozen=True, slots=True)
class Paper:
    """The tree's root as readers see it, and the newspaper's clock."""

    root: Page
    zone: ZoneInfo

    def path_of(self, url_path: str) -> str:
        """The URL path of a page by its place in Wagtail's tree."""
        return _path_below(self.root.url_path, url_path)

    def holds(self, url_path: str) -> bool:
        """Is that place in the tree one of this newspaper?"""
        return url_path.startswith(self.root.url_path)


@dataclass(frozen=True, slots=True)
class Place:
    """Where readers find a page."""

    site_id: int  # whose newspaper
    path: str  # its URL path there


_PLACES_OF_PAGE = """
    SELECT site.id, root.url_path, page.url_path FROM wagtailcore_page page, wagtailcore_site site
    JOIN wagtailcore_page root ON root.id = site.root_page_id
    WHERE page.id = %s AND page.path LIKE root.path || '%%'
"""


def places_of_page(page_id: int) -> list[Place]:
    """Where one page stands: one place as a rule, none if it is gone, or in no newspaper.

    In SQL, for every new comment asks: Django takes forty times as long to word it as the database to answer.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PLACES_OF_PAGE, [page_id])
        return [Place(site, _path_below(root, page)) for site, root, page in cursor.fetchall()]


def places_of_pages(page_ids: Collection[int]) -> list[Place]:
    """The same for several pages: two queries."""
    found = Page.objects.filter(pk__in=page_ids).values_list("path", "url_path")
    roots = list(Site.objects.values_list("pk", "root_page__path", "root_page__url_path"))
    return [
        Place(site_id, _path_below(root_url_path, url_path))
        for path, url_path in found
        for site_id, root, root_url_path in roots
        if path.startswith(root)
    ]


def places_at(url_path: str) -> list[Place]:
    """The same for a place in Wagtail's tree, whether or not a page stands there."""
    roots = Site.objects.values_list("pk", "root_page__url_path")
    return [
        Place(pk, _path_below(root, url_path)) for pk, root in roots if url_path.startswith(root)
    ]


def _path_below(root: str, url_path: str) -> str:
    return "/" + url_path.removeprefix(root)


def paper() -> Paper | None:
    """The newspaper in hand, or the first; None before there is one."""
    site = papers.site()
    return Paper(site.root_page, ZoneInfo(Newspaper.for_site(site).time_zone)) if site else None


def positions(paper: Paper, page_ids: Collection[int]) -> list[Position]:
    """The positions of those of the pages that are live and public."""
    below = Page.objects.live().descendant_of(paper.root, inclusive=True).filter(pk__in=page_ids)
    restricted = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    pages = [page for page in below if not page.path.startswith(restricted or ("-",))]
    articles = [page for page in pages if _is(page, ArticlePage)]
    lists = _lists(paper, articles)
    portraits = _portraits([page.pk for page in pages if _is(page, ContributorPage)])
    displays = _displays([page.pk for page in pages if _is(page, SectionPage)])
    faces = _faces_of_articles(articles)
    return [
        Position(
            page_id=page.pk,
            path=paper.path_of(page.url_path),
            lists=tuple(sorted(lists[page.pk])),
            month=_month(paper, page) if _is(page, ArticlePage) else "",
            published_at=page.first_published_at if _is(page, ArticlePage) else None,
            face=faces.get(page.pk) or _face(paper, page, portraits, displays),
        )
        for page in pages
    ]


def _lists(paper: Paper, articles: Iterable[Page]) -> Mapping[int, set[str]]:
    """Page id → the lists above it, those of its month, series, contributors and tags, and those of corrections."""
    lists: defaultdict[int, set[str]] = defaultdict(set)
    above = _url_paths({path for article in articles for path in _ancestors(paper, article)})
    ids = []
    for article in articles:
        ids.append(article.pk)
        month = _month(paper, article)
        lists[article.pk] = {month} if month else set()
        lists[article.pk] |= {
            paper.path_of(above[path]) for path in _ancestors(paper, article) if path in above
        }
    signed = Byline.objects.filter(article_id__in=ids)
    for pk, url_path in signed.values_list("article_id", "contributor__url_path"):
        lists[pk] |= {paper.path_of(url_path)} if paper.holds(url_path) else set()
    tagged = ArticleTag.objects.filter(content_object_id__in=ids)
    for pk, slug in tagged.values_list("content_object_id", "tag__slug"):
        lists[pk].add(tag_path(slug))
    parts = ArticlePage.objects.filter(pk__in=ids, series__isnull=False)
    for pk, url_path in parts.values_list("pk", "series__url_path"):
        lists[pk] |= {paper.path_of(url_path)} if paper.holds(url_path) else set()
    corrected = Correction.objects.filter(article_id__in=ids)
    for pk, time in corrected.values_list("article_id", "corrected_at"):
        lists[pk].update((CORRECTIONS, corrections_month(time.astimezone(paper.zone))))
    return lists


def _ancestors(paper: Paper, page: Page) -> list[str]:
    """Tree paths of what stands above a page, from the front page down."""
    return [page.path[:end] for end in range(len(paper.root.path), len(page.path), STEP)]


def _url_paths(tree_paths: Collection[str]) -> dict[str, str]:
    found: Iterable[tuple[str, str]] = Page.objects.filter(path__in=tree_paths).values_list(
        "path", "url_path"
    )
    return dict(found)


def _month(paper: Paper, article: Page) -> str:
    published = article.first_published_at
    if published is None:
        return ""
    local = published.astimezone(paper.zone)
    return reverse("month", args=[local.year, local.month])


def _portraits(contributor_ids: Collection[int]) -> dict[int, int | None]:
    found = ContributorPage.objects.filter(pk__in=contributor_ids)
    return dict(found.values_list("pk", "portrait_id"))


def _displays(section_ids: Collection[int]) -> dict[int, str]:
    """How sections look on the front page."""
    return dict(SectionPage.objects.filter(pk__in=section_ids).values_list("pk", "display"))


# What the face of a page begins with that stands on some other pages only.
BYLINE, ARTICLE, SERIES = "byline", "article", "series"


def _face(
    paper: Paper, page: Page, portraits: Mapping[int, int | None], displays: Mapping[int, str]
) -> str:
    """Menus stand on every page: sections by their names, other pages where the editor wants it."""
    if page.pk in portraits:
        return f"{BYLINE} {portraits[page.pk]} {page.url_path} {page.title}"
    if _is(page, SeriesPage):
        return f"{SERIES} {page.first_published_at} {page.url_path} {page.title}"
    is_child = page.depth == paper.root.depth + 1
    if _is(page, SectionPage) or (is_child and page.show_in_menus):
        return f"menu {displays.get(page.pk, '')} {page.path} {page.url_path} {page.title}"
    return ""


def _faces_of_articles(articles: Collection[Page]) -> dict[int, str]:
    """What related articles, parts of the same series and translations show of each."""
    fields = ArticlePage.objects.filter(pk__in=[article.pk for article in articles])
    told = {
        pk: f"{original or pk} {language}"
        for pk, original, language in fields.values_list("pk", "translation_of", "language")
    }
    return {
        page.pk: f"{ARTICLE} {told[page.pk]} {page.first_published_at} {page.url_path} {page.title}"
        for page in articles
    }


def original_of(face: str) -> int | None:
    """The id of the article that an article is a translation of, or its own, from its face."""
    found = re.match(rf"{ARTICLE} (\d+) ", face)
    return int(found[1]) if found else None


def corrections_month(local: datetime) -> str:
    return reverse("corrections-month", args=[local.year, local.month])


def tag_path(slug: str) -> str:
    return reverse("tag", args=[slug])


def _is(page: Page, model: type[Page]) -> bool:
    return bool(page.content_type_id == ContentType.objects.get_for_model(model).pk)
