"""What every request that reaches Django passes through."""

import time
from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect
from django.utils.translation import gettext
from wagtail.models import Site

from broadsheet import tracing
from broadsheet.comments.memory import Memory, once
from broadsheet.newsroom.locality import at_home
from broadsheet.newsroom.models import Newspaper
from broadsheet.newsroom.papers import at_home_of
from broadsheet.press.encodings import Encoding
from broadsheet.press.folders import store_for
from broadsheet.press.http import host_name
from broadsheet.press.worker import store

from .moving.closed import takes_nothing
from .moving.reading import only_reading
from .seeing import logs

_AWAY = "/away.html"
_READING = {"GET", "HEAD", "OPTIONS"}
_METHODS = _READING | {"POST", "PUT", "PATCH", "DELETE"}
_MEMORY: "Memory[str, Newspaper]" = Memory(1.0)  # seconds

Handler = Callable[[HttpRequest], HttpResponse]


def in_the_papers_language(get_response: Handler) -> Handler:
    """Answer in the newspaper's language and time zone, whatever the browser asks for. The editor has its own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/editor/"):
            return get_response(request)
        if (
            request.method == "POST"
        ):  # its answer is not printed: it may be in last second's language
            newspaper = remembered_newspaper(request)
        else:
            newspaper = _newspaper(request)
        with at_home(newspaper), at_home_of(Site.find_for_request(request)):
            return get_response(request)

    return middleware


def remembered_newspaper(request: HttpRequest) -> Newspaper:
    """The newspaper at the request's host, as it was at most a second ago."""
    return _MEMORY.get(request.get_host(), lambda _: _newspaper(request), clock=time.monotonic())


def _newspaper(request: HttpRequest) -> Newspaper:
    site = Site.find_for_request(request)
    if site is None:
        return Newspaper()
    newspaper: Newspaper = once(("newspaper", site.pk), lambda: Newspaper.for_site(site))
    return newspaper


def nothing_stands_at_unwritable_addresses(get_response: Handler) -> Handler:
    """No page has NUL in its address, and PostgreSQL fails where it is asked for one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            raise Http404
        return get_response(request)

    return middleware


class NothingIsWrittenWhileMoving:
    """Asks writers to try again soon while the site's database is moved. Reading goes on.

    So does whoever reads what would have to be written first, such as a photo in a size that nobody has asked for yet.
    """

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not takes_nothing(settings.CONFIGURATION):
            return self._get_response(request)
        if request.method not in _READING:
            return try_again_soon(request)
        with only_reading():
            return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        refused = isinstance(error, OperationalError) and takes_nothing(settings.CONFIGURATION)
        return try_again_soon(request) if refused else None


def try_again_soon(request: HttpRequest) -> HttpResponse:
    """The printed page that says so: to make one anew might have to write, too."""
    pages = store_for(store(), host_name(request.get_host()))
    record = pages.find(_AWAY)
    page = pages.read(_AWAY, record, Encoding.IDENTITY) if record else None
    response = HttpResponse(page or gettext("Try again soon"), status=503)
    response["Retry-After"] = "60"
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # no error of ours: the log stays quiet
    return response


BESIDES_THE_NEWSPAPER = ("/editor/", "/set-up/", "/documents/", "/1.1/", "/1.2/")


def naming_the_route(get_response: Handler) -> Handler:
    """Tell the log, and a span, which kind of address was asked for: the pattern, never the address with the keys in it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        in_hand = logs.in_hand.get()
        if in_hand is None:  # a page that is printed
            return get_response(request)
        method = request.method if request.method in _METHODS else "_OTHER"
        told = {"http.request.method": method or "_OTHER", "broadsheet.request.id": in_hand.id}
        with tracing.span(method or "_OTHER", told) as span:
            response = get_response(request)
            span.note({"http.response.status_code": response.status_code})
            if response.status_code >= 500:
                span.failed(str(response.status_code))
            if request.resolver_match is not None:
                in_hand.route = f"/{request.resolver_match.route}"
                span.note({"http.route": in_hand.route})
                span.rename(f"{method} {in_hand.route}")
        return response

    return middleware


def without_a_newspaper(get_response: Handler) -> Handler:
    """For `broadsheet spam-service`: the service and the editor are there, the paper's own addresses are not."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == "/":
            return redirect("akismet_office:index")
        if not request.path.startswith(BESIDES_THE_NEWSPAPER):
            return HttpResponseNotFound("There is no newspaper here.", content_type="text/plain")
        return get_response(request)

    return middleware
