"""What the desk shows: one card a comment, with all that a moderator needs to decide. Queries don't grow with cards."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from broadsheet.comments import actions
from broadsheet.comments.models import Event, ReaderComment, Report, Status
from broadsheet.learning import log
from broadsheet.spam import Clue

from .desks import Desk
from .highlight import Piece, pieces

PER_PAGE = 100


class Pile(models.TextChoices):
    """What lies together on the desk."""

    HELD = "HELD", gettext_lazy("Held")
    REPORTED = "REPORTED", gettext_lazy("Reported")
    APPEALED = "APPEALED", gettext_lazy("Appeals")
    PUBLISHED = "PUBLISHED", gettext_lazy("Published")
    SPAM = "SPAM", gettext_lazy("Spam")
    REJECTED = "REJECTED", gettext_lazy("Rejected")
    WITHDRAWN = "WITHDRAWN", gettext_lazy("Withdrawn")


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision that can be made about a comment."""

    status: str
    words: str
    key: str  # on the keyboard


@dataclass(frozen=True, slots=True)
class Card:
    """A comment on the desk."""

    comment: ReaderComment
    text: tuple[Piece, ...]
    clues: tuple[Clue, ...]  # strongest first
    spam_percent: int | None
    history: tuple[tuple[str, int], ...]  # status in words, how many by the same author
    events: tuple[Event, ...]  # newest first
    reports: tuple[Report, ...]
    appeal: str  # what the author wrote, if that waits
    choices: tuple[Choice, ...]


def on(desk: Desk, pile: Pile) -> "QuerySet[ReaderComment]":
    """Comments as a desk lists them: what waits, oldest first; what is decided, newest first."""
    found = desk.comments().select_related("page", "parent", "judgement", "appeal")
    match pile:
        case Pile.REPORTED:
            waiting = found.filter(pk__in=_reported())
        case Pile.APPEALED:
            waiting = found.filter(appeal__isnull=False, appeal__closed_at=None)
        case Pile.HELD:
            waiting = found.filter(status=Status.HELD)
        case _:
            return found.filter(status=pile.value).order_by("-pk")
    return waiting.order_by("created_at", "pk")


def counts(desk: Desk) -> dict[str, int]:
    """Pile → number of comments."""
    comments = desk.comments()
    by_status = comments.order_by().values_list("status").annotate(number=Count("pk"))
    return dict(by_status) | {
        Pile.REPORTED.value: comments.filter(pk__in=_reported()).count(),
        Pile.APPEALED.value: comments.filter(appeal__isnull=False, appeal__closed_at=None).count(),
    }


def cards(comments: Iterable[ReaderComment]) -> tuple[Card, ...]:
    """Cards for `comments` from `on`."""
    comments = list(comments)
    histories = _histories(comments)
    events = _by_comment(Event.objects.filter(comment__in=comments).select_related("by"))
    reports = _by_comment(Report.objects.filter(comment__in=comments, closed_at=None))
    return tuple(
        _card(
            comment,
            histories.get(comment.email_hash, ()),
            tuple(events[comment.pk]),
            tuple(reports[comment.pk]),
        )
        for comment in comments
    )


def choices(status: str) -> tuple[Choice, ...]:
    """What can be decided about a comment that stands at `status`; deciding the same closes reports and appeals."""
    if status in actions.TAKEN_BACK:
        return ()
    return (
        Choice(
            Status.PUBLISHED.value,
            _("Keep it published") if status == Status.PUBLISHED else _("Publish"),
            "p",
        ),
        Choice(
            Status.REJECTED.value,
            _("Stay with the rejection") if status == Status.REJECTED else _("Reject"),
            "r",
        ),
        Choice(Status.SPAM.value, _("It is spam") if status == Status.SPAM else _("Spam"), "s"),
    )


def _card(
    comment: ReaderComment,
    history: tuple[tuple[str, int], ...],
    events: tuple[Event, ...],
    reports: tuple[Report, ...],
) -> Card:
    judgement = comment.judgement
    clues = log.clues_of(judgement) if judgement else ()
    return Card(
        comment=comment,
        text=tuple(pieces(comment.text, clues)),
        clues=clues,
        spam_percent=round(100 * judgement.spam_probability) if judgement else None,
        history=history,
        events=events,
        reports=reports,
        appeal=_open_appeal(comment),
        choices=choices(comment.status),
    )


def _reported() -> "QuerySet[Report, int]":
    return Report.objects.filter(closed_at=None).values_list("comment_id", flat=True)


def _open_appeal(comment: ReaderComment) -> str:
    appeal = getattr(comment, "appeal", None)
    return appeal.text if appeal is not None and appeal.closed_at is None else ""


def _histories(comments: Sequence[ReaderComment]) -> dict[str, tuple[tuple[str, int], ...]]:
    """E-mail hash → what became of its author's comments."""
    hashes = {comment.email_hash for comment in comments if comment.email_hash}
    found = (
        ReaderComment.objects.filter(email_hash__in=hashes)
        .order_by()
        .values_list("email_hash", "status")
        .annotate(number=Count("pk"))
    )
    histories: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for email_hash, status, number in found:
        histories[email_hash].append((str(Status(status).label), number))
    return {email_hash: tuple(history) for email_hash, history in histories.items()}


def _by_comment(rows: "QuerySet[Any]") -> defaultdict[int, list[Any]]:
    """Comment → its rows, in their order."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.comment_id].append(row)
    return found
