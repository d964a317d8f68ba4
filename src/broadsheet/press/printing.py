"""Path → what belongs there now: exactly what Django answers to a reader without cookies, or nothing."""

import io
import logging
import sys
from collections.abc import Callable, Collection
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve
from django.utils.html import escape
from django.utils.module_loading import import_string
from wagtail.models import Page as TreePage
from wagtail.models import Site

from broadsheet.comments.memory import once
from broadsheet.newsroom import made_of, papers, together
from broadsheet.newsroom.together import Facts

from . import lists, moved, tree
from .names import GONE
from .records import Page

logger = logging.getLogger(__name__)

_MOVED = {301, 308}
_NOT_KEPT = ("no-store", "private")
_THAT_MAKE_THE_PAGE = {  # the middleware that a page is different without
    "broadsheet.web.middleware.in_the_papers_language",
    "broadsheet.web.middleware.NothingIsWrittenWhileMoving",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
}

Serve = Callable[[HttpRequest], TemplateResponse]
Answer = Callable[[HttpRequest], HttpResponseBase]


class PrintingFailed(RuntimeError):
    """Django could not make a page; its log says why."""

    def __init__(self, path: str, status: int) -> None:
        super().__init__(f"{path} could not be printed: Django answered {status}")
        self.path = path
        self.is_away = status == 503  # not the page, but what it needs fails: it will be back


def page_for(path: str) -> Page | None:
    """What is to be printed at `path`; None if nothing is: not found, not public, made anew for each reader.

    Raises PrintingFailed when Django fails: the page that is printed stays, and so does the order.
    """
    request = _request(path)
    if url := moved.location(request):
        return _redirect(301, url)
    response = _answer(request, path)
    if response.status_code in _MOVED:
        return _redirect(response.status_code, response.headers["Location"])
    is_gone = response.status_code == 410 and path.endswith(f"/{GONE}")
    if not (response.status_code == 200 or is_gone) or not isinstance(response, HttpResponse):
        return None
    caching = response.headers.get("Cache-Control", "")
    if response.cookies or any(word in caching for word in _NOT_KEPT):
        logger.warning("%s is not printed: the answer is for one reader only", path)
        return None
    return Page(
        response.content,
        content_type=response.headers["Content-Type"],
        status=response.status_code,
        keys=_keys(request, response) if settings.CONFIGURATION.cdn.keys else "",
    )


def _keys(request: WSGIRequest, response: HttpResponse) -> str:
    context = getattr(response, "context_data", None) or {}
    page = context.get("page")
    return made_of.keys(request, page if isinstance(page, TreePage) else None)


def facts(paths: Collection[str]) -> Facts:
    """What the pages at these URL paths show, as far as it can be read for many at once: for `asking_once`."""
    site: Site | None = _request("/")._wagtail_site  # type: ignore[attr-defined]
    paper = tree.paper()
    if site is None or paper is None:
        return {}
    shown = []
    for base, numbers in lists.numbers_in(paths).items():
        page, articles = lists.list_at(paper, base)
        if articles is not None:
            shown.append(together.Shown(base, page, articles, numbers))
    return together.facts(site, paths) | together.facts_of_lists(shown)


def _request(path: str) -> WSGIRequest:
    request = WSGIRequest(_environ(path))
    # where Wagtail keeps what it has found
    request._wagtail_site = once("site", lambda: Site.find_for_request(request))  # type: ignore[attr-defined]
    request._wagtail_cached_site_root_paths = once("roots", Site.get_site_root_paths)  # type: ignore[attr-defined]
    return request


def _redirect(status: int, location: str) -> Page:
    """A redirect as a file too, for servers that know only files."""
    url = escape(location)
    body = (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{url}</title>'
        f'<meta http-equiv="refresh" content="0; url={url}"><link rel="canonical" href="{url}"></head>'
        f'<body><p><a href="{url}">{url}</a></p></body></html>'
    )
    return Page(body.encode(), status=status, location=location)


def _answer(request: WSGIRequest, path: str) -> HttpResponseBase:
    response = _served(request) or _handler().get_response(request)
    if response.status_code >= 500:
        raise PrintingFailed(path, response.status_code)
    return response


def _environ(path: str) -> dict[str, Any]:
    """A reader's request without cookies or preferences, at the public address of the newspaper in hand."""
    address = urlsplit(papers.address())
    port = address.port or (443 if address.scheme == "https" else 80)
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": "",
        "SERVER_NAME": address.hostname or "localhost",
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": address.netloc or "localhost",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": address.scheme or "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }


def _served(request: WSGIRequest) -> HttpResponseBase | None:
    """A page that was read in advance, as Django answers it; None if it was not, or is not simply served."""
    if once(("served", request.path_info), _unknown) is None:
        return None
    try:
        request.resolver_match = resolve(request.path_info)
    except Resolver404:
        return None
    if request.resolver_match.url_name != "wagtail_serve":
        return None
    response = _short_handler()(request)
    return response if response.status_code == 200 else None


def _unknown() -> Serve | None:
    """For pages that were not read in advance."""
    return None


def _serve(request: HttpRequest) -> HttpResponseBase:
    serve = once(("served", request.path_info), _unknown)
    if serve is None:
        raise Http404
    return serve(request).render()


@cache
def _short_handler() -> Answer:
    """Without the middleware that guards, counts and announces what readers ask: here nobody does, and a page stays the same."""
    answer: Any = convert_exception_to_response(_serve)  # Django's types allow for coroutines
    for name in reversed(settings.MIDDLEWARE):
        if name in _THAT_MAKE_THE_PAGE:
            answer = convert_exception_to_response(import_string(name)(answer))
    handler: Answer = answer
    return handler


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler
