"""Memory that a process has used and freed goes back to the system, so that many can live on one small machine. Plain Python."""

import ctypes
from contextlib import suppress

_M_ARENA_MAX = -8  # malloc.h
_ARENAS = 2  # heaps of the C library in a process; each of very many threads would else get one


def keep_few_heaps() -> None:
    """For this process, and all that are forked from it."""
    with suppress(AttributeError):  # only glibc has it
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """The C library keeps what was freed for later; after work that needed much for a moment, that is for nothing.

    Takes some milliseconds, without the interpreter's lock.
    """
    with suppress(AttributeError):  # only glibc has it
        ctypes.CDLL(None).malloc_trim(0)
