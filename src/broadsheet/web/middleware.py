"""What every request that reaches Django passes through."""

import time
import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from wagtail.models import Site

from broadsheet.comments.memory import Memory
from broadsheet.newsroom.models import Newspaper

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
            newspaper = _MEMORY.get(
                request.get_host(), lambda _: _newspaper(request), clock=time.monotonic()
            )
        else:
            newspaper = _newspaper(request)
        with (
            translation.override(newspaper.language),
            timezone.override(zoneinfo.ZoneInfo(newspaper.time_zone)),
        ):
            return get_response(request)

    return middleware


def _newspaper(request: HttpRequest) -> Newspaper:
    site = Site.find_for_request(request)
    newspaper: Newspaper = Newspaper.for_site(site) if site else Newspaper()
    return newspaper
