"""Waiting for a condition."""

import time
from collections.abc import Callable


def wait_until(holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it never became so")
