"""Django's connection while a site is moved: it reads, and what would write is refused at once instead of waiting."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def only_reading() -> Iterator[None]:
    """Within it, a write raises OperationalError: at once, though another process holds SQLite's lock for long."""
    if connection.vendor != "sqlite":
        yield
        return
    wait = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)  # milliseconds
    _set(busy_timeout=0, query_only=1)
    try:
        yield
    finally:
        _set(busy_timeout=wait, query_only=0)


def _set(**pragmas: int) -> None:
    with connection.cursor() as cursor:
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name} = {value}")
