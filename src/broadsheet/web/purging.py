"""Telling caches of new pages, in a thread of the background process: a slow cache keeps nothing else waiting."""

import logging
import threading
from collections.abc import Callable, Sequence

from django.db import DatabaseError, close_old_connections, connection
from wagtail.contrib.frontend_cache.backends.base import BaseBackend
from wagtail.contrib.frontend_cache.utils import get_backends

from broadsheet.press import purging, worker
from broadsheet.press.models import Node, PrintOrder, Subject
from broadsheet.press.purging import NotPurged

logger = logging.getLogger(__name__)

LOOK_EVERY = 0.3  # seconds
LONGEST_WAIT = 300.0  # seconds between attempts
DOUBLINGS = 9  # of a wait that begins with a second, until it is longer than that


def start(stopping: threading.Event, is_open: Callable[[], bool]) -> threading.Thread:
    """Tell the caches that the settings name, while the site `is_open`, until `stopping`. Does nothing without any."""
    caches = tuple(get_backends().values())
    arguments = (caches, stopping, is_open)
    thread = threading.Thread(target=_run, args=arguments, name="purging", daemon=True)
    if caches:
        thread.start()
    return thread


def _run(
    caches: Sequence[BaseBackend], stopping: threading.Event, is_open: Callable[[], bool]
) -> None:
    failures = 0
    while not stopping.wait(wait_after(failures)):
        if not is_open():
            continue
        try:
            close_old_connections()
            failures = told(caches, failures)
        except DatabaseError:
            logger.exception("Orders for caches could not be read; it is tried again")
            connection.close()
            failures += 1
    connection.close()


def wait_after(failures: int) -> float:
    """Seconds until the next attempt, after so many in a row that failed: for days, if need be."""
    return min(LONGEST_WAIT, 2.0 ** min(failures, DOUBLINGS)) if failures else LOOK_EVERY


def told(caches: Sequence[BaseBackend], failures: int) -> int:
    """Tell the caches what waits. Returns how often that has failed in a row, after `failures` times."""
    here = Node.objects.filter(machine=worker.store().name()).select_related("site")
    if not here:
        return failures
    waiting = PrintOrder.objects.filter(node__in=here, subject=Subject.PURGE).values("node")
    for node in here.filter(pk__in=waiting):
        try:
            while purging.purge_due(node, caches):
                pass
        except NotPurged as error:
            if not failures:
                logger.error(
                    "A cache keeps old pages; it is told again until it answers: %s", error
                )
            purging.forget_repeated(node)
            return failures + 1
    if failures:
        logger.info("The caches are told of all new pages again.")
    return 0
