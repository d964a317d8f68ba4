"""Taking new comments: each is judged by itself, then all that wait are kept in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from broadsheet.learning import log
from broadsheet.learning.inserting import insert
from broadsheet.learning.log import Finding
from broadsheet.learning.models import Source
from broadsheet.spam import SpamFilter

from . import entries, identity, judging, letters, limits, sheets
from .drafts import Draft
from .identity import Origin
from .judging import Judged
from .models import ReaderComment, Status
from .places import Place
from .signals import comments_kept, thread_changed

LONGEST_USER_AGENT = 300  # characters
_SENT_AGAIN_WITHIN = timedelta(minutes=1)


class CommentsAreClosed(Exception):
    """The page takes no new comments."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A comment that was judged, and is not kept yet."""

    comment: ReaderComment
    origin: Origin
    draft: Draft
    place: Place
    judged: Judged


def propose(*, place: Place, draft: Draft, spam_filter: SpamFilter, now: datetime) -> Proposal:
    """Judge a comment and render it; nothing is written. Raises CommentsAreClosed."""
    if not place.is_open(now=now):
        raise CommentsAreClosed
    secret: str = settings.SECRET_KEY
    origin = identity.origin(secret, draft.address)
    comment = _comment(draft, place, origin, now)
    judged = judging.judge(comment, draft, place=place, spam_filter=spam_filter, now=now)
    if comment.status == Status.PUBLISHED:
        comment.html, comment.held_because = entries.fragment(comment), ""
    return Proposal(comment, origin, draft, place, judged)


@transaction.atomic
def keep(proposals: Sequence[Proposal]) -> list[ReaderComment | limits.TooMany]:
    """Keep them in one transaction, with a number of queries that does not grow; publish what may be seen.

    The same text sent twice from one place is one comment. Raises IntegrityError, with nothing kept, where another
    process keeps the same one at this moment.
    """
    kept = sent_before([proposal.comment for proposal in proposals])
    recent = limits.recent([(p.origin, p.place.settings, p.comment.created_at) for p in proposals])
    refused: dict[str, limits.TooMany] = {}
    new: list[Proposal] = []
    for proposal in proposals:
        once = proposal.comment.sent_once or ""
        if once in kept:
            continue
        try:
            recent.take(proposal.origin, proposal.place.settings, now=proposal.comment.created_at)
        except limits.TooMany as error:
            refused[once] = error
        else:
            kept[once] = proposal.comment
            new.append(proposal)
    _store(new)
    return [
        kept.get(p.comment.sent_once or "") or refused[p.comment.sent_once or ""] for p in proposals
    ]


def sent_before(comments: Sequence[ReaderComment]) -> dict[str, ReaderComment]:
    """Those of the comments that were sent already, by `sent_once`."""
    found = ReaderComment.objects.filter(sent_once__in=[comment.sent_once for comment in comments])
    if not found.exists():  # as nearly always; asking for all columns takes longer
        return {}
    return {comment.sent_once or "": comment for comment in found}


def is_same_sending(comment: ReaderComment, draft: Draft, *, now: datetime) -> bool:
    """Was `draft` sent together with `comment`, or once more at once by the same browser (a double click, a reload)?"""
    is_soon = now - comment.created_at < _SENT_AGAIN_WITHIN
    return is_soon and comment.user_agent == draft.user_agent[:LONGEST_USER_AGENT]


def _store(proposals: Sequence[Proposal]) -> None:
    if not proposals:
        return
    comments = [proposal.comment for proposal in proposals]
    changed = _take_places(proposals)
    judgements = log.record_all(
        Finding(
            p.judged.submission,
            p.judged.verdict,
            Source.COMMENT,
            p.comment.created_at,
            paper=p.place.paper,
        )
        for p in proposals
    )
    for comment, judgement in zip(comments, judgements, strict=True):
        comment.judgement = judgement
    insert(comments)
    for proposal in proposals:
        letters.after_submission(
            proposal.comment,
            proposal.draft,
            place=proposal.place,
            now=proposal.comment.created_at,
        )
    published = [comment for comment in comments if comment.status == Status.PUBLISHED]
    letters.tell_the_answered(published, now=comments[-1].created_at)
    for page_id, numbers in changed.items():
        thread_changed.send(ReaderComment, page_id=page_id, sheets=numbers)
    statuses = [comment.status for comment in comments]
    transaction.on_commit(lambda: comments_kept.send(ReaderComment, statuses=statuses))


def _take_places(proposals: Sequence[Proposal]) -> dict[int, tuple[int, ...]]:
    """Give each its parent, if that still stands on its page, and its sheet; page → the sheets that look different now."""
    wanted = {p.draft.parent_id for p in proposals if p.draft.parent_id is not None}
    parents = sheets.published_on(wanted)
    published: dict[int, list[ReaderComment]] = {}
    for proposal in proposals:
        comment = proposal.comment
        if parents.get(proposal.draft.parent_id or 0, (0, 0))[0] == comment.page_id:
            comment.parent_id = proposal.draft.parent_id
        if comment.status == Status.PUBLISHED:
            published.setdefault(comment.page_id, []).append(comment)
    return {
        page_id: sheets.take_new_places(
            page_id, published[page_id], {pk: sheet for pk, (_, sheet) in parents.items()}
        )
        for page_id in sorted(
            published
        )  # in one order, so that two processes don't wait for each other
    }


def _comment(draft: Draft, place: Place, origin: Origin, now: datetime) -> ReaderComment:
    secret: str = settings.SECRET_KEY
    words = (draft.author, draft.email, draft.text, draft.address)
    return ReaderComment(
        page_id=place.page_id,
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
        user_agent=draft.user_agent[:LONGEST_USER_AGENT],
        sent_once=identity.keyed_hash(
            secret, "once", str(place.page_id), str(draft.parent_id), *words
        ),
    )
