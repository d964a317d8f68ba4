"""Remembering for a moment what many requests ask for. Plain Python."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

MOST = 1000  # entries; then everything is forgotten

Facts = Mapping[Hashable, Any]

_found: ContextVar[dict[Hashable, Any] | None] = ContextVar("found", default=None)


@contextmanager
def asking_once(facts: Facts | None = None) -> Iterator[None]:
    """Within, `once` finds each thing out a single time: for who makes very many pages in a row, all of one moment.

    `facts` are known from the beginning: what was found out for many of these pages together.
    """
    token = _found.set(dict(facts or {}))
    try:
        yield
    finally:
        _found.reset(token)


@contextmanager
def asking_anew() -> Iterator[None]:
    """Within, `once` finds out each thing each time, even inside `asking_once`."""
    token = _found.set(None)
    try:
        yield
    finally:
        _found.reset(token)


def is_asking_once() -> bool:
    return _found.get() is not None


def once(key: Hashable, find_out: Callable[[], Value]) -> Value:
    """What `find_out` returns: found out anew each time, but for within `asking_once`."""
    found = _found.get()
    if found is None:
        return find_out()
    if key not in found:
        found[key] = find_out()
    value: Value = found[key]
    return value


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
