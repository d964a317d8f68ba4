"""Several newspapers in one installation: each is a site of Wagtail's, and what a request asks for is below its front page.

Whoever prints, imports or exports does so for one newspaper: the one in hand. Without one it is the first.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail.models import Page, Site

from broadsheet.comments.addresses import base_of

from .addresses import at_address

_in_hand: ContextVar[Site | None] = ContextVar("paper in hand", default=None)


def root_of(request: HttpRequest) -> Page:
    """The front page of the newspaper at the request's host. Raises Http404 where there is none."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site.root_page


def further() -> list[int]:
    """The ids of the sites of all newspapers but the first."""
    return list(Site.objects.filter(is_default_site=False).values_list("pk", flat=True))


def tree_of(page: Page) -> str:
    """The tree path of the newspaper that a page is of: front pages stand side by side at the top."""
    path: str = page.path
    return path[: 2 * Page.steplen]


def at_home_of(site: Site | None) -> AbstractContextManager[None]:
    """Within it, absolute addresses are those of the newspaper of `site`."""
    return at_address(base_of(site))


@contextmanager
def in_hand(site: Site | None) -> Iterator[None]:
    """Within, what is looked for and printed is the newspaper of `site`; None: the installation's first."""
    token = _in_hand.set(site)
    try:
        yield
    finally:
        _in_hand.reset(token)


def site() -> Site | None:
    """The site of the newspaper in hand, or of the first; None before there is one."""
    return _in_hand.get() or _sites().filter(is_default_site=True).first()


def address() -> str:
    """Where readers find the newspaper in hand: "https://paper.example"."""
    return base_of(_in_hand.get())


def paper() -> Site:
    """The same where there must be one. Raises Site.DoesNotExist before the first is laid."""
    return _in_hand.get() or _sites().get(is_default_site=True)


def by_host() -> tuple[Site | None, Mapping[str, Site]]:
    """The first newspaper's site, and those of the further ones by host name. One query.

    Host names tell newspapers apart, not ports: of several sites with one name the oldest has it.
    """
    first: Site | None = None
    further: dict[str, Site] = {}
    for found in _sites().order_by("-is_default_site", "pk"):
        if found.is_default_site:
            first = found
        elif first is None or found.hostname.lower() != first.hostname.lower():
            further.setdefault(found.hostname.lower(), found)
    return first, further


class UnknownPaper(ValueError):
    """No newspaper of this installation has that host name."""

    def __init__(self, host: str, known: Collection[str]) -> None:
        super().__init__(f"No newspaper is at {host}; there are {', '.join(sorted(known))}.")
        self.host = host


def at_host(host: str) -> Site | None:
    """The site of the newspaper with that host name; "" for the first. Raises UnknownPaper."""
    first, further = by_host()
    if host in {"", urlsplit(settings.PUBLIC_ADDRESS).hostname, first and first.hostname}:
        return first
    if host.lower() not in further:
        raise UnknownPaper(host, {urlsplit(settings.PUBLIC_ADDRESS).hostname or "", *further})
    return further[host.lower()]


def _sites() -> "QuerySet[Site]":
    found: QuerySet[Site] = Site.objects.select_related("root_page")
    return found
