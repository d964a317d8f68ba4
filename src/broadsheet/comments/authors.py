"""What an author may do with the receipt: change the comment, appeal, have everything erased."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction

from broadsheet.learning import log

from . import sheets
from .models import (
    Appeal,
    CommentSettings,
    Event,
    Letter,
    ReaderComment,
    Report,
    Revision,
    Status,
    Subscription,
)
from .signals import thread_changed

MAY_APPEAL = {Status.SPAM, Status.REJECTED}
MAY_EDIT = {Status.PUBLISHED, Status.HELD}


class NotNow(Exception):
    """The comment's status or age does not allow it (any more)."""


def can_edit(comment: ReaderComment, *, settings: CommentSettings, now: datetime) -> bool:
    window = timedelta(minutes=settings.edit_minutes)
    return comment.status in MAY_EDIT and now < comment.created_at + window and not comment.is_html


def can_appeal(comment: ReaderComment) -> bool:
    """Once, and only what was refused openly."""
    refused = comment.status in MAY_APPEAL and not comment.silently
    return refused and not Appeal.objects.filter(comment=comment).exists()


@transaction.atomic
def appeal(*, comment_id: int, text: str, now: datetime) -> Appeal:
    """Ask the moderators to look again. Raises NotNow."""
    comment = ReaderComment.objects.select_for_update().get(pk=comment_id)
    if not can_appeal(comment):
        raise NotNow
    return Appeal.objects.create(comment=comment, text=text[:2000], created_at=now)


@transaction.atomic
def revoke_receipt(*, comment_id: int) -> ReaderComment:
    """Make a new private link; the old one leads nowhere from now on."""
    comment = ReaderComment.objects.select_for_update().get(pk=comment_id)
    comment.receipt_number += 1
    comment.save(update_fields=["receipt_number"])
    return comment


def erase(*, comment_ids: Iterable[int], unlearn: bool, now: datetime) -> None:
    """Remove everything that authors wrote or left behind. An empty mark stays, so that replies keep their place.

    What the filter learnt stays as numbers, unless it is to `unlearn` them. One transaction for each comment.
    """
    for comment_id in comment_ids:
        _erase(comment_id, unlearn=unlearn, now=now)
    forget_journal()


@transaction.atomic
def _erase(comment_id: int, *, unlearn: bool, now: datetime) -> None:
    comment = ReaderComment.objects.select_for_update().get(pk=comment_id)
    if comment.status == Status.ERASED:
        return
    was_published = comment.status == Status.PUBLISHED
    judgements = _judgements(comment)
    for model in (Revision, Appeal, Report, Letter, Subscription):
        model._default_manager.filter(comment=comment).delete()
    Event.objects.filter(comment=comment).update(reason="")
    _empty(comment)
    if was_published:
        sheets.leave_place(comment)
    if comment.sheet:
        changed = sheets.changed_with(comment)
        thread_changed.send(ReaderComment, page_id=comment.page_id, sheets=changed)
    log.erase(judgement_ids=judgements, unlearn=unlearn)
    Event.objects.create(comment=comment, before=Status.ERASED, after=Status.ERASED, at=now)


def forget_journal() -> None:
    """SQLite keeps what was overwritten in its journal until that is emptied; PostgreSQL cleans up by itself."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _judgements(comment: ReaderComment) -> list[int]:
    earlier = Revision.objects.filter(comment=comment).values_list("judgement_id", flat=True)
    return [key for key in (comment.judgement_id, *earlier) if key is not None]


def _empty(comment: ReaderComment) -> None:
    comment.status = Status.ERASED
    for name in (
        *("author", "author_key", "email", "email_hash", "web_address", "text", "html"),
        *("network", "address_hash", "user_agent", "held_because", "rule", "reason"),
    ):
        setattr(comment, name, "")
    comment.sent_once = None
    comment.receipt_number += 1
    comment.save()
