"""Pressing printed pages well, in a thread of the background process that takes what nobody else wants of a core."""

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import close_old_connections, connection

from broadsheet.learning.changes import Watch
from broadsheet.press import worker

from . import allotment

logger = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds
LOOK_AT_LEAST_EVERY = (
    5.0  # seconds, though nothing was committed: a page is pressed once it is quiet
)
NICENESS = 19  # of 19


def start(stopping: threading.Event, is_open: Callable[[], bool]) -> threading.Thread:
    """Press what was printed in haste, while the site `is_open`, until `stopping`."""
    thread = threading.Thread(target=_run, args=(stopping, is_open), name="pressing", daemon=True)
    thread.start()
    return thread


def _run(stopping: threading.Event, is_open: Callable[[], bool]) -> None:
    if sys.platform == "linux":  # elsewhere a priority belongs to the whole process
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
    pressed = 0
    watch = Watch(at_least=LOOK_AT_LEAST_EVERY, clock=time.monotonic)
    while not stopping.wait(LOOK_EVERY):
        if not is_open():
            continue
        try:
            close_old_connections()
            if pressed or watch.is_worth_a_look():
                before, pressed = pressed, worker.press_quiet_pages(now=datetime.now(UTC))
                if before and not pressed:  # the last round is over; a page takes megabytes
                    allotment.give_back()
        except Exception:
            logger.exception("Pages could not be pressed well; it is tried again")
            connection.close()
            pressed = 0
    connection.close()
