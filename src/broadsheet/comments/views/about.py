"""Other ways to read comments, and how they are processed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Site

from broadsheet.comments import feeds, processing, threads

from .requests import now, place_or_404

NEWEST = 50  # on a page
MOST_DIGITS, MOST_PAGES = 5, 10_000
RSS = "application/rss+xml; charset=utf-8"

briefly = cache_control(public=True, max_age=60)


@require_safe
@briefly
def newest(request: HttpRequest, page_id: int) -> HttpResponse:
    """The newest comments of an article first; `?page=2` has those before."""
    place, page = place_or_404(page_id, request), _page(request.GET.get("page", "1"))
    found = threads.newest(place, page=page, per_page=NEWEST, now=now())
    context = {
        "place": place,
        "entries": found.entries,
        "earlier": page + 1 if found.are_there_earlier else None,
        "later": page - 1 if page > 1 else None,
    }
    return render(request, "comments/newest.html", context)


@require_safe
@briefly
def article_feed(request: HttpRequest, page_id: int) -> HttpResponse:
    """The newest comments of an article as RSS."""
    return HttpResponse(
        feeds.of_article(place_or_404(page_id, request), _site(request)), content_type=RSS
    )


@require_safe
@briefly
def paper_feed(request: HttpRequest) -> HttpResponse:
    """The newest comments of the paper as RSS."""
    return HttpResponse(feeds.of_paper(_site(request)), content_type=RSS)


@require_safe
@briefly
def how(request: HttpRequest) -> HttpResponse:
    """How a comment is processed, as the settings are now."""
    return render(request, "comments/how.html", {"facts": processing.facts(_site(request))})


def _page(number: str) -> int:
    if not (number.isascii() and number.isdigit() and 0 < int(number[:MOST_DIGITS]) < MOST_PAGES):
        raise Http404
    return int(number[:MOST_DIGITS])


def _site(request: HttpRequest) -> Site:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site
