"""Absolute addresses: from what the operator or owner set, never from a request's Host header."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page, Site

from broadsheet.comments.memory import once

_address: ContextVar[str] = ContextVar("address", default="")


def absolute(path: str) -> str:
    """`path` ("/news/") at the newspaper's public address; an address that is absolute already stays."""
    return path if "://" in path else f"{_address.get() or settings.PUBLIC_ADDRESS}{path}"


def url_of(page: Page, request: HttpRequest | None) -> str:
    """Where `page` is found, from the paper that is asked; "" for a page of no paper. Pages name each other over and over."""
    site = Site.find_for_request(request) if request is not None else None
    key = ("url", page.pk, page.url_path, site and site.pk)
    return once(key, lambda: page.get_url(request) or "")


@contextmanager
def at_address(address: str) -> Iterator[None]:
    """Within it, the newspaper's public address is another one ("https://other.example"); "" for the installation's first."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)
