"""What an editor does with an edition: each action is one transaction, and refuses what the edition's state does not allow."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from broadsheet.comments.offices import belonging_to

from . import composing
from .models import Delivery, Edition, Subscriber

Status, State = Edition.Status, Delivery.State
BATCH = 1000  # rows in one statement
UNCLEAR_AFTER = timedelta(minutes=10)  # no mail server takes so long over one letter


class NotNow(Exception):
    """The edition's state does not allow it (any more)."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many letters of an edition are in which state."""

    all: int
    sent: int
    waiting: int
    unclear: int
    bounced: int
    failed: int
    left_out: int


def schedule(edition_id: int, *, at: datetime) -> None:
    """It is sent at that time, or at once when that is past. Raises NotNow."""
    _move(edition_id, {Status.DRAFT, Status.SCHEDULED}, Status.SCHEDULED, scheduled_at=at)


def unschedule(edition_id: int) -> None:
    """Back to a draft. Raises NotNow."""
    _move(edition_id, {Status.SCHEDULED}, Status.DRAFT, scheduled_at=None)


def pause(edition_id: int) -> None:
    """Letters that are not handed over yet wait. Raises NotNow."""
    _move(edition_id, {Status.SENDING}, Status.PAUSED)


def resume(edition_id: int) -> None:
    """The sending goes on. Raises NotNow."""
    _move(edition_id, {Status.PAUSED}, Status.SENDING, trouble="")


@transaction.atomic
def cancel(edition_id: int, *, now: datetime) -> None:
    """Letters that are not handed over yet are never sent. Raises NotNow."""
    _move(edition_id, {Status.SENDING, Status.PAUSED}, Status.CANCELLED, finished_at=now)
    waiting = Delivery.objects.filter(edition=edition_id, state=State.WAITING)
    waiting.update(state=State.LEFT_OUT)


@transaction.atomic
def try_again(edition_id: int, *, now: datetime) -> int:
    """What failed, and what nobody knows of, waits anew: an editor's decision. Returns how many letters."""
    edition = Edition.objects.select_for_update().get(pk=edition_id)
    letters = Delivery.objects.filter(edition=edition)
    unclear = letters.filter(state=State.HANDED, handed_at__lt=now - UNCLEAR_AFTER)
    number = unclear.update(state=State.WAITING, next_try_at=now, tries=0)
    failed = letters.filter(state=State.FAILED)
    number += failed.update(state=State.WAITING, next_try_at=now, tries=0)
    if number and edition.status == Status.SENT:
        edition.status, edition.finished_at = Status.SENDING, None
        edition.save()
    return number


@transaction.atomic
def begin(edition_id: int, *, now: datetime) -> None:
    """Compose the letter, and write down who gets it; an empty one is a draft again. Raises NotNow."""
    edition = Edition.objects.select_for_update().get(pk=edition_id)
    if edition.status != Status.SCHEDULED:
        raise NotNow
    if composing.is_empty(edition, now=now):
        edition.status, edition.scheduled_at = Status.DRAFT, None
        edition.save()
        return
    letter = composing.compose(edition, now=now)
    edition.html, edition.text = letter.html, letter.text
    edition.status, edition.started_at, edition.trouble = Status.SENDING, now, ""
    edition.save()
    own = Subscriber.objects.filter(belonging_to(edition.newspaper_site))
    readers = own.filter(status=Subscriber.Status.CONFIRMED).order_by("pk")
    Delivery.objects.bulk_create(
        (
            Delivery(edition=edition, subscriber_id=number, next_try_at=now)
            for number in readers.values_list("pk", flat=True)
        ),
        batch_size=BATCH,
    )


def progress(edition_id: int) -> Progress:
    """One query."""
    rows = Delivery.objects.filter(edition=edition_id).order_by().values_list("state")
    counted = dict(rows.annotate(Count("pk")))
    return Progress(
        all=sum(counted.values()),
        sent=counted.get(State.SENT, 0),
        waiting=counted.get(State.WAITING, 0),
        unclear=counted.get(State.HANDED, 0),
        bounced=counted.get(State.BOUNCED, 0),
        failed=counted.get(State.FAILED, 0),
        left_out=counted.get(State.LEFT_OUT, 0),
    )


def _move(
    edition_id: int, before: Collection[Edition.Status], after: Edition.Status, **fields: object
) -> None:
    moved = Edition.objects.filter(pk=edition_id, status__in=before)
    if not moved.update(status=after, **fields):
        raise NotNow
