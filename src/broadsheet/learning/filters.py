"""The filter that this process judges with."""

import time

from broadsheet.spam import SpamFilter

from .trainer import Follower

follower = Follower()


def current_filter() -> SpamFilter:
    """The process's filter. Decisions made here count at once, those of other processes within a second."""
    return follower.filter(clock=time.monotonic())


def catch_up() -> None:
    """Learn what was decided until now, at once."""
    follower.catch_up()
