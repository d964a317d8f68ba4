"""Remembering for a moment what many requests ask for. Plain Python."""

from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

MOST = 1000  # entries; then everything is forgotten


class Memory(Generic[Key, Value]):
    """Values by key, each for `seconds`. Threads may share it: at worst two of them find out the same."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._known: dict[Key, tuple[float, Value]] = {}

    def get(self, key: Key, find_out: Callable[[Key], Value], *, clock: float) -> Value:
        """The value for `key`, not older than `seconds` by the monotonic `clock`."""
        known = self._known.get(key)
        if known is not None and clock < known[0] + self._seconds:
            return known[1]
        value = find_out(key)
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[key] = (clock, value)
        return value

    def forget(self) -> None:
        """Find everything out anew."""
        self._known.clear()
