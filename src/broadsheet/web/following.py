"""Following the links of articles, in a thread of the background process: a slow site keeps nothing else waiting."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import close_old_connections, connection

from broadsheet.learning.changes import Watch
from broadsheet.newsroom import elsewhere
from broadsheet.newsroom.reaching import outcome_of

logger = logging.getLogger(__name__)

LOOK_EVERY = 3.0  # seconds
LOOK_AT_LEAST_EVERY = 15.0  # seconds, though nothing was committed: links are due with time


def start(stopping: threading.Event, is_first: Callable[[], bool]) -> threading.Thread:
    """Follow what is due where this node `is_first`, until `stopping`."""
    thread = threading.Thread(target=_run, args=(stopping, is_first), name="following", daemon=True)
    thread.start()
    return thread


def _run(stopping: threading.Event, is_first: Callable[[], bool]) -> None:
    followed = 0
    watch = Watch(at_least=LOOK_AT_LEAST_EVERY, clock=time.monotonic)
    while not stopping.wait(LOOK_EVERY):
        if not is_first():
            continue
        try:
            close_old_connections()
            if followed or watch.is_worth_a_look():
                followed = elsewhere.follow_due(datetime.now(UTC), follow=outcome_of)
        except Exception:
            logger.exception("Links could not be followed; it is tried again")
            connection.close()
            followed = 0
    connection.close()
