"""Following the links of articles, in a thread of the background process: a slow site keeps nothing else waiting."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import close_old_connections, connection

from broadsheet.newsroom import elsewhere
from broadsheet.newsroom.reaching import outcome_of

logger = logging.getLogger(__name__)

LOOK_EVERY = 3.0  # seconds


def start(stopping: threading.Event, is_first: Callable[[], bool]) -> threading.Thread:
    """Follow what is due where this node `is_first`, until `stopping`."""
    thread = threading.Thread(target=_run, args=(stopping, is_first), name="following", daemon=True)
    thread.start()
    return thread


def _run(stopping: threading.Event, is_first: Callable[[], bool]) -> None:
    while not stopping.wait(LOOK_EVERY):
        if not is_first():
            continue
        try:
            close_old_connections()
            elsewhere.follow_due(datetime.now(UTC), follow=outcome_of)
        except Exception:
            logger.exception("Links could not be followed; it is tried again")
            connection.close()
    connection.close()
