"""The paper's corrections on one page: the newest first, and all of them by month, so that an old page never changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page

from .models import Correction, queries
from .papers import root_of

NEWEST = 30  # on the first page, and in the feeds


@dataclass(frozen=True, slots=True)
class Said:
    """A correction with the article that it corrects."""

    kind: str  # in words
    text: str
    corrected_at: datetime
    headline: str
    url: str  # of the correction on the article's page


def public(root: Page) -> "QuerySet[Correction]":
    """Those of live, public articles below `root`, newest first."""
    articles = queries.articles_below(root).order_by().values("pk")
    found: QuerySet[Correction] = Correction.objects.filter(article__in=articles)
    with_articles = found.select_related("article").prefetch_related("article__corrections")
    return with_articles.order_by("-corrected_at", "-pk")


def newest(request: HttpRequest) -> tuple[Said, ...]:
    return _said(public(root_of(request))[:NEWEST], request)


def _said(corrections: Iterable[Correction], request: HttpRequest) -> tuple[Said, ...]:
    return tuple(
        Said(
            kind=correction.get_kind_display(),
            text=correction.text,
            corrected_at=correction.corrected_at,
            headline=correction.article.title,
            url=f"{correction.article.get_url(request) or '/'}#correction-{_number(correction)}",
        )
        for correction in corrections
    )


def _number(correction: Correction) -> int:
    """Counted from the article's oldest, as its page does."""
    ordered = sorted(correction.article.corrections.all(), key=lambda other: other.order)
    return [other.pk for other in ordered].index(correction.pk) + 1


def months(root: Page) -> list[datetime]:
    """The months below `root` that have corrections, by their first day, newest first."""
    by_month = public(root).order_by().annotate(month=TruncMonth("corrected_at"))
    return sorted(by_month.values_list("month", flat=True).distinct(), reverse=True)


def page(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "newsroom/corrections.html",
        {"corrections": newest(request), "months": months(root_of(request))},
    )


def month_page(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """All corrections of a month in the newspaper's time zone."""
    try:
        start, end = queries.month_bounds(year, month)
    except ValueError as error:  # no such month
        raise Http404 from error
    of_month = public(root_of(request)).filter(corrected_at__gte=start, corrected_at__lt=end)
    found = _said(of_month, request)
    if not found:
        raise Http404
    return render(request, "newsroom/corrections.html", {"corrections": found, "month": start})
