"""What the desk shows: one card a comment, with all that a moderator needs to decide. Queries don't grow with cards."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from broadsheet.comments.models import Event, ReaderComment, Status
from broadsheet.learning import log
from broadsheet.spam import Clue

from .highlight import Piece, pieces

PER_PAGE = 100


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
    last_event: Event | None
    choices: tuple[Choice, ...]


def with_status(status: Status) -> "QuerySet[ReaderComment]":
    """Comments as the desk lists them: what waits, oldest first; what is decided, newest first."""
    found = ReaderComment.objects.filter(status=status).select_related(
        "page", "parent", "judgement"
    )
    return found.order_by("created_at", "pk") if status == Status.HELD else found.order_by("-pk")


def counts() -> dict[str, int]:
    """Status → number of comments."""
    return dict(ReaderComment.objects.order_by().values_list("status").annotate(number=Count("pk")))


def cards(comments: Iterable[ReaderComment]) -> tuple[Card, ...]:
    """Cards for `comments` from `with_status`."""
    comments = list(comments)
    histories = _histories(comments)
    events = _last_events(comments)
    return tuple(
        _card(comment, histories.get(comment.email_hash, ()), events.get(comment.pk))
        for comment in comments
    )


def choices(status: str) -> tuple[Choice, ...]:
    """What can be decided about a comment that stands at `status`."""
    return tuple(
        Choice(to.value, words, key)
        for to, words, key in (
            (Status.PUBLISHED, _("Publish"), "p"),
            (Status.REJECTED, _("Reject"), "r"),
            (Status.SPAM, _("Spam"), "s"),
        )
        if to != status
    )


def _card(
    comment: ReaderComment, history: tuple[tuple[str, int], ...], last_event: Event | None
) -> Card:
    judgement = comment.judgement
    clues = log.clues_of(judgement) if judgement else ()
    return Card(
        comment=comment,
        text=tuple(pieces(comment.text, clues)),
        clues=clues,
        spam_percent=round(100 * judgement.spam_probability) if judgement else None,
        history=history,
        last_event=last_event,
        choices=choices(comment.status),
    )


def _histories(comments: Sequence[ReaderComment]) -> dict[str, tuple[tuple[str, int], ...]]:
    """E-mail hash → what became of its author's comments."""
    hashes = {comment.email_hash for comment in comments if comment.email_hash}
    found = (
        ReaderComment.objects.filter(email_hash__in=hashes)
        .order_by()
        .values_list("email_hash", "status")
        .annotate(number=Count("pk"))
    )
    histories: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for email_hash, status, number in found:
        histories[email_hash].append((str(Status(status).label), number))
    return {email_hash: tuple(history) for email_hash, history in histories.items()}


def _last_events(comments: Sequence[ReaderComment]) -> dict[int, Event]:
    """Comment → its latest event."""
    found = Event.objects.filter(comment__in=comments).select_related("by").order_by("pk")
    return {event.comment_id: event for event in found}
