"""The service's work that no caller waits for, in threads of the background process."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from django.conf import settings
from django.db import close_old_connections, connection

from . import callbacks, forgetting, loading

logger = logging.getLogger(__name__)

CALL_BACK_EVERY = 5.0  # seconds
FORGET_EVERY = 3600.0  # seconds


def start(
    stopping: threading.Event, is_first: Callable[[], bool], is_open: Callable[[], bool]
) -> Sequence[threading.Thread]:
    """Load the journal while the site `is_open`; call sites back and forget what is due, where this node `is_first`; until `stopping`."""
    threads = (
        threading.Thread(
            target=loading.run, args=(settings.AKISMET_JOURNAL, stopping, is_open), daemon=True
        ),
        threading.Thread(target=_run_errands, args=(stopping, is_first), daemon=True),
    )
    for thread in threads:
        thread.start()
    return threads


def _run_errands(stopping: threading.Event, is_first: Callable[[], bool]) -> None:
    forget_at = 0.0
    while not stopping.wait(CALL_BACK_EVERY):
        if not is_first():
            continue
        now = datetime.now(UTC)
        try:
            close_old_connections()
            callbacks.deliver_due(now)
            if time.monotonic() >= forget_at:
                forgetting.forget_due(now)
                forget_at = time.monotonic() + FORGET_EVERY
        except Exception:
            logger.exception("Calling sites back failed; it is tried again")
            connection.close()
