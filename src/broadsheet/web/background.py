"""The work that no reader waits for: `python -m broadsheet.web.background`. One process; `serve` keeps it running."""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import django

from broadsheet import tracing
from broadsheet.press.orphans import end_with_parent

from . import allotment

logger = logging.getLogger("broadsheet.background")

PAGES_AT_ONCE = 200  # printed before the other duties are looked at
NICENESS = 10  # what nobody waits for gives way to who serves readers, where both share a core
TOLD_FROM = (
    1.0  # seconds; a duty that is looked at more often is told when there is something to do
)
LOOKS_ALIVE_EVERY = timedelta(seconds=20)  # a node shows that it is there though nothing is ordered
ASK_EVERY = 2.0  # seconds until a node asks again whether it is the one
WHILE_MOVING = 1.0  # seconds between looks whether the site may be written into again
ENDS_WITHIN = (
    3.0  # seconds that all threads have for what they are doing; the supervisor waits for 4
)


@dataclass(slots=True)
class Duty:
    """Something to be done again and again."""

    name: str
    every: float  # seconds
    run: Callable[[datetime], None]
    by_one_node: bool = False  # of all that share a database
    due: float = field(default=0.0)  # on the monotonic clock


def duties(printer: "Printer") -> list[Duty]:
    """All of the background work, with how often it is looked at."""
    from django.conf import settings  # noqa: PLC0415, after setup

    from . import announcing  # noqa: PLC0415

    lessons = Duty("keep what the filter has learnt", 60, keep_lessons, by_one_node=True)
    if settings.SPAM_SERVICE_ALONE:
        return [lessons]
    return [
        Duty("print what is ordered", 0.3, printer.print_what_is_ordered),
        Duty("publish what is scheduled", 5, publish_scheduled, by_one_node=True),
        Duty("count comments for lists", 60, count_comments, by_one_node=True),
        *surroundings(),
        *sharing(),
        Duty("tell hubs what is new", 10, announcing.send_due, by_one_node=True),
        Duty("forget what is old", 3600, forget_in_time, by_one_node=True),
        lessons,
    ]


def keep_lessons(_now: datetime) -> None:
    from broadsheet.learning import trainer  # noqa: PLC0415, after setup
    from broadsheet.learning.models import FIRST  # noqa: PLC0415
    from broadsheet.newsroom import papers  # noqa: PLC0415

    for paper in (FIRST, *papers.further()):
        trainer.keep_checkpoint(paper)


def publish_scheduled(now: datetime) -> None:
    from django.core.management import call_command  # noqa: PLC0415, after setup

    from broadsheet.newsroom import scheduled  # noqa: PLC0415

    if scheduled.is_anything_due(now):
        call_command("publish_scheduled", verbosity=0)


def count_comments(_now: datetime) -> None:
    from broadsheet.comments import counting  # noqa: PLC0415, after setup

    counting.bring_up_to_date()


def forget_in_time(now: datetime) -> None:
    """What may be kept for some time only."""
    from broadsheet.comments import retention  # noqa: PLC0415, after setup
    from broadsheet.newsletter import subscribing  # noqa: PLC0415
    from broadsheet.newsroom.contributed import post as offers  # noqa: PLC0415
    from broadsheet.press import withdrawing  # noqa: PLC0415

    retention.forget(now)
    offers.forget(now)
    subscribing.forget(now)
    withdrawing.forget(now)


def sharing() -> list[Duty]:
    """Photos and documents that nodes share."""
    from django.core.files.storage import storages  # noqa: PLC0415, after setup

    from .mirror import Mirror  # noqa: PLC0415

    mirror = storages["default"]
    if not isinstance(mirror, Mirror):
        return []

    def forget_what_is_gone(_now: datetime) -> None:
        mirror.forget_gone()

    return [Duty("forget photos that are gone", 600, forget_what_is_gone)]


def surroundings() -> list[Duty]:
    """What stands around articles, and may be a few minutes old."""
    from broadsheet.newsroom import discussed, relatives  # noqa: PLC0415, after setup

    def find_the_most_discussed(now: datetime) -> None:
        discussed.bring_up_to_date(now)

    def find_relatives(_now: datetime) -> None:
        relatives.complete()

    return [
        Duty("find what is discussed most", 600, find_the_most_discussed, by_one_node=True),
        Duty("find related articles", 60, find_relatives, by_one_node=True),
    ]


class Printer:
    """Prints what was ordered before its last look: who ordered something since then prints it at once."""

    def __init__(self) -> None:
        self._at_last_look = 0
        self._hurried = False
        self._printed = 0  # paths, at the last look
        self._again_at = datetime.min.replace(tzinfo=UTC)

    def hurry(self) -> None:
        """Another node has ordered something: nobody here prints that at once."""
        self._hurried = True

    def print_what_is_ordered(self, now: datetime) -> None:
        from broadsheet.press.worker import (  # noqa: PLC0415, after setup
            anything_waits,
            newest_order,
            run_pending,
        )

        if now < self._again_at and not self._printed and not anything_waits():
            return
        self._again_at = now + LOOKS_ALIVE_EVERY
        hurried, self._hurried = self._hurried, False
        until = newest_order() if hurried else self._at_last_look
        printed = run_pending(limit=PAGES_AT_ONCE, now=now, until=until)
        if self._printed and not printed:  # very many pages may have been read at once
            allotment.give_back()
        self._printed = printed
        self._at_last_look = newest_order()


def do_what_is_due(
    all_duties: list[Duty], *, clock: float, now: datetime, is_first: Callable[[], bool]
) -> float:
    """Run each duty whose time has come; one that fails is logged and tried again. Returns the next due time.

    What one node does is done here while `is_first`; otherwise that is asked again soon.
    """
    from django.conf import settings  # noqa: PLC0415, after setup
    from django.db import OperationalError, close_old_connections  # noqa: PLC0415

    from .moving.closed import takes_nothing  # noqa: PLC0415

    for duty in all_duties:
        if duty.due > clock:
            continue
        if duty.by_one_node and not is_first():
            duty.due = clock + min(duty.every, ASK_EVERY)
            continue
        close_old_connections()
        try:
            with tracing.span(duty.name) if duty.every >= TOLD_FROM else nullcontext():
                duty.run(now)
        except Exception as error:
            if isinstance(error, OperationalError) and takes_nothing(settings.CONFIGURATION):
                logger.warning("“%s” waits while the site's database is moved", duty.name)
            else:
                logger.exception("“%s” failed; it is tried again in %s s", duty.name, duty.every)
        duty.due = clock + duty.every
    return min(duty.due for duty in all_duties)


def work(
    stopping: threading.Event,
    woken: threading.Event,
    *,
    is_first: Callable[[], bool],
    is_open: Callable[[], bool],
) -> None:
    """Do what is due until `stopping`, while the site `is_open`; what another node orders is due when this one is `woken`."""
    printer = Printer()
    all_duties = duties(printer)
    while not stopping.is_set():
        if not is_open():
            stopping.wait(WHILE_MOVING)
            continue
        if woken.is_set():
            woken.clear()
            printer.hurry()
            all_duties[0].due = 0.0
        next_due = do_what_is_due(
            all_duties, clock=time.monotonic(), now=datetime.now(UTC), is_first=is_first
        )
        woken.wait(max(0.0, next_due - time.monotonic()))


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.web.settings")
    django.setup()
    stopping, woken = threading.Event(), threading.Event()

    def stop(*_: object) -> None:
        stopping.set()
        woken.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    end_with_parent()
    os.nice(NICENESS)
    from django.conf import settings  # noqa: PLC0415, after setup

    from .moving.closed import takes_nothing  # noqa: PLC0415, after setup
    from .nodes import Fellowship  # noqa: PLC0415

    tracing.start("background", os.environ)
    fellowship = Fellowship(woken=woken, stopping=stopping)

    def is_open() -> bool:
        return not takes_nothing(settings.CONFIGURATION)

    def is_first() -> bool:
        return fellowship.is_first() and is_open()

    threads = [fellowship.start(), *_start_beside(stopping, is_first=is_first, is_open=is_open)]
    work(stopping, woken, is_first=is_first, is_open=is_open)
    stopping.set()
    _let_end(threads)
    return 0


def _start_beside(
    stopping: threading.Event, *, is_first: Callable[[], bool], is_open: Callable[[], bool]
) -> list[threading.Thread]:
    """What would keep the other duties waiting has threads of its own, each until `stopping`."""
    from django.conf import settings  # noqa: PLC0415, after setup

    from broadsheet.akismet import background as spam_service  # noqa: PLC0415, after setup

    from . import following, mailing, pressing, purging  # noqa: PLC0415, after setup
    from .backup import schedule  # noqa: PLC0415

    threads = [*spam_service.start(stopping, is_first, is_open)]
    if not settings.SPAM_SERVICE_ALONE:
        threads += [
            pressing.start(stopping, is_open),
            purging.start(stopping, is_open),
            *mailing.start(stopping, is_first),
            following.start(stopping, is_first),
            schedule.start(settings.CONFIGURATION, stopping, is_first),
        ]
    return threads


def _let_end(threads: Sequence[threading.Thread]) -> None:
    """Wait for what they are doing, ENDS_WITHIN seconds for all together."""
    ends = time.monotonic() + ENDS_WITHIN
    for thread in threads:
        if thread.is_alive():
            thread.join(timeout=max(0.0, ends - time.monotonic()))
    tracing.stop()


if __name__ == "__main__":
    sys.exit(main())
