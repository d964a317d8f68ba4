"""The calendar of what is going to be published, and of embargoes, a month at a time. For editors."""

import calendar
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from .models import ArticlePage
from .models.queries import month_bounds

MOST = 500  # pieces of one month


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that happens at a time."""

    title: str
    at: datetime
    url: str  # where it is edited
    is_embargo: bool  # its embargo ends; else it is published


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    is_in_month: bool
    pieces: tuple[Piece, ...]


def month(request: HttpRequest, year: int | None = None, month: int | None = None) -> HttpResponse:
    """One month on the newspaper's clock, in weeks; without a date this one."""
    today = timezone.localdate()
    year, month = year or today.year, month or today.month
    try:
        start, end = month_bounds(year, month)
    except ValueError as error:  # no such month
        raise Http404 from error
    by_day: defaultdict[date, list[Piece]] = defaultdict(list)
    for piece in sorted(_pieces(request, start, end), key=lambda piece: piece.at):
        by_day[timezone.localdate(piece.at)].append(piece)
    weeks = [
        [Day(day, day.month == month, tuple(by_day[day])) for day in week]
        for week in calendar.Calendar().monthdatescalendar(year, month)
    ]
    context = {
        "weeks": weeks,
        "month": date(year, month, 1),
        "before": date(year - (month == 1), (month - 2) % 12 + 1, 1),
        "after": date(year + (month == 12), month % 12 + 1, 1),
    }
    return render(request, "newsroom/editor/calendar.html", context)


def _pieces(request: HttpRequest, start: datetime, end: datetime) -> Iterator[Piece]:
    """Those that who asks may edit."""
    waiting = Revision.page_revisions.filter(
        approved_go_live_at__gte=start, approved_go_live_at__lt=end
    )
    coming = list(waiting.order_by("approved_go_live_at")[:MOST])
    held = ArticlePage.objects.filter(embargo_until__gte=start, embargo_until__lt=end, live=False)
    pages = Page.objects.in_bulk([int(revision.object_id) for revision in coming])
    for revision in coming:
        page = pages.get(int(revision.object_id))
        if page is not None and page.permissions_for_user(request.user).can_edit():
            yield _piece(page, revision.object_str, revision.approved_go_live_at)
    for article in held.order_by("embargo_until")[:MOST]:
        until = article.embargo_until
        if until and article.permissions_for_user(request.user).can_edit():
            yield _piece(article, article.draft_title, until, is_embargo=True)


def _piece(page: Page, title: str, at: datetime, *, is_embargo: bool = False) -> Piece:
    return Piece(title, at, reverse("wagtailadmin_pages:edit", args=[page.pk]), is_embargo)
