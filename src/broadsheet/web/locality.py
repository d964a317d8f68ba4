"""Language and clock of the newspaper, for whatever is written to readers."""

import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager

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
