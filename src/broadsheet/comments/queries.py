"""Reading comments one by one, with their receipts, and counting them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from wagtail.models import Page

from . import authors, places
from .addresses import comment_url, path_of
from .models import Appeal, CommentSettings, Discussion, ReaderComment, Status
from .places import Place

LARGEST_KEY = 2**63 - 1  # what a database takes for a number


def counts(page_ids: Sequence[int]) -> dict[int, int]:
    """Page id → number of comments as lists show it, in one query; pages without any are left out."""
    found = Discussion.objects.filter(page_id__in=page_ids, listed__gt=0)
    return dict(found.values_list("page_id", "listed"))


def busiest_pages(root: Page, *, since: datetime, least: int, number: int) -> list[int]:
    """The pages below `root` with the most published comments written after `since`, `least` each, the busiest first."""
    recent = ReaderComment.objects.filter(
        status=Status.PUBLISHED, created_at__gt=since, page__path__startswith=root.path
    )
    by_page = recent.order_by().values("page_id").annotate(number=Count("pk"))
    busiest = by_page.filter(number__gte=least).order_by("-number", "-page_id")
    return list(busiest.values_list("page_id", flat=True)[:number])


def published(comment_id: int) -> ReaderComment | None:
    """The comment, if it is one that readers see."""
    return ReaderComment.objects.filter(
        pk=min(comment_id, LARGEST_KEY), status=Status.PUBLISHED
    ).first()


def is_shown(comment: ReaderComment) -> bool:
    return comment.status == Status.PUBLISHED


def url_of(comment: ReaderComment, place: Place) -> str:
    """Where a published comment stands."""
    return comment_url(place.url, comment_id=comment.pk, sheet=comment.sheet or 1)


def place_of(comment: ReaderComment) -> Place | None:
    return places.find(comment.page_id)


def settings_for(comment: ReaderComment) -> CommentSettings:
    return places.settings_of(Page.objects.get(pk=comment.page_id))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a comment's author gets to see with the private link."""

    key: str
    url: str  # of the receipt itself
    comment: ReaderComment
    status: str  # in words
    is_shown: bool
    can_be_withdrawn: bool
    can_be_edited: bool
    can_be_appealed: bool
    appeal: str  # what the author wrote, if anything
    work_bits: int  # a proof of so much work publishes it; 0: none does
    longest: int  # characters
    explanation: str  # why it is held or rejected; empty if published
    article: str
    article_url: str
    comment_url: str


def receipt(comment: ReaderComment, *, key: str, now: datetime) -> Receipt:
    """Everything that the receipt's page shows."""
    page = Page.objects.get(pk=comment.page_id)
    url = path_of(page)
    settings = places.settings_of(page)
    appeal = Appeal.objects.filter(comment=comment).first()
    status = Status.HELD if comment.silently else Status(comment.status)
    return Receipt(
        key=key,
        url=reverse("comments:receipt", args=[key]),
        comment=comment,
        status=str(status.label),
        is_shown=is_shown(comment),
        can_be_edited=authors.can_edit(comment, settings=settings, now=now),
        can_be_appealed=authors.can_appeal(comment),
        appeal=appeal.text if appeal else "",
        work_bits=comment.work_bits if comment.status == Status.HELD else 0,
        longest=settings.longest,
        can_be_withdrawn=comment.status not in {Status.WITHDRAWN, Status.ERASED},
        explanation=comment.reason or comment.held_because,
        article=page.title,
        article_url=url,
        comment_url=comment_url(url, comment_id=comment.pk, sheet=comment.sheet or 1),
    )
