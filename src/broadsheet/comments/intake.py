"""New comments, taken from the requests themselves: the short way past Django's handler, for what needs no answer but a redirect.

A form with mistakes, a page that is closed, a sender who must wait: whatever is to be explained goes the long way,
to `views.writing.post`, which does the same with the same parts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from broadsheet.spam import SpamFilter

from . import limits, places, queries, reading, receipts, submitting
from .addresses import anchor_of
from .clients import Sender
from .drafts import Draft
from .forms import draft_of, number
from .models import ReaderComment
from .submitting import Proposal


class TheLongWay(Exception):
    """This has to be explained to who sent it."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A form as it came."""

    page_id: int
    body: bytes  # application/x-www-form-urlencoded, UTF-8
    sender: Sender


class Intake:
    """Forms become comments: `read` one by one, `keep` as many as wait."""

    def __init__(
        self, *, spam_filter: Callable[[int], SpamFilter], clock: Callable[[], datetime]
    ) -> None:
        self._filter = spam_filter
        self._clock = clock

    def read(self, posted: Posted) -> Proposal:
        """Check the form and judge the comment.

        Raises NotCertain, TheLongWay, CommentsAreClosed, signing.BadSignature.
        """
        place, now = places.find(posted.page_id), self._clock()
        if place is None:
            raise TheLongWay
        fields = reading.fields_of(posted.body)
        parent_id = number(fields.get("parent", ""))
        said = reading.cleaned(fields, place)
        draft = draft_of(said, parent_id, posted.sender, page_id=place.page_id, now=now)
        spam_filter = self._filter(place.paper)
        return submitting.propose(place=place, draft=draft, spam_filter=spam_filter, now=now)

    def keep(self, proposals: Sequence[Proposal]) -> list[str | None]:
        """Keep all of them at once: where each browser is led; None for what has to go the long way.

        Raises IntegrityError, with nothing kept, when one of them stands in the way of all.
        """
        kept = submitting.keep(proposals)
        return [
            None
            if isinstance(comment, limits.TooMany)
            else leads_to(comment, proposal.draft, now=proposal.comment.created_at)
            for proposal, comment in zip(proposals, kept, strict=True)
        ]


def leads_to(comment: ReaderComment, draft: Draft, *, now: datetime) -> str | None:
    """Where the sender of `draft` is led, which was kept as `comment`; None where that has to be explained.

    To its receipt, which shows it, or says why nobody else sees it. Whoever sends later what was sent before may be
    another who has copied it, from the same network: they get to see what all see.
    """
    is_shown = queries.is_shown(comment)
    if submitting.is_same_sending(comment, draft, now=now):
        return receipts.url_of(comment) + (anchor_of(comment.pk) if is_shown else "")
    return reverse("comments:comment", args=[comment.pk]) if is_shown else None
