"""What the views share: who asks, when, on which page, and the answers that all of them give."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from math import ceil

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from wagtail.models import Site

from broadsheet.comments import clients, places
from broadsheet.comments.places import Place

LARGEST_BODY = 200_000  # bytes; the longest comment a site can allow takes less

View = Callable[..., HttpResponse]


def from_our_pages(view: View) -> View:
    """Take forms that were sent from this site only. Readers have no cookie that a CSRF token could be bound to."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not clients.is_from_our_pages(
            request.headers,
            host=request.get_host(),
            address=settings.CONFIGURATION.address,
            copies=settings.CONFIGURATION.static_origins,
        ):
            return refusal(request, _("This form was sent from another site."), status=403)
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
            return refusal(request, _("This is too long."), status=413)
        return view(request, *args, **kwargs)

    return checked


def place_or_404(page_id: int, request: HttpRequest) -> Place:
    """The place below a page of the newspaper at the request's host."""
    place, site = places.find(page_id), Site.find_for_request(request)
    if place is None or (site is not None and place.settings.site_id not in {None, site.pk}):
        raise Http404
    return place


def sender(request: HttpRequest) -> clients.Sender:
    return clients.Sender(
        address=clients.client_address(
            peer=request.META.get("REMOTE_ADDR", ""),
            forwarded_for=request.headers.get("X-Forwarded-For", ""),
            trusted=settings.CONFIGURATION.trusted_proxies,
        ),
        user_agent=request.headers.get("User-Agent", ""),
        referrer=request.headers.get("Referer", ""),
    )


def now() -> datetime:
    return timezone.now()  # noqa: TID251, the edge


def refusal(request: HttpRequest, words: str, *, status: int) -> HttpResponse:
    """A page that says why not."""
    return render(request, "comments/refusal.html", {"words": words}, status=status)


def please_wait(wait: timedelta) -> str:
    """What is said to who writes too often."""
    minutes = ceil(wait.total_seconds() / 60)
    return _("That was a lot at once. Please send it again in %(minutes)d min.") % {
        "minutes": minutes
    }


def see_other(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def private(response: HttpResponse) -> HttpResponse:
    """No search engine, no cache, and no other site gets to know the address of this page."""
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
