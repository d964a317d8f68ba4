"""Everything that changes a comment. Each action is one transaction, and says what it changed on the page."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from broadsheet.learning import log
from broadsheet.learning.models import Decision, Source
from broadsheet.spam import SpamFilter

from . import drafts, entries, identity, sheets, verdicts
from .drafts import Draft
from .models import Event, ReaderComment, Status
from .places import Place
from .signals import thread_changed

TEACHES = {
    Status.PUBLISHED: Decision.HAM,
    Status.SPAM: Decision.SPAM,
}  # other decisions say nothing about spam


class CommentsAreClosed(Exception):
    """The page takes no new comments."""


def submit(*, place: Place, draft: Draft, spam_filter: SpamFilter, now: datetime) -> ReaderComment:
    """Judge a comment and keep it; publish it if nothing speaks against it.

    The same text sent twice from one place is one comment. Raises CommentsAreClosed.
    """
    if not place.is_open(now=now):
        raise CommentsAreClosed
    submission = drafts.submission(
        draft, article=place.title, language=place.language or get_language() or "", now=now
    )
    verdict = spam_filter.judge(submission)
    comment = _new_comment(draft, place, now)
    outcome = verdicts.outcome(draft, place=place, verdict=verdict, author_hash=comment.email_hash)
    comment.status, comment.held_because = outcome.status, outcome.because
    try:
        with transaction.atomic():
            comment.judgement = log.record(
                submission=submission, verdict=verdict, source=Source.COMMENT, judged_at=now
            )
            if comment.status == Status.PUBLISHED:
                _publish(comment)
            comment.save(force_insert=True)
    except IntegrityError:
        first = ReaderComment.objects.filter(sent_once=comment.sent_once).first()
        if first is None:
            raise
        return first
    return comment


@transaction.atomic
def decide(
    *,
    comment_id: int,
    status: Status,
    by: AbstractBaseUser | None,
    now: datetime,
    reason: str = "",
) -> ReaderComment:
    """A moderator's decision: the page changes, and the filter learns from it. The same decision twice changes nothing."""
    comment = ReaderComment.objects.select_for_update().get(pk=comment_id)
    if comment.status in {status, Status.ERASED}:
        return comment
    _move(comment, status, by=by, now=now, reason=reason)
    if comment.judgement_id is not None:
        log.decide(
            judgement_id=comment.judgement_id,
            decision=TEACHES.get(status, Decision.NONE),
            decided_at=now,
            decided_by=by,
        )
    return comment


@transaction.atomic
def undo(*, comment_id: int, by: AbstractBaseUser, now: datetime) -> ReaderComment:
    """Put a comment back to where it was before the last decision about it; the filter unlearns that one."""
    event = Event.objects.filter(comment_id=comment_id, by__isnull=False).first()
    if event is None:
        return ReaderComment.objects.get(pk=comment_id)
    return decide(comment_id=comment_id, status=Status(event.before), by=by, now=now)


@transaction.atomic
def withdraw(*, comment_id: int, now: datetime) -> ReaderComment:
    """The author takes the comment back. The filter learns nothing from that."""
    comment = ReaderComment.objects.select_for_update().get(pk=comment_id)
    if comment.status not in {Status.WITHDRAWN, Status.ERASED}:
        _move(comment, Status.WITHDRAWN, by=None, now=now, reason="")
    return comment


def _new_comment(draft: Draft, place: Place, now: datetime) -> ReaderComment:
    secret: str = settings.SECRET_KEY
    origin = identity.origin(secret, draft.address)
    return ReaderComment(
        page_id=place.page_id,
        parent_id=_parent_id(draft, place),
        author=draft.author,
        author_key=identity.keyed_hash(secret, "portrait", draft.email.lower() or draft.author),
        email=draft.email,
        email_hash=identity.email_hash(secret, draft.email),
        web_address=draft.web_address,
        text=draft.text,
        created_at=now,
        language=place.language,
        network=origin.network,
        address_hash=origin.address_hash,
        user_agent=draft.user_agent[:300],
        sent_once=identity.keyed_hash(
            secret,
            "once",
            *(str(place.page_id), str(draft.parent_id), draft.author, draft.email, draft.text),
            draft.address,
        ),
    )


def _parent_id(draft: Draft, place: Place) -> int | None:
    """The comment that is answered, if it still stands on this page."""
    if draft.parent_id is None:
        return None
    return (
        ReaderComment.objects.filter(
            pk=draft.parent_id, page_id=place.page_id, status=Status.PUBLISHED
        )
        .values_list("pk", flat=True)
        .first()
    )


def _move(
    comment: ReaderComment,
    status: Status,
    *,
    by: AbstractBaseUser | None,
    now: datetime,
    reason: str,
) -> None:
    before, comment.status, comment.reason = Status(comment.status), status, reason
    Event.objects.create(
        comment=comment,
        before=before,
        after=status,
        by_id=by.pk if by else None,
        at=now,
        reason=reason,
    )
    if status == Status.PUBLISHED:
        _publish(comment)
    elif before == Status.PUBLISHED:
        _unpublish(comment)
    comment.save()


def _publish(comment: ReaderComment) -> None:
    comment.html = entries.fragment(comment)
    comment.held_because = ""
    comment.sheet = sheets.take_place(comment)
    _say_changed(comment)


def _unpublish(comment: ReaderComment) -> None:
    sheets.leave_place(comment)
    _say_changed(comment)


def _say_changed(comment: ReaderComment) -> None:
    thread_changed.send(ReaderComment, page_id=comment.page_id, sheets=(comment.sheet,))
