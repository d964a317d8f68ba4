"""Old addresses that Wagtail's redirects alone don't reach: queries of the front page, and what hung below an article.

`/?p=12` is the path of the front page, which exists, so its redirect has to be looked for first. Addresses such as
`…/ferry/feed/`, `…/ferry/amp/` and `…/ferry/comment-page-2/` are found by the redirect of `…/ferry/`.
"""

import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

Handler = Callable[[HttpRequest], HttpResponse]

_KEYS: Final = ("p", "page_id", "attachment_id", "cat", "category_name", "tag", "m", "feed")
_BELOW: Final = re.compile(
    r"/(?:feed(?:/(?:rss|rss2|rdf|atom))?|amp|embed|trackback|page/\d+|comment-page-\d+|\d{1,3})/?\Z"
)


def old_addresses(get_response: Handler) -> Handler:
    """Lead to where an old address has moved, in one step."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path in {"/", "/index.php"} and request.GET:
            for key in _KEYS:
                if value := request.GET.get(key):
                    found = _moved_to(request, f"/?{key}={value[:100]}")
                    if found:
                        return HttpResponsePermanentRedirect(found)
        response = get_response(request)
        if response.status_code == 404:
            shortened = _BELOW.sub("", request.path)
            found = _moved_to(request, shortened) if shortened not in {request.path, ""} else ""
            if found:
                return HttpResponsePermanentRedirect(found)
        return response

    return middleware


def _moved_to(request: HttpRequest, address: str) -> str:
    redirect = get_redirect(request, Redirect.normalise_path(address, decode_unicode=False))
    return (redirect.link or "") if redirect else ""
