"""How both ends of a connection to PostgreSQL notice that the other is gone, though nobody says so. Plain Python.

A machine that dies, or whose cable is cut, closes nothing. Left to the kernel, who waits for an answer waits a quarter of an
hour, and the server keeps the locks of a node's unfinished transaction for two hours.

Keepalives find out while nothing is under way; while something is that the other end has not confirmed (an order that the
server tells a node of, say), only `tcp_user_timeout` does, so both ends need both.
"""

from collections.abc import Mapping
from typing import Any

GONE_AFTER = 5  # seconds without a sign of the other end
_IDLE, _EVERY = 2, 1  # seconds until the first question whether it is there, and between them

OURS: Mapping[str, Any] = {  # libpq's
    "connect_timeout": GONE_AFTER,  # of each server that the address names
    "keepalives": 1,
    "keepalives_idle": _IDLE,
    "keepalives_interval": _EVERY,
    "keepalives_count": GONE_AFTER - _IDLE,
    "tcp_user_timeout": GONE_AFTER * 1000,  # milliseconds
}
_THEIRS = {  # PostgreSQL's; one that can't, or that is reached without TCP, ignores them
    "tcp_keepalives_idle": _IDLE,
    "tcp_keepalives_interval": _EVERY,
    "tcp_keepalives_count": GONE_AFTER - _IDLE,
    "tcp_user_timeout": GONE_AFTER * 1000,
}
TELL_SERVER = "".join(f"SET {name} = {value};" for name, value in _THEIRS.items())


def on_connected(*, connection: Any, **_: object) -> None:
    """Django has a new connection."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(TELL_SERVER)
