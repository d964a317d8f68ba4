"""Sending the newsletter, in a thread of the background process: a slow mail server keeps nothing else waiting."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import close_old_connections, connection

from broadsheet.newsletter import dispatch

from .locality import at_home, the_newspaper

logger = logging.getLogger(__name__)

LOOK_EVERY = 2.0  # seconds


def start(stopping: threading.Event, is_first: Callable[[], bool]) -> threading.Thread:
    """Send what is due where this node `is_first`, until `stopping`; the letter that is with the mail server then is the last."""
    thread = threading.Thread(target=_run, args=(stopping, is_first), name="mailing", daemon=True)
    thread.start()
    return thread


def _run(stopping: threading.Event, is_first: Callable[[], bool]) -> None:
    sent = 0
    while not stopping.wait(0 if sent else LOOK_EVERY):
        if not is_first():
            sent = 0
            continue
        try:
            close_old_connections()
            with at_home(the_newspaper()):
                sent = dispatch.send_waiting(datetime.now(UTC), is_stopping=stopping.is_set)
        except Exception:
            logger.exception("The newsletter could not be sent; it is tried again")
            connection.close()
            sent = 0
    connection.close()
