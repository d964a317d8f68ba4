"""Waiting for conditions, never for a time."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress

PATIENCE = 90.0  # seconds that a condition is waited for, on a machine that does much else
MOVED_WITHIN = 10.0  # seconds until another node does what only one does
TRUE_WITHIN = 10.0  # seconds until every node's pages are as they would be printed now
LOOK_EVERY = 0.05


def until(
    condition: Callable[[], bool],
    *,
    what: str,
    patience: float = PATIENCE,
    every: float = LOOK_EVERY,
) -> float:
    """Wait for a condition; the seconds it took. A node that does not answer does not fulfil it."""
    began = time.monotonic()
    pause = threading.Event()
    while time.monotonic() - began < patience:
        with suppress(OSError, AssertionError):
            if condition():
                return time.monotonic() - began
        pause.wait(every)
    raise AssertionError(f"{what}: not within {patience} s")


def note(figure: str) -> None:
    """What `pytest -s` shows of a run: how long things took."""
    print(figure)  # noqa: T201
