"""Doing at once, for all who wait, what costs as much for one as for many. Plain Python."""

import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

Item = TypeVar("Item")
Ready = TypeVar("Ready")
Result = TypeVar("Result")


class Full(Exception):
    """Too many wait already."""


class Promise(Protocol):
    """What a result is put into: a Future of asyncio or of concurrent.futures."""

    def done(self) -> bool: ...
    def set_result(self, result: Any, /) -> None: ...
    def set_exception(self, exception: Exception, /) -> None: ...


@dataclass(frozen=True, slots=True)
class _Outcome:
    promise: Promise
    result: object = None
    error: Exception | None = None

    def tell(self) -> None:
        if self.promise.done():  # whoever waited has gone
            return
        if self.error is None:
            self.promise.set_result(self.result)
        else:
            self.promise.set_exception(self.error)


class Gatherer(Generic[Item, Ready, Result]):
    """One thread that makes items ready one by one, and finishes them together as soon as no other waits.

    Who comes alone is finished alone, at once. While one batch is finished the next one gathers. Where many come, those
    who were just answered come again, or others do: then the first of them is not finished by itself, which costs
    nearly as much as all together, but waits for up to `patience` until there are as many as before.
    """

    def __init__(
        self,
        *,
        prepare: Callable[[Item], Ready],
        finish: Callable[[Sequence[Ready]], Sequence[Result]],
        at_once: int,
        waiting: int,
        patience: float,
    ) -> None:
        """`finish` gets at most `at_once`, and returns as many results in the same order.

        `waiting` limits the queue; `patience` is in seconds, for a whole batch.
        """
        self._prepare = prepare
        self._finish = finish
        self._at_once = at_once
        self._most_waiting = waiting
        self._patience = patience
        self._items: queue.SimpleQueue[tuple[Item, Promise] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._hand_out: Callable[[Callable[[], None]], object] = _at_once

    def start(self, hand_out: "Callable[[Callable[[], None]], object] | None" = None) -> None:
        """`hand_out` calls a function in the thread where results are awaited, as loop.call_soon_threadsafe does."""
        self._hand_out = hand_out or _at_once
        self._thread = threading.Thread(target=self._run, name="gatherer", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Finish what waits, then end the thread."""
        self._items.put(None)
        if self._thread is not None:
            self._thread.join()

    def give(self, item: Item, promise: Promise) -> None:
        """The promise gets the item's result, or what `prepare` raised for it, or `finish` for its batch. Raises Full."""
        if self._items.qsize() >= self._most_waiting:
            raise Full
        self._items.put((item, promise))

    def _run(self) -> None:
        goes_on, before = True, 1  # how many came together the last time
        while goes_on:
            ready: list[tuple[Ready, Promise]] = []
            outcomes: list[_Outcome] = []
            goes_on = self._gather(ready, outcomes, expected=before)
            before = len(ready)
            outcomes += self._finish_all(ready)
            self._hand_out(partial(_tell, outcomes))

    def _gather(
        self, ready: list[tuple[Ready, Promise]], failed: list[_Outcome], *, expected: int
    ) -> bool:
        """Take what waits, at least one, and what comes while fewer than `expected` did; False at the end."""
        given, patience = self._items.get(), self._patience
        while given is not None:
            item, promise = given
            try:
                ready.append((self._prepare(item), promise))
            except Exception as error:  # noqa: BLE001, it is handed to who gave the item
                failed.append(_Outcome(promise, error=error))
            if len(ready) == self._at_once:
                return True
            began = time.monotonic()
            try:
                given = self._items.get(timeout=patience if len(ready) < expected else 0)
            except queue.Empty:
                return True
            patience = max(0.0, patience - (time.monotonic() - began))
        return False

    def _finish_all(self, ready: Sequence[tuple[Ready, Promise]]) -> list[_Outcome]:
        if not ready:
            return []
        try:
            results = self._finish([one for one, _ in ready])
        except Exception as error:  # noqa: BLE001, it is handed to all who wait
            return [_Outcome(promise, error=error) for _, promise in ready]
        return [
            _Outcome(promise, result) for (_, promise), result in zip(ready, results, strict=True)
        ]


def _tell(outcomes: Sequence[_Outcome]) -> None:
    for outcome in outcomes:
        outcome.tell()


def _at_once(function: Callable[[], None]) -> None:
    function()
