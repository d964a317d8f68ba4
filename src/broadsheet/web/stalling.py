"""A store that others keep, and that may be away: who waits for it, and who is told so at once. Plain Python."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class StoreAway(OSError):
    """The store of photos and documents does not answer."""

    def __init__(self) -> None:
        super().__init__("The store of photos and documents does not answer")


class Door:
    """The way to the store. While it is away, one at a time tries whether it is back, and everybody else is told so at once.

    Otherwise a few photos would have every thread of the server wait, and nobody could edit or search.
    """

    def __init__(self) -> None:
        self._is_away = False
        self._trying = threading.Lock()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Ask within. Raises StoreAway in place of whatever goes wrong, but for a file that is not there."""
        tries = self._is_away
        if tries and not self._trying.acquire(blocking=False):
            raise StoreAway
        try:
            yield
            self._is_away = False
        except FileNotFoundError:
            self._is_away = False
            raise
        except Exception as error:
            self._is_away = True
            raise StoreAway from error
        finally:
            if tries:
                self._trying.release()
