"""Deciding who is to be mailed. What is written here goes out later, by `post.send_waiting`.

Nobody can use the form to mail strangers: letters carry no word of a comment before the address was confirmed, a
confirmation is asked for only after the comment was published, and an address gets few letters a day.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import chain

from django.db import connection

from .drafts import Draft
from .models import CommentSettings, Letter, ReaderComment, Status, Subscription
from .places import Place

UNASKED_PER_DAY = 3  # letters to an address that was never confirmed
LONGEST_LINE = 50  # ancestors of a reply that are looked at


def after_submission(comment: ReaderComment, draft: Draft, *, place: Place, now: datetime) -> None:
    """Note what the author asked for, in the transaction that keeps the comment."""
    if draft.email and comment.status != Status.SPAM and not comment.silently:
        if draft.wants_receipt and _may_be_mailed(comment.email_hash, now):
            _write(Letter.Kind.RECEIPT, comment, now)
        if draft.wants_replies and place.settings.tell_of_replies:
            Subscription.objects.get_or_create(
                page_id=comment.page_id,
                email_hash=comment.email_hash,
                defaults={"email": draft.email, "comment": comment, "created_at": now},
            )  # an earlier comment's, if that was not published: _ask_to_confirm finds it
    if comment.status == Status.PUBLISHED and draft.wants_replies:
        _ask_to_confirm(comment, now)


def after_publication(comment: ReaderComment, *, now: datetime) -> None:
    """Ask the author to confirm, and tell those who are answered."""
    _ask_to_confirm(comment, now)
    tell_the_answered([comment], now=now)


def tell_the_answered(published: Sequence[ReaderComment], *, now: datetime) -> None:
    """A letter for each subscriber whose comment is above one of these in the conversation; once for each reply.

    Five queries, however many they are and however deep they stand; one where nobody wants to be told, none without replies.
    """
    replies = [comment for comment in published if comment.parent_id is not None]
    pages = {comment.page_id for comment in replies}
    waiting = Subscription.objects.filter(page_id__in=pages, confirmed_at__isnull=False)
    if not replies or not waiting.exists():
        return
    above = _authors_from({comment.parent_id for comment in replies if comment.parent_id})
    asking = waiting.filter(email_hash__in=set(chain.from_iterable(above.values())))
    known = Letter.objects.filter(kind=Letter.Kind.REPLY, comment__in=replies)
    told = set(known.values_list("comment_id", "subscription_id"))
    Letter.objects.bulk_create(
        _letter(Letter.Kind.REPLY, comment, now, subscription)
        for subscription in asking
        for comment in replies
        if comment.page_id == subscription.page_id
        and comment.email_hash != subscription.email_hash
        and subscription.email_hash in above.get(comment.parent_id or 0, ())
        and (comment.pk, subscription.pk) not in told
    )


def _ask_to_confirm(comment: ReaderComment, now: datetime) -> None:
    if not comment.email_hash:
        return
    asking = Subscription.objects.filter(
        page_id=comment.page_id, email_hash=comment.email_hash, asked_at=None, confirmed_at=None
    ).first()
    if asking is not None and _may_be_mailed(comment.email_hash, now):
        asking.asked_at, asking.comment = now, comment
        asking.save(update_fields=["asked_at", "comment"])
        _write(Letter.Kind.CONFIRM, comment, now, asking)


def send_own_data(comment: ReaderComment, *, now: datetime) -> None:
    """Mail the author of `comment` the link to everything that is stored of them."""
    if _may_be_mailed(comment.email_hash, now):
        _write(Letter.Kind.DATA, comment, now)


def confirm(subscription: Subscription, *, now: datetime) -> None:
    """The address is the author's own."""
    Subscription.objects.filter(pk=subscription.pk, confirmed_at=None).update(confirmed_at=now)


def unsubscribe(subscription: Subscription) -> None:
    """No letter goes there any more."""
    subscription.delete()


def is_on(settings: CommentSettings) -> bool:
    """Can readers ask to be told of replies?"""
    return settings.tell_of_replies and settings.email_field != "OFF"


_ABOVE = """
    WITH RECURSIVE above (start, parent_id, email_hash, height) AS (
        SELECT id, parent_id, email_hash, 1 FROM comments_readercomment WHERE id IN ({marks})
        UNION ALL
        SELECT above.start, answered.parent_id, answered.email_hash, above.height + 1
        FROM comments_readercomment AS answered JOIN above ON answered.id = above.parent_id
        WHERE above.height < %s
    )
    SELECT DISTINCT start, email_hash FROM above WHERE email_hash <> ''
"""


def _authors_from(comment_ids: Collection[int]) -> dict[int, set[str]]:
    """Comment → the hashed addresses of its author and of those above, LONGEST_LINE at most."""
    statement = _ABOVE.format(marks=", ".join(["%s"] * len(comment_ids)))
    found: dict[int, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, [*comment_ids, LONGEST_LINE])
        for start, email_hash in cursor.fetchall():
            found.setdefault(start, set()).add(email_hash)
    return found


def _may_be_mailed(email_hash: str, now: datetime) -> bool:
    """Few letters a day go to one address, whoever types it into forms."""
    recent = Letter.objects.filter(
        comment__email_hash=email_hash, created_at__gt=now - timedelta(days=1)
    ).exclude(kind=Letter.Kind.REPLY)
    return recent.count() < UNASKED_PER_DAY


def _write(
    kind: Letter.Kind,
    comment: ReaderComment,
    now: datetime,
    subscription: Subscription | None = None,
) -> None:
    _letter(kind, comment, now, subscription).save()


def _letter(
    kind: Letter.Kind, comment: ReaderComment, now: datetime, subscription: Subscription | None
) -> Letter:
    return Letter(
        kind=kind, comment=comment, subscription=subscription, created_at=now, next_try_at=now
    )
