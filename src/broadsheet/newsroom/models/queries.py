"""What the templates show, prepared: bounded numbers of queries, no query in a template."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from taggit.models import Tag
from wagtail.models import Page

from broadsheet.comments.memory import once
from broadsheet.comments.queries import counts
from broadsheet.newsroom.addresses import url_of
from broadsheet.newsroom.made_of import note_pages
from broadsheet.newsroom.papers import tree_of
from broadsheet.newsroom.sizes import ON_LISTS, specs_of

from .articles import ArticlePage, ArticleTag, Byline
from .lengths import length
from .photos import Photo
from .stories import Signature, signatures

Key = TypeVar("Key", bound=Hashable)

PER_PAGE = 20  # articles on one page of a list
RECENT = 1_000  # pages of the whole paper among which those of one list are looked for first


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
class Listing:
    """One page of a list of articles, newest first."""

    teasers: tuple[Teaser, ...]
    number: int | None  # counted from the oldest; None on the page's own address
    older_url: str
    newer_url: str


@dataclass(frozen=True, slots=True)
class Read:
    """Articles, with what their teasers show besides."""

    articles: tuple[ArticlePage, ...]
    sections: Mapping[str, Page]  # by tree path; of others, too
    comments: Mapping[int, int]  # by article id


def articles_below(page: Page) -> "QuerySet[ArticlePage]":
    """Live, public articles below `page` in the tree, newest first."""
    return once(
        ("articles below", page.path),
        lambda: newest_first(ArticlePage.objects.live().public().descendant_of(page)),
    )


def articles_signed_by(contributor: Page) -> "QuerySet[ArticlePage]":
    """Live, public articles of the same newspaper with a byline of `contributor`, newest first."""
    signed = Byline.objects.filter(contributor_id=contributor.pk).values("article_id")
    return once(
        ("articles signed by", contributor.pk),
        lambda: _of_the_paper_of(contributor).filter(pk__in=signed),
    )


def articles_tagged(tag: Tag, *, root: Page) -> "QuerySet[ArticlePage]":
    """Live, public articles below `root` with `tag`, newest first."""
    tagged = ArticleTag.objects.filter(tag=tag).values("content_object_id")
    return articles_below(root).filter(pk__in=tagged)


def articles_in_series(series: Page) -> "QuerySet[ArticlePage]":
    """Live, public parts of `series` in the same newspaper, newest first."""
    return _of_the_paper_of(series).filter(series_id=series.pk)


def _of_the_paper_of(page: Page) -> "QuerySet[ArticlePage]":
    of_paper = ArticlePage.objects.live().public().filter(path__startswith=tree_of(page))
    return newest_first(of_paper)


def articles_of_month(year: int, month: int, *, root: Page) -> "QuerySet[ArticlePage]":
    """Live, public articles of a month below `root`, newest first. Raises ValueError for what is no month."""
    return published_in(articles_below(root), year=year, month=month)


def newest_first(articles: "QuerySet[ArticlePage]") -> "QuerySet[ArticlePage]":
    return articles.order_by("-first_published_at", "-pk")


def first_of_month(year: int, month: int) -> datetime:
    """When a month begins on the newspaper's clock. Raises ValueError for what is no month."""
    return datetime(year, month, 1, tzinfo=timezone.get_current_timezone())


def month_bounds(year: int, month: int) -> tuple[datetime, datetime]:
    """When a month begins, and the one after it. Raises ValueError for what is no month."""
    return first_of_month(year, month), first_of_month(year + month // 12, month % 12 + 1)


def published_in(
    articles: "QuerySet[ArticlePage]", *, year: int, month: int
) -> "QuerySet[ArticlePage]":
    """Those of a month on the newspaper's clock. Raises ValueError for what is no month."""
    start, end = month_bounds(year, month)
    return articles.filter(first_published_at__gte=start, first_published_at__lt=end)


def months_of(articles: "QuerySet[ArticlePage]") -> list[datetime]:
    """The months in which something was published, by their first day, oldest first."""
    published = articles.filter(first_published_at__isnull=False).order_by()
    months = published.annotate(month=TruncMonth("first_published_at")).values_list(
        "month", flat=True
    )
    return sorted(months.distinct())


def newest(articles: "QuerySet[ArticlePage]", number: int) -> "QuerySet[ArticlePage]":
    """The first `number` of `articles`, which are newest first.

    They are looked for among the newest of all first: then a contributor's or tag's whole past need not be sorted.
    """
    dated = Page.objects.filter(first_published_at__isnull=False)
    recent = dated.order_by("-first_published_at", "-pk")[:RECENT].values("pk")
    found = newest_first(_those_of(ArticlePage.objects.filter(pk__in=recent), articles))
    ids = list(found.values_list("pk", flat=True)[:number])
    if len(ids) < number:
        return articles[:number]
    return newest_first(ArticlePage.objects.filter(pk__in=ids))


def number_since(articles: "QuerySet[ArticlePage]", published_at: datetime, pk: int) -> int:
    """How many of `articles` were published when the article `pk` was, or later; with itself."""
    not_before = Q(first_published_at__gte=published_at)
    since = not_before & (Q(first_published_at__gt=published_at) | Q(pk__gte=pk))
    later = Page.objects.filter(not_before).order_by("first_published_at")
    if later[:RECENT].count() < RECENT:
        return _those_of(ArticlePage.objects.filter(since), articles).count()
    return articles.filter(since).count()


def _those_of(
    few: "QuerySet[ArticlePage]", articles: "QuerySet[ArticlePage]"
) -> "QuerySet[ArticlePage]":
    """Those of `few` that are among `articles`.

    Each is asked for by itself. Told both conditions at once, SQLite fetches all that a contributor has ever signed.
    """
    return few.filter(Exists(articles.order_by().filter(pk=OuterRef("pk"))))


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
