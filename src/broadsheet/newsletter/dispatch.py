"""Sending what is due: letters that ask, and editions, some at a time. For the background process; several may run.

A letter's row says HANDED before the mail server gets it, and SENT afterwards. Who is killed in between leaves one
letter of which nobody knows: it is not sent again unless an editor says so.
"""

import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from wagtail.models import Site

from broadsheet.comments.offices import belonging_to
from broadsheet.newsroom.locality import writing_for

from . import bounces, confirmations, editions, outgoing
from .composing import Letter
from .models import Confirmation, Delivery, Edition, NewsletterSettings, Subscriber
from .outgoing import Sender

log = logging.getLogger(__name__)

AT_ONCE = 50  # letters by one connection
MOST_TRIES = 6
MINUTE = timedelta(minutes=1)
Status, State = Edition.Status, Delivery.State


@dataclass(frozen=True, slots=True)
class Batch:
    """What all letters of one go have in common."""

    letter: Letter
    by: Sender
    connection: BaseEmailBackend  # open
    now: datetime


def send_waiting(now: datetime, *, is_stopping: Callable[[], bool] = lambda: False) -> int:
    """Begin what is scheduled for now, and send as much as each newspaper's pace allows; returns the number of letters.

    Where there is nothing to do, it takes three queries, however many newspapers there are.
    """
    sent = sum(
        confirmations.send_waiting(site, now, at_most=_room(site, now))
        for site in confirmations.newspapers_that_ask(now)
    )
    _begin_scheduled(now)
    begun = Edition.objects.filter(status=Status.SENDING).select_related("site__root_page")
    for edition in begun.order_by("started_at")[:AT_ONCE]:
        with writing_for(edition.newspaper_site):
            sent += _send_some(edition, now, is_stopping)
        _finish(edition, now)
    return sent


def _begin_scheduled(now: datetime) -> None:
    due = Edition.objects.filter(status=Status.SCHEDULED, scheduled_at__lte=now)
    for number in due.order_by("scheduled_at").values_list("pk", flat=True)[:AT_ONCE]:
        try:
            editions.begin(number, now=now)
        except editions.NotNow:
            log.info("Another process has begun edition %d.", number)


def _send_some(edition: Edition, now: datetime, is_stopping: Callable[[], bool]) -> int:
    waiting = Delivery.objects.filter(edition=edition, state=State.WAITING, next_try_at__lte=now)
    site = edition.newspaper_site
    due = list(waiting.order_by("next_try_at", "pk")[: _room(site, now)])
    if not due:
        return 0
    connection = get_connection()
    try:
        connection.open()
        batch = Batch(outgoing.letter_of(edition), outgoing.sender(site), connection, now)
        until_then = takewhile(lambda _: not is_stopping(), due)
        return sum(_send(delivery, batch) for delivery in until_then)
    except OSError as error:  # of which smtplib's are
        log.warning("The newsletter has to wait: %s", error)
        Edition.objects.filter(pk=edition.pk).update(trouble=str(error)[:300])
        return 0
    finally:
        _close(connection)


def _room(site: Site, now: datetime) -> int:
    """How many letters of a newspaper may go now, by the pace that its owner has set."""
    settings: NewsletterSettings = NewsletterSettings.for_site(site)
    handed = Delivery.objects.filter(handed_at__gt=now - MINUTE)
    asked = Confirmation.objects.filter(sent_at__gt=now - MINUTE)
    lately = handed.filter(belonging_to(site, "edition__site")).count()
    lately += asked.filter(belonging_to(site, "subscriber__site")).count()
    return max(0, min(AT_ONCE, settings.per_minute - lately))


def _send(delivery: Delivery, batch: Batch) -> int:
    """Hand one letter to the mail server, if it is still wanted. Raises OSError when there is no use in going on."""
    reader = Subscriber.objects.filter(
        deliveries=delivery, status=Subscriber.Status.CONFIRMED
    ).first()
    if reader is None:
        Delivery.objects.filter(pk=delivery.pk, state=State.WAITING).update(state=State.LEFT_OUT)
        return 0
    if not _claim(delivery, batch.now):
        return 0
    message = outgoing.mail_to(
        reader.pk, reader.email, delivery_id=delivery.pk, letter=batch.letter, by=batch.by
    )
    message.connection = batch.connection
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        _refused(delivery, error, batch.now)
        return 0
    except (smtplib.SMTPResponseException, smtplib.SMTPNotSupportedError):
        _put_off(delivery, batch.now)  # the server said no, and would to the next one, too
        raise
    Delivery.objects.filter(pk=delivery.pk, state=State.HANDED).update(state=State.SENT)
    return 1


def _claim(delivery: Delivery, now: datetime) -> bool:
    """Whoever writes this first hands the letter over; nobody does once the edition is paused."""
    waiting = Delivery.objects.filter(
        pk=delivery.pk, state=State.WAITING, edition__status=Status.SENDING
    )
    return bool(waiting.update(state=State.HANDED, handed_at=now, tries=F("tries") + 1))


def _refused(delivery: Delivery, error: smtplib.SMTPRecipientsRefused, now: datetime) -> None:
    code, said = next(iter(error.recipients.values()))
    if code >= 500:
        bounces.mark(delivery, is_final=True, words=f"{code} {said.decode(errors='replace')}")
    else:
        _put_off(delivery, now)


def _put_off(delivery: Delivery, now: datetime) -> None:
    tries = delivery.tries + 1
    state = State.FAILED if tries >= MOST_TRIES else State.WAITING
    later = now + timedelta(minutes=5 ** (tries - 1))  # 1, 5, 25 minutes, 2 hours, 10 hours
    Delivery.objects.filter(pk=delivery.pk).update(state=state, next_try_at=later)


def _finish(edition: Edition, now: datetime) -> None:
    waiting = Delivery.objects.filter(edition=edition, state=State.WAITING)
    if not waiting.exists():
        sending = Edition.objects.filter(pk=edition.pk, status=Status.SENDING)
        sending.update(status=Status.SENT, finished_at=now, trouble="")


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError as error:
        log.info("The mail server did not say goodbye: %s", error)
