"""Language and clock of the newspaper, for whatever is written to readers."""

import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError
from django.utils import timezone, translation
from wagtail.models import Site

from broadsheet.newsroom.models import Newspaper


@contextmanager
def at_home(newspaper: Newspaper) -> Iterator[None]:
    """Within it, words and times are the newspaper's."""
    with (
        translation.override(newspaper.language),
        timezone.override(zoneinfo.ZoneInfo(newspaper.time_zone)),
    ):
        yield


def the_newspaper() -> Newspaper:
    """That of the default site; one with default settings where there is none yet."""
    site = Site.objects.filter(is_default_site=True).first()
    newspaper: Newspaper = Newspaper.for_site(site) if site else Newspaper()
    return newspaper


def hosts_of_other_papers() -> frozenset[str]:
    """The host names of all newspapers of this installation but the first, whose pages alone are printed.

    None while the database is away: pages are served all the same.
    """
    try:
        sites = list(Site.objects.values_list("hostname", "is_default_site"))
    except DatabaseError:
        return frozenset()
    first = {host.lower() for host, is_first in sites if is_first}
    return frozenset(host.lower() for host, _ in sites) - first
