"""A reader who has commented, and an editor who has published, see it on the next page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from . import withdrawing
from .at_once import print_at_once
from .orders import noted

Handler = Callable[[HttpRequest], HttpResponse]

_SAFE = {"GET", "HEAD", "OPTIONS"}
_WITHIN = 0.1  # seconds that a reader or editor waits for printing, at most


def saying_what_is_gone(get_response: Handler) -> Handler:
    """Answer 410 instead of 404 where a page was public, and no redirect leads on. Outside of what answers old addresses."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_missing = response.status_code == 404 and request.method in _SAFE
        if is_missing and withdrawing.is_gone(request):
            return render(request, "410.html", status=410)
        return response

    return middleware


def print_before_answering(get_response: Handler) -> Handler:
    """Print what a POST has ordered, before its answer sends the browser there. The outermost middleware."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method in _SAFE:
            return get_response(request)
        with noted() as ordered:
            response = get_response(request)
            print_at_once(ordered, seconds=_WITHIN, now=timezone.now())  # noqa: TID251, the edge
        return response

    return middleware
