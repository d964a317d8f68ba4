"""The work that no reader waits for: `python -m broadsheet.web.background`. One process; `serve` keeps it running."""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import django

from .orphans import end_with_parent

logger = logging.getLogger("broadsheet.background")

PAGES_AT_ONCE = 200  # printed before the other duties are looked at
NICENESS = 10  # what nobody waits for gives way to who serves readers, where both share a core
ENDS_WITHIN = 1.0  # seconds that a thread has for what it is doing


@dataclass(slots=True)
class Duty:
    """Something to be done again and again."""

    name: str
    every: float  # seconds
    run: Callable[[datetime], None]
    due: float = field(default=0.0)  # on the monotonic clock


def duties() -> list[Duty]:
    """All of the background work, with how often it is looked at."""
    from django.conf import settings  # noqa: PLC0415, after setup
    from django.core.management import call_command  # noqa: PLC0415

    from broadsheet.comments import counting, post, retention  # noqa: PLC0415
    from broadsheet.learning import trainer  # noqa: PLC0415
    from broadsheet.newsletter import subscribing  # noqa: PLC0415
    from broadsheet.newsroom.contributed import post as offers  # noqa: PLC0415

    from . import announcing  # noqa: PLC0415
    from .locality import at_home, the_newspaper  # noqa: PLC0415

    def keep_lessons(_now: datetime) -> None:
        trainer.keep_checkpoint()

    def mail_letters(now: datetime) -> None:
        with at_home(the_newspaper()):
            post.send_waiting(now)
        offers.send_waiting(now)

    def forget_in_time(now: datetime) -> None:
        retention.forget(now)
        offers.forget(now)
        subscribing.forget(now)

    def count_comments(_now: datetime) -> None:
        counting.bring_up_to_date()

    def publish_scheduled(_now: datetime) -> None:
        call_command("publish_scheduled", verbosity=0)

    lessons = Duty("keep what the filter has learnt", 60, keep_lessons)
    if settings.SPAM_SERVICE_ALONE:
        return [lessons]
    return [
        Duty("print what is ordered", 0.3, printer()),
        Duty("publish what is scheduled", 5, publish_scheduled),
        Duty("mail the letters", 10, mail_letters),
        Duty("count comments for lists", 60, count_comments),
        *surroundings(),
        Duty("tell hubs what is new", 10, announcing.send_due),
        Duty("forget what is old", 3600, forget_in_time),
        lessons,
    ]


def surroundings() -> list[Duty]:
    """What stands around articles, and may be a few minutes old."""
    from broadsheet.newsroom import discussed, relatives  # noqa: PLC0415, after setup

    def find_the_most_discussed(now: datetime) -> None:
        discussed.bring_up_to_date(now)

    def find_relatives(_now: datetime) -> None:
        relatives.complete()

    return [
        Duty("find what is discussed most", 600, find_the_most_discussed),
        Duty("find related articles", 60, find_relatives),
    ]


def printer() -> Callable[[datetime], None]:
    """Prints what was ordered before its last look: who ordered something since then prints it at once."""
    from broadsheet.press.worker import newest_order, run_pending  # noqa: PLC0415, after setup

    at_last_look = 0

    def print_what_is_ordered(now: datetime) -> None:
        nonlocal at_last_look
        run_pending(limit=PAGES_AT_ONCE, now=now, until=at_last_look)
        at_last_look = newest_order()

    return print_what_is_ordered


def do_what_is_due(all_duties: list[Duty], *, clock: float, now: datetime) -> float:
    """Run each duty whose time has come; one that fails is logged and tried again. Returns the next due time."""
    from django.db import close_old_connections  # noqa: PLC0415

    for duty in all_duties:
        if duty.due > clock:
            continue
        close_old_connections()
        try:
            duty.run(now)
        except Exception:
            logger.exception("“%s” failed; it is tried again in %s s", duty.name, duty.every)
        duty.due = clock + duty.every
    return min(duty.due for duty in all_duties)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.web.settings")
    django.setup()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    end_with_parent()
    os.nice(NICENESS)
    from django.conf import settings  # noqa: PLC0415, after setup

    from broadsheet.akismet import background as spam_service  # noqa: PLC0415, after setup

    from . import mailing, pressing  # noqa: PLC0415, after setup

    threads = list(spam_service.start(stopping))
    if not settings.SPAM_SERVICE_ALONE:
        threads += [pressing.start(stopping), mailing.start(stopping)]
    all_duties = duties()
    while not stopping.is_set():
        next_due = do_what_is_due(all_duties, clock=time.monotonic(), now=datetime.now(UTC))
        stopping.wait(max(0.0, next_due - time.monotonic()))
    stopping.set()
    for thread in threads:
        thread.join(timeout=ENDS_WITHIN)
    return 0


if __name__ == "__main__":
    sys.exit(main())
