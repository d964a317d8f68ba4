"""Language, clock and address of a newspaper, for whatever is written to readers."""

import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone, translation
from wagtail.models import Site

from .models import Newspaper
from .papers import at_home_of


@contextmanager
def at_home(newspaper: Newspaper) -> Iterator[None]:
    """Within it, words and times are the newspaper's."""
    with (
        translation.override(newspaper.language),
        timezone.override(zoneinfo.ZoneInfo(newspaper.time_zone)),
    ):
        yield


@contextmanager
def writing_for(site: Site) -> Iterator[Newspaper]:
    """Within it, words, times and addresses are those of the newspaper of `site`."""
    newspaper: Newspaper = Newspaper.for_site(site)
    with at_home(newspaper), at_home_of(site):
        yield newspaper


def the_newspaper() -> Newspaper:
    """That of the default site; one with default settings where there is none yet."""
    site = Site.objects.filter(is_default_site=True).first()
    newspaper: Newspaper = Newspaper.for_site(site) if site else Newspaper()
    return newspaper
