"""What writes and moves comments. Each action is one transaction, and says what it changed on the page."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from broadsheet.learning import log
from broadsheet.learning.models import Decision, Source
from broadsheet.spam import SpamFilter

from . import authors, entries, letters, limits, receipts, sheets, submitting, work
from .drafts import Draft
from .judging import judge
from .models import Appeal, Event, ReaderComment, Report, Revision, Status
from .places import Place
from .signals import thread_changed
from .submitting import CommentsAreClosed

__all__ = [
    "CommentsAreClosed",
    "Place",
    "accept_work",
    "decide",
    "edit",
    "submit",
    "undo",
    "withdraw",
]

# Other decisions say nothing about spam.
TEACHES: dict[str, Decision] = {Status.PUBLISHED: Decision.HAM, Status.SPAM: Decision.SPAM}
TAKEN_BACK = {Status.WITHDRAWN, Status.ERASED}  # by its author
MOST_REVISIONS = 30  # of a comment, within the minutes in which it may be changed


def submit(*, place: Place, draft: Draft, spam_filter: SpamFilter, now: datetime) -> ReaderComment:
    """Judge a comment and keep it; publish it if nothing speaks against it.

    The same text sent twice from one place is one comment. Raises CommentsAreClosed, limits.TooMany.
    """
    proposal = submitting.propose(place=place, draft=draft, spam_filter=spam_filter, now=now)
    try:
        kept = submitting.keep([proposal])[0]
    except IntegrityError:  # sent twice at the same moment
        first = submitting.sent_before([proposal.comment])
        if not first:
            raise
        return next(iter(first.values()))
    if isinstance(kept, limits.TooMany):
        raise kept
    return kept


def edit(
    *, comment: ReaderComment, draft: Draft, place: Place, spam_filter: SpamFilter, now: datetime
) -> ReaderComment:
    """The author's new text, judged like the first; the old one is kept as a revision.

    Raises authors.NotNow where the comment may not be changed (any more).
    """
    text = draft.text
    if text == comment.text:
        return comment
    with transaction.atomic():
        comment = ReaderComment.objects.select_for_update().get(pk=comment.pk)
        if not authors.can_edit(comment, settings=place.settings, now=now) or (
            Revision.objects.filter(comment=comment).count() >= MOST_REVISIONS
        ):
            raise authors.NotNow
        before = Status(comment.status)
        Revision.objects.create(
            comment=comment, text=comment.text, until=now, judgement_id=comment.judgement_id
        )
        comment.text, comment.edited_at, comment.is_html = text, now, False
        judged = judge(comment, draft, place=place, spam_filter=spam_filter, now=now)
        comment.judgement = log.record(
            submission=judged.submission,
            verdict=judged.verdict,
            source=Source.COMMENT,
            judged_at=now,
            paper=place.paper,
        )
        _settle(comment, before)
        comment.save()
        if comment.status != before:
            _note(comment, before, by=None, now=now)
            if comment.status == Status.PUBLISHED:
                letters.after_publication(comment, now=now)
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
    """A moderator's decision: the page changes, and the filter learns from it.

    What readers reported and the author's appeal are settled with it. Where the filter had put the comment there already,
    the decision confirms it. The same decision twice changes nothing, and what its author took back stays so.
    """
    comment = ReaderComment.objects.select_for_update().get(pk=comment_id)
    if comment.status in TAKEN_BACK:
        return comment
    settled = Report.objects.filter(comment=comment, closed_at=None).update(closed_at=now)
    settled += Appeal.objects.filter(comment=comment, closed_at=None).update(
        closed_at=now, closed_by=by.pk if by else None
    )
    decision = TEACHES.get(status, Decision.NONE)
    before = _teach(comment, decision, by=by, now=now)
    if comment.status != status:
        _move(comment, status, by=by, now=now, reason=reason, decided_before=before)
    elif before != decision or settled:
        _note(comment, status, by=by, now=now, reason=reason, decided_before=before)
    return comment


@transaction.atomic
def undo(*, comment_id: int, by: AbstractBaseUser, now: datetime) -> ReaderComment:
    """Put a comment back to where it was before the last decision about it, with the reports and the appeal that this settled.

    The filter unlearns that decision, and learns again what a person had decided before. What its author took back stays so.
    """
    comment = ReaderComment.objects.select_for_update().get(pk=comment_id)
    last, earlier = [*Event.objects.filter(comment=comment, by__isnull=False)[:2], None, None][:2]
    if last is None or comment.status in TAKEN_BACK:
        return comment
    Report.objects.filter(comment=comment, closed_at=last.at).update(closed_at=None)
    Appeal.objects.filter(comment=comment, closed_at=last.at).update(closed_at=None, closed_by=None)
    is_same_text = comment.edited_at is None or comment.edited_at < last.at
    decision = Decision(last.decided_before) if is_same_text else Decision.NONE
    before = _teach(comment, decision, by=by, now=now)
    if comment.status == last.before:
        _note(comment, Status(comment.status), by=by, now=now, decided_before=before)
    else:
        reason = earlier.reason if earlier is not None and earlier.after == last.before else ""
        status = Status(last.before)
        _move(comment, status, by=by, now=now, reason=reason, decided_before=before)
        if last.silently:
            comment.silently = True
            comment.save(update_fields=["silently"])
    return comment


@transaction.atomic
def withdraw(*, comment_id: int, now: datetime) -> ReaderComment:
    """The author takes the comment back. The filter learns nothing from that."""
    comment = ReaderComment.objects.select_for_update().get(pk=comment_id)
    if comment.status not in TAKEN_BACK:
        _move(comment, Status.WITHDRAWN, by=None, now=now, reason="")
    return comment


@transaction.atomic
def accept_work(*, place: Place, comment_id: int, answer: str, now: datetime) -> ReaderComment:
    """Publish a comment that only the filter's doubt holds, for a proof of work. Anything else changes nothing."""
    comment = ReaderComment.objects.select_for_update().get(pk=comment_id)
    is_waiting = comment.status == Status.HELD and comment.work_bits > 0 and not place.holds_all
    if is_waiting and work.is_done(receipts.key_of(comment), answer, bits=comment.work_bits):
        comment.work_bits, comment.rule = 0, _("Proof of work")
        _move(comment, Status.PUBLISHED, by=None, now=now, reason="")
    return comment


def _move(
    comment: ReaderComment,
    status: Status,
    *,
    by: AbstractBaseUser | None,
    now: datetime,
    reason: str,
    decided_before: Decision = Decision.NONE,
) -> None:
    before, comment.status = Status(comment.status), status
    _note(comment, before, by=by, now=now, reason=reason, decided_before=decided_before)
    comment.reason, comment.silently = reason, False
    _settle(comment, before)
    comment.save()
    if status == Status.PUBLISHED:
        letters.after_publication(comment, now=now)


def _note(
    comment: ReaderComment,
    before: Status,
    *,
    by: AbstractBaseUser | None,
    now: datetime,
    reason: str = "",
    decided_before: Decision = Decision.NONE,
) -> None:
    """Write down who brought the comment from `before` to where it is, or left it there."""
    Event.objects.create(
        comment=comment,
        before=before,
        after=comment.status,
        by_id=by.pk if by else None,
        at=now,
        reason=reason,
        decided_before=decided_before,
        silently=comment.silently,
    )


def _teach(
    comment: ReaderComment, decision: Decision, *, by: AbstractBaseUser | None, now: datetime
) -> Decision:
    """Have the filter learn a decision; returns the one before."""
    if comment.judgement_id is None:
        return decision
    return log.decide(
        judgement_id=comment.judgement_id, decision=decision, decided_at=now, decided_by=by
    )


def _settle(comment: ReaderComment, before: Status) -> None:
    """Bring the page into line with the comment's new status or text."""
    if comment.status == Status.PUBLISHED:
        _publish(comment, is_counted=before == Status.PUBLISHED)
    elif before == Status.PUBLISHED:
        sheets.leave_place(comment)
        _say_changed(comment)


def _publish(comment: ReaderComment, *, is_counted: bool = False) -> None:
    comment.html = entries.fragment(comment)
    comment.held_because = ""
    if not is_counted:
        comment.sheet = sheets.take_place(comment)
    _say_changed(comment)


def _say_changed(comment: ReaderComment) -> None:
    thread_changed.send(ReaderComment, page_id=comment.page_id, sheets=sheets.changed_with(comment))
