"""What every request that reaches Django passes through."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from wagtail.models import Site

from broadsheet.newsroom.models import Newspaper

Handler = Callable[[HttpRequest], HttpResponse]


def in_the_papers_language(get_response: Handler) -> Handler:
    """Answer in the newspaper's language and time zone, whatever the browser asks for. The editor has its own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/editor/"):
            return get_response(request)
        site = Site.find_for_request(request)
        newspaper = Newspaper.for_site(site) if site else Newspaper()
        with (
            translation.override(newspaper.language),
            timezone.override(zoneinfo.ZoneInfo(newspaper.time_zone)),
        ):
            return get_response(request)

    return middleware
