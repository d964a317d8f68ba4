"""Which articles there are where, newest first: what lists, feeds and archives are made of."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import Page

from broadsheet.comments.memory import once
from broadsheet.newsroom.papers import tree_of

from .articles import ArticlePage, ArticleTag, Byline

YEARS = range(2, 9999)  # that a clock can show wherever it stands
RECENT = 1_000  # pages of the whole paper among which those of one list are looked for first


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
    if year not in YEARS or month not in range(1, 13):
        raise ValueError(f"there is no month {month} of {year}")
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
