"""The newspapers of this installation as the press sees them: which there are, and which one is in hand.

Each is a site of Wagtail's. The first one's pages are printed into the site's folder `pages/`, those of each further one
into a folder of their own beside it, `papers/<host name>/`.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from wagtail.models import Site

_FOLDER = re.compile(r"[a-z0-9][a-z0-9.-]{0,199}")

_in_hand: ContextVar[Site | None] = ContextVar("paper in hand", default=None)


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
    return address_of(_in_hand.get())


def address_of(site: Site | None) -> str:
    """Where readers find the newspaper of a site. The first one's is what the operator says."""
    if site is None or site.is_default_site:
        return settings.PUBLIC_ADDRESS
    return str(site.root_url)


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


def folder_name(host: str, site: Site) -> str:
    """What the folder of a further newspaper is called: as its host, if that can be a folder's name."""
    return host if _FOLDER.fullmatch(host) else f"site-{site.pk}"


def _sites() -> "QuerySet[Site]":
    found: QuerySet[Site] = Site.objects.select_related("root_page")
    return found
