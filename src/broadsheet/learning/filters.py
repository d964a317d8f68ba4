"""The filters that this process judges with: one for each newspaper."""

import threading
import time
from collections import OrderedDict

from broadsheet.spam import SpamFilter

from .models import FIRST
from .trainer import Follower

MOST_FURTHER = 4  # filters of further newspapers in memory at once: some 11 MB each

follower = Follower()  # of the first newspaper, and of the spam service
_further: "OrderedDict[int, Follower]" = OrderedDict()  # the one that was asked last at the end
_lock = threading.Lock()


def current_filter(paper: int = FIRST) -> SpamFilter:
    """The process's filter for a newspaper. Decisions made here count at once, those of other processes within a second."""
    return _follower(paper).filter(clock=time.monotonic())


def catch_up(paper: int = FIRST) -> None:
    """Learn what was decided until now, at once."""
    _follower(paper).catch_up()


def catch_up_if_in_memory(paper: int) -> None:
    """The same, unless nobody asks this process for that newspaper: then there is time."""
    if paper == FIRST or paper in _further:
        catch_up(paper)


def forget() -> None:
    """Let all filters go; the next question builds its own anew."""
    follower.forget()
    with _lock:
        _further.clear()


def _follower(paper: int) -> Follower:
    if paper == FIRST:
        return follower
    with _lock:
        found = _further.pop(paper, None) or Follower(paper)
        _further[paper] = found
        while len(_further) > MOST_FURTHER:
            _further.popitem(last=False)
        return found
