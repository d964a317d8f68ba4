"""Addresses that were public and are no more: what the press keeps of them, in the transaction of the withdrawal.

A page that is unpublished may get another address before it returns, and one that is deleted leaves nothing in the tree: so
the address itself is kept, for two years. Search engines and readers' bookmarks have learnt by then. docs/press.md
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain

from django.http import HttpRequest
from wagtail.models import Site

from .models import Withdrawn
from .names import GONE, gone_path
from .orders import order_paths
from .tree import Paper, places_at

KEPT = timedelta(days=2 * 365)


def withdraw(url_path: str) -> None:
    """Say from now on that what stood at this place of Wagtail's tree is gone."""
    longest = Withdrawn._meta.get_field("url_path").max_length or 0
    if len(url_path) > longest:
        return
    Withdrawn.objects.filter(url_path=url_path).delete()  # to count from now
    Withdrawn.objects.create(url_path=url_path)
    _order([url_path])


def take_back(url_path: str) -> None:
    """Something stands there again."""
    if Withdrawn.objects.filter(url_path=url_path).delete()[0]:
        _order([url_path])


def forget(now: datetime) -> None:
    """What was withdrawn long ago is unknown like all that never was."""
    old = Withdrawn.objects.filter(since__lt=now - KEPT)
    url_paths = list(old.values_list("url_path", flat=True))
    if url_paths:
        old.delete()
        _order(url_paths)


def paths(paper: Paper) -> Iterator[str]:
    """Where the pages stand that say so (URL paths)."""
    below = Withdrawn.objects.filter(url_path__startswith=paper.root.url_path)
    for url_path in below.values_list("url_path", flat=True).iterator():
        yield gone_path(paper.path_of(url_path))


def is_gone(request: HttpRequest) -> bool:
    """Was a page withdrawn from the address that is asked for, or is this the page that says so?"""
    site = Site.find_for_request(request)
    if site is None:
        return False
    path = request.path.removesuffix(GONE)
    url_path = f"{site.root_page.url_path}{path.strip('/')}/"
    return Withdrawn.objects.filter(url_path=url_path).exists()


def _order(url_paths: list[str]) -> None:
    for place in chain.from_iterable(map(places_at, url_paths)):
        order_paths([gone_path(place.path)], site_id=place.site_id)
