"""Deciding who is to be mailed. What is written here goes out later, by `post.send_waiting`.

Nobody can use the form to mail strangers: letters carry no word of a comment before the address was confirmed, a
confirmation is asked for only after the comment was published, and an address gets few letters a day.
"""

from datetime import datetime, timedelta

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
    if comment.status == Status.PUBLISHED:
        if draft.wants_replies:
            _ask_to_confirm(comment, now)
        if comment.parent_id is not None:
            _tell_the_answered(comment, now)


def after_publication(comment: ReaderComment, *, now: datetime) -> None:
    """Ask the author to confirm, and tell those who are answered."""
    _ask_to_confirm(comment, now)
    if comment.parent_id is not None:
        _tell_the_answered(comment, now)


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


def _tell_the_answered(comment: ReaderComment, now: datetime) -> None:
    """One letter for each subscriber whose comment is above this one in the conversation; once for each reply."""
    waiting = Subscription.objects.filter(page_id=comment.page_id, confirmed_at__isnull=False)
    if not waiting.exists():
        return
    authors = _authors_above(comment)
    known = set(
        Letter.objects.filter(kind=Letter.Kind.REPLY, comment=comment).values_list(
            "subscription_id", flat=True
        )
    )
    for subscription in waiting.filter(email_hash__in=authors):
        if subscription.email_hash != comment.email_hash and subscription.pk not in known:
            _write(Letter.Kind.REPLY, comment, now, subscription)


def _authors_above(comment: ReaderComment) -> set[str]:
    authors: set[str] = set()
    above = comment.parent
    for _ in range(LONGEST_LINE):
        if above is None:
            break
        authors.add(above.email_hash)
        above = above.parent
    return authors - {""}


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
    Letter.objects.create(
        kind=kind, comment=comment, subscription=subscription, created_at=now, next_try_at=now
    )
