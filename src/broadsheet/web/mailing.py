"""Sending mail, in threads of the background process: a slow mail server keeps nothing else waiting."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import close_old_connections, connection

from broadsheet import tracing
from broadsheet.comments import post
from broadsheet.learning.changes import Watch
from broadsheet.newsletter import dispatch
from broadsheet.newsroom.contributed import post as offers
from broadsheet.newsroom.locality import at_home, the_newspaper

LOOK_AT_LEAST_EVERY = (
    10.0  # seconds, though nothing was committed: what is scheduled comes with time
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """A kind of mail that waits for no other kind."""

    name: str
    every: float  # seconds between looks, where nothing was sent
    send: Callable[[datetime, Callable[[], bool]], int]  # now, is stopping → mails sent


def _send_letters(now: datetime, _is_stopping: Callable[[], bool]) -> int:
    return post.send_waiting(now) + offers.send_waiting(now)


def _send_newsletter(now: datetime, is_stopping: Callable[[], bool]) -> int:
    return dispatch.send_waiting(now, is_stopping=is_stopping)


ROUNDS = (
    Round("letters", 10.0, _send_letters),
    Round("newsletter", 2.0, _send_newsletter),
)


def start(stopping: threading.Event, is_first: Callable[[], bool]) -> Sequence[threading.Thread]:
    """Send what is due where this node `is_first`, until `stopping`; the mail that is with the mail server then is the last."""
    threads = [
        threading.Thread(
            target=_run, args=(a_round, stopping, is_first), name=a_round.name, daemon=True
        )
        for a_round in ROUNDS
    ]
    for thread in threads:
        thread.start()
    return threads


def _run(a_round: Round, stopping: threading.Event, is_first: Callable[[], bool]) -> None:
    sent = 0
    watch = Watch(at_least=LOOK_AT_LEAST_EVERY, clock=time.monotonic)
    while not stopping.wait(0 if sent else a_round.every):
        if not is_first():
            sent = 0
            continue
        try:
            close_old_connections()
            if not (sent or watch.is_worth_a_look()):
                continue
            with at_home(the_newspaper()), tracing.span(f"send {a_round.name}") as span:
                sent = a_round.send(datetime.now(UTC), stopping.is_set)
                span.note({"broadsheet.sent": sent})
        except Exception:
            logger.exception("The %s could not be sent; it is tried again", a_round.name)
            connection.close()
            sent = 0
    connection.close()
