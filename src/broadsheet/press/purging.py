"""Caches in front are told of each page that was printed anew, or removed: of exactly these, once the folder holds them.

Who prints a page orders that in the database; a thread of the background process works it off, for as long as it takes.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import urlopen

from django.db.models import Max
from wagtail.contrib.frontend_cache.backends.base import BaseBackend
from wagtail.contrib.frontend_cache.backends.http import HTTPBackend, PurgeRequest

from broadsheet.comments.addresses import base_of

from .models import Node, PrintOrder, Subject

PATIENCE = 10.0  # seconds that a cache has for an answer
_AT_ONCE = 300  # paths


class NotPurged(RuntimeError):
    """A cache could not be told; the message is one line that says why."""


class Varnish(HTTPBackend):
    """Wagtail's, which takes PURGE; but it waits only so long, and says when that failed."""

    def purge(self, url: str) -> None:
        parts = urlsplit(url)
        place = (self.cache_scheme, self.cache_netloc, parts.path, parts.query, "")
        request = PurgeRequest(url=urlunsplit(place), headers={"Host": parts.netloc})
        try:
            urlopen(request, timeout=PATIENCE).close()  # noqa: S310, a scheme that the settings allow
        except HTTPError as error:
            error.close()
            raise


def purge_due(node: Node, back_ends: Iterable[BaseBackend]) -> int:
    """Tell all of `back_ends` of some pages that are ordered to be; returns how many orders are done with.

    Raises NotPurged: then the orders stay.
    """
    waiting = PrintOrder.objects.filter(node=node, subject=Subject.PURGE).order_by("id")
    rows = list(waiting.values_list("pk", "path")[:_AT_ONCE])
    if rows:
        address = base_of(node.site)
        urls = [f"{address}{quote(path)}" for path in dict.fromkeys(path for _, path in rows)]
        for back_end in back_ends:
            _purge(back_end, urls)
        PrintOrder.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
    return len(rows)


def forget_repeated(node: Node) -> None:
    """One order for each page is enough, however long a cache can't be told."""
    waiting = PrintOrder.objects.filter(node=node, subject=Subject.PURGE)
    last = waiting.order_by().values("path").annotate(last=Max("pk")).values("last")
    waiting.exclude(pk__in=last).delete()


def _purge(back_end: BaseBackend, urls: Sequence[str]) -> None:
    with _heard() as said:
        try:
            back_end.purge_batch(list(urls))
        except Exception as error:  # whatever the service's own library raises
            raise NotPurged(f"{type(back_end).__name__}: {error}") from error
    if said:
        raise NotPurged(said[0])


@contextmanager
def _heard() -> Iterator[list[str]]:
    """Wagtail's back ends log their failures, a line for each page, instead of raising them: keep that from the log."""
    said: list[str] = []

    def keep(record: logging.LogRecord) -> bool:
        if record.levelno >= logging.ERROR:
            said.append(record.getMessage())
        return False

    places = (logging.getLogger("wagtail.frontendcache"), logging.getLogger())
    for logger in places:
        logger.addFilter(keep)
    try:
        yield said
    finally:
        for logger in places:
            logger.removeFilter(keep)
