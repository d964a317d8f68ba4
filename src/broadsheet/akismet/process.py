"""What a serving process has: its service, the journal that it appends to, and what it knows of keys and lessons."""

import logging
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from broadsheet.comments.throttle import Throttle
from broadsheet.learning.changes import Watch
from broadsheet.learning.filters import current_filter

from . import register
from .journal import Journal
from .service import Knowledge, Moment, Service

logger = logging.getLogger(__name__)

LOOK_EVERY = 0.5  # seconds; how late a new key, or a lesson, may be known here
LOOK_AT_LEAST_EVERY = 10.0  # seconds, though nothing was committed: former keys end with time
WRONG_KEYS_AT_ONCE = 20
WRONG_KEYS_PER_MINUTE = 10


def clock() -> Moment:
    return Moment(now=datetime.now(UTC), monotonic=time.monotonic(), ticks=time.perf_counter())


class Process:
    """One process's share. `start` has a thread look at the database, so that no call waits for it."""

    def __init__(self, folder: Path) -> None:
        self._knowledge: Knowledge | None = None
        self._looked_at = float("-inf")  # on the monotonic clock
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.journal = Journal(folder)
        self.service = Service(
            knowledge=lambda: self._knowledge,
            journal=self.journal,
            wrong_keys=Throttle(burst=WRONG_KEYS_AT_ONCE, per_minute=WRONG_KEYS_PER_MINUTE),
            clock=clock,
        )

    def start(self) -> None:
        """Look at the database now and then, in a thread."""
        self._thread = threading.Thread(target=self._watch, name="akismet", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=1)  # it may be waiting for a database that does not answer
        self.journal.close()

    def look(self) -> None:
        """Read what changed, unless that was done just now or a thread does it."""
        if self._thread is None and time.monotonic() >= self._looked_at + LOOK_EVERY:
            self._look()

    def _look(self) -> None:
        before = self._knowledge.register if self._knowledge else None
        self._knowledge = Knowledge(register.load(datetime.now(UTC), before), current_filter())
        self._looked_at = time.monotonic()

    def _watch(self) -> None:
        is_failing = False
        watch = Watch(at_least=LOOK_AT_LEAST_EVERY, clock=time.monotonic)
        while not self._stopping.is_set():
            try:
                close_old_connections()
                if is_failing or watch.is_worth_a_look():
                    self._look()
                is_failing = False
            except (DatabaseError, InterfaceError) as error:
                if not is_failing:
                    logger.warning(
                        "Checks go on with what is known of keys: %s", str(error).strip()
                    )
                is_failing = True
                connection.close()
            except Exception:
                logger.exception("The keys could not be read; it is tried again")
            self.journal.flush()
            self._stopping.wait(LOOK_EVERY)
        connection.close()


_current: list[Process] = []
_making = threading.Lock()


def current() -> Process:
    """This process's share; made when first asked for."""
    with _making:
        if not _current:
            _current.append(Process(settings.AKISMET_JOURNAL))
        return _current[0]


def forget() -> None:
    """Close it; the next question makes another."""
    with _making:
        while _current:
            _current.pop().close()
