"""Whose pages a request is for, by its host: the further newspapers of this installation. Plain Python."""

import time
from collections.abc import Callable
from dataclasses import replace

from . import shelves
from .documents import PrintedPages
from .http import host_name
from .rsgi import Scope
from .shelves import Shelf
from .store import PageStore

_LOOK_EVERY = 1.0  # seconds


class Hosts:
    """The printed pages of each newspaper. Papers come, go and are named anew while they are served: `look` for them."""

    def __init__(
        self,
        first: PrintedPages,
        *,
        changed: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`changed` is called when there are other papers than before, or their sites are others."""
        self.first = first
        self.further: dict[str, PrintedPages] = {}  # by host name; the same object for good
        self._clock = clock
        self._changed = changed
        self._look_at = 0.0  # on the clock
        self._signature: tuple[int, int] | None = None
        self._shelves: tuple[Shelf, ...] = ()
        self.look()

    def pages(self, scope: Scope) -> PrintedPages:
        """Those of the newspaper that a request is for; any host that is no further paper's leads to the first."""
        host = scope.headers.get("host") or scope.authority or ""
        return self.further.get(host_name(host), self.first) if self.further else self.first

    def look(self) -> None:
        """Look for other papers, once a second at most."""
        now = self._clock()
        if now < self._look_at:
            return
        self._look_at = now + _LOOK_EVERY
        signature = shelves.signature(self.first.store.root)
        if signature == self._signature:
            return
        self._signature = signature
        found = shelves.read(self.first.store.root)
        if found != self._shelves:
            self._put_up(found)
            self._changed()

    def _put_up(self, found: tuple[Shelf, ...]) -> None:
        stay = {shelf.host for shelf in found if shelf in self._shelves}
        further = {
            shelf.host: self.further[shelf.host] if shelf.host in stay else self._made(shelf)
            for shelf in found
            if shelf.folder
        }
        self.further.update(further)
        for host in self.further.keys() - further.keys():
            del self.further[host]
        self._shelves = found

    def _made(self, shelf: Shelf) -> PrintedPages:
        folder = shelves.beside(self.first.store.root) / shelf.folder
        return replace(self.first, store=PageStore(folder), host=shelf.host)
