"""The newspapers of this installation as the press sees them: which there are, and which one is in hand.

Each is a site of Wagtail's. The first one's pages are printed into the site's folder `pages/`, those of each further one
into a folder of their own beside it, `papers/<host name>/`.
"""

import re

from django.conf import settings
from wagtail.models import Site

from broadsheet.newsroom.papers import UnknownPaper, at_host, by_host, in_hand, site, site_in_hand

__all__ = [
    "UnknownPaper",
    "address",
    "address_of",
    "at_host",
    "by_host",
    "folder_name",
    "in_hand",
    "site",
]

_FOLDER = re.compile(r"[a-z0-9][a-z0-9.-]{0,199}")


def address() -> str:
    """Where readers find the newspaper in hand: "https://paper.example"."""
    return address_of(site_in_hand())


def address_of(site: Site | None) -> str:
    """Where readers find the newspaper of a site. The first one's is what the operator says."""
    if site is None or site.is_default_site:
        return settings.PUBLIC_ADDRESS
    return str(site.root_url)


def folder_name(host: str, site: Site) -> str:
    """What the folder of a further newspaper is called: as its host, if that can be a folder's name."""
    return host if _FOLDER.fullmatch(host) else f"site-{site.pk}"
