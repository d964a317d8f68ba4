"""Nodes that share one PostgreSQL: who does what only one may do, and who is told that something changed.

Each background process keeps one connection beside Django's. On it the node listens for orders that others give, and
tries to hold the lock of the duties that are one node's (scheduled publishing, letters, counting, forgetting). PostgreSQL
lets the lock go with the connection: at once when the process dies, and after GONE_AFTER seconds when its machine or
network does (links.py). A site on SQLite is one node, which does everything.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from django.db import connection

from broadsheet.press import worker
from broadsheet.press.orders import CHANNEL, here

from . import servers
from .links import GONE_AFTER, OURS, TELL_SERVER

if TYPE_CHECKING:
    import psycopg

logger = logging.getLogger(__name__)

_LOCKS = 0x42524F41  # the first of an advisory lock's two numbers: ours
TRY_EVERY = (
    1.0  # seconds between attempts to get the lock, and between looks whether it still holds
)
_DJANGOS_OWN = {"cursor_factory", "context", "prepare_threshold", "server_side_binding"}


class Lock(IntEnum):
    """What only one process of all nodes does at a time."""

    MIGRATING = 1
    LAYING = 2  # the first pages of a new site
    DUTIES = 3


@contextmanager
def alone(lock: Lock) -> Iterator[None]:
    """Within it, no other node is. Waits for one that is."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [_LOCKS, lock])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCKS, lock])


def first() -> str:
    """The name of the node that does what only one does; "" where nobody does just now."""
    if connection.vendor != "postgresql":
        return worker.store().name()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE locktype = 'advisory' AND granted AND classid = %s AND objid = %s",
            [_LOCKS, Lock.DUTIES],
        )
        row = cursor.fetchone()
    return row[0].removeprefix("broadsheet ") if row else ""


class Fellowship:
    """This node among the others."""

    def __init__(self, *, woken: threading.Event, stopping: threading.Event) -> None:
        """`woken` is set when another node has given orders."""
        self._woken = woken
        self._stopping = stopping
        self._shared = connection.vendor == "postgresql"
        self._is_failing = False  # since the last attempt
        self._sure_until = 0.0  # on the monotonic clock; until then the lock is ours

    def start(self) -> threading.Thread:
        """Listen, and try to be first, in a thread; until `stopping`."""
        thread = threading.Thread(target=self._run, name="fellowship", daemon=True)
        if self._shared:
            thread.start()
        return thread

    def is_first(self) -> bool:
        """Does this node do what only one does?"""
        return not self._shared or time.monotonic() < self._sure_until

    def _run(self) -> None:
        import psycopg  # noqa: PLC0415, 9 MB that a site with SQLite does without

        while not self._stopping.is_set():
            try:
                link, server = servers.first_that_takes(self._parameters(), self._connect)
                try:
                    with link:
                        self._stay(link)
                except psycopg.OperationalError:
                    servers.note_failure(server)
                    raise
            except psycopg.Error as error:
                if self._is_failing:
                    self._stopping.wait(TRY_EVERY)
                else:
                    logger.warning("This node is alone for now: %s", str(error).strip())
                self._is_failing = True

    def _parameters(self) -> dict[str, Any]:
        given = connection.get_connection_params()
        params = {name: value for name, value in given.items() if name not in _DJANGOS_OWN}
        params["application_name"] = f"broadsheet {worker.store().name()}"  # so that it can be seen
        params.update(OURS)  # whatever the address says: how soon another is first depends on it
        return params

    def _connect(self, params: dict[str, Any]) -> "psycopg.Connection[tuple[object, ...]]":
        import psycopg  # noqa: PLC0415

        link = psycopg.connect(**params, autocommit=True)
        link.execute(TELL_SERVER)
        link.execute(f"LISTEN {CHANNEL}")
        self._woken.set()  # what was said while nobody listened
        return link

    def _stay(self, link: "psycopg.Connection[tuple[object, ...]]") -> None:
        is_ours = False
        while not self._stopping.is_set():
            self._is_failing = False
            asked_at = time.monotonic()
            question = (
                "SELECT true"
                if is_ours
                else f"SELECT pg_try_advisory_lock({_LOCKS}, {Lock.DUTIES})"
            )
            row = link.execute(question).fetchone()
            is_ours = row is not None and bool(row[0])
            if is_ours:
                if not self.is_first():
                    logger.info("This node does the duties that are one node's.")
                self._sure_until = asked_at + GONE_AFTER
            for notice in link.notifies(timeout=TRY_EVERY):
                if notice.payload != here():
                    self._woken.set()
