"""Whether anything at all was committed to the database lately: one short question, where there would be many that find nothing."""

from collections.abc import Callable

from django.db import connection

_QUESTIONS = {
    "sqlite": "PRAGMA data_version",  # another number after another connection's commit
    "postgresql": "SELECT pg_current_wal_insert_lsn()::text",
}
SETTLES = 2.0  # seconds; what was not ready for a change at once gets further looks at it


class Watch:
    """Tells a thread that looks at the database again and again when a look may find something.

    Some things come with time alone: so it may every `at_least` seconds, too. What the thread itself writes counts only on
    PostgreSQL. For one thread: the question is asked on its connection.
    """

    def __init__(self, *, at_least: float, clock: Callable[[], float]) -> None:
        self._at_least = at_least
        self._clock = clock
        self._seen: object = None
        self._on: object = None  # SQLite's number means something on one connection only
        self._look_until = self._look_from = float("-inf")

    def is_worth_a_look(self) -> bool:
        """Raises DatabaseError, InterfaceError."""
        with connection.cursor() as cursor:
            cursor.execute(_QUESTIONS[connection.vendor])
            found = cursor.fetchone()[0]
        now = self._clock()
        if found != self._seen or connection.connection is not self._on:
            self._seen, self._on = found, connection.connection
            self._look_until = now + SETTLES
        if now > self._look_until and now < self._look_from:
            return False
        self._look_from = now + self._at_least
        return True
