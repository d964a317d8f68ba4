"""All that is stored of comments and their authors, for the authors."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from broadsheet.learning.models import LoggedJudgement

from .models import Appeal, Event, Letter, ReaderComment, Revision, Subscription

JUDGED = (
    *("submission", "judgement", "spam_probability", "clues", "judged_at"),
    *("decision", "decided_at"),
)
_Rows = defaultdict[int, list[dict[str, Any]]]  # by comment


def export(comments: Sequence[ReaderComment]) -> list[dict[str, Any]]:
    """Comment by comment, in plain values. Six queries, however many comments there are."""
    revisions = _of(Revision.objects.all(), comments, "text", "until", "judgement_id")
    events = _of(Event.objects.all(), comments, "before", "after", "at", "reason")
    appeals = _of(Appeal.objects.all(), comments, "text", "created_at", "closed_at")
    replies = _of(
        Subscription.objects.all(),
        comments,
        *("email", "created_at", "asked_at", "confirmed_at", "told_at"),
    )
    to_the_author = Letter.objects.exclude(kind=Letter.Kind.REPLY)  # those go to others
    mails = _of(to_the_author, comments, "kind", "created_at", "sent_at")
    judged = _judged(comments, revisions)
    return [
        {
            "comment": {
                field.attname: _plain(getattr(comment, field.attname))
                for field in ReaderComment._meta.concrete_fields
            },
            "revisions": revisions[comment.pk],
            "events": events[comment.pk],
            "appeals": appeals[comment.pk],
            "replies_by_email": replies[comment.pk],
            "mails": mails[comment.pk],
            "filter": judged[comment.pk],
        }
        for comment in comments
    ]


def _of(rows: "QuerySet[Any]", comments: Sequence[ReaderComment], *fields: str) -> _Rows:
    """These fields of the rows of each comment, in their order."""
    found: _Rows = defaultdict(list)
    for row in rows.filter(comment__in=comments).values("comment_id", *fields):
        found[row.pop("comment_id")].append(row)
    return found


def _judged(comments: Iterable[ReaderComment], revisions: _Rows) -> _Rows:
    """What the filter has logged of each comment, and of what it said before, the oldest first."""
    pairs = [(comment.judgement_id, comment.pk) for comment in comments]
    for pk, before in revisions.items():
        pairs += [(revision.pop("judgement_id"), pk) for revision in before]
    whose = {judgement: pk for judgement, pk in pairs if judgement is not None}
    found: _Rows = defaultdict(list)
    rows = LoggedJudgement.objects.filter(pk__in=list(whose)).order_by("pk")
    for row in rows.values("pk", *JUDGED):
        found[whose[row.pop("pk")]].append(row)
    return found


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | bool | datetime | None) else str(value)
