"""Reading discussions: what is printed below a page, with a number of queries that does not grow."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from django.db.models import Count
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from . import authors, entries, places
from .addresses import path_of
from .conversation import Row, Turn, in_reading_order
from .entries import Entry, Words
from .memory import once
from .models import Appeal, CommentSettings, Discussion, ReaderComment, Status
from .places import Place

LARGEST_KEY = 2**63 - 1  # what a database takes for a number


@dataclass(frozen=True, slots=True)
class Frame:
    """What the page around a discussion decides about it: known once, until the page itself is printed anew."""

    page_id: int
    sheet: int
    url: str  # of the page
    depth: int  # levels
    is_open: bool
    corrected_at: str = ""  # when the page was last corrected (ISO 8601), if ever


@dataclass(frozen=True, slots=True)
class Thread:
    """One sheet of a page's discussion, oldest first, ready to print."""

    frame: Frame
    count: int  # published comments on all sheets
    entries: SafeString  # joined; empty if there are none
    earlier_url: str
    later_url: str


def counts(page_ids: Sequence[int]) -> dict[int, int]:
    """Page id → number of comments as lists show it, in one query; pages without any are left out."""
    found = Discussion.objects.filter(page_id__in=page_ids, listed__gt=0)
    return dict(found.values_list("page_id", "listed"))


def busiest_pages(*, since: datetime, least: int, number: int) -> list[int]:
    """The pages with the most published comments written after `since`, `least` each, the busiest first."""
    recent = ReaderComment.objects.filter(status=Status.PUBLISHED, created_at__gt=since)
    by_page = recent.order_by().values("page_id").annotate(number=Count("pk"))
    busiest = by_page.filter(number__gte=least).order_by("-number", "-page_id")
    return list(busiest.values_list("page_id", flat=True)[:number])


def thread(
    place: Place, *, sheet: int = 1, now: datetime, corrected_at: datetime | None = None
) -> Thread | None:
    """A sheet of the discussion, or None where it does not exist. Four queries at most."""
    return discussion(
        Frame(
            page_id=place.page_id,
            sheet=sheet,
            url=place.url,
            depth=place.settings.depth,
            is_open=place.is_open(now=now),
            corrected_at=corrected_at.isoformat() if corrected_at else "",
        )
    )


def discussion(frame: Frame) -> Thread | None:
    """What stands in a frame now, or None where there is no such sheet."""
    discussion = once(
        ("discussion", frame.page_id),
        lambda: Discussion.objects.filter(page_id=frame.page_id).first() or Discussion(),
    )
    sheet = frame.sheet
    if not 1 <= sheet <= discussion.sheets:
        return None
    rows = _rows(frame, sheet) if discussion.page_id else []
    return Thread(
        frame=frame,
        count=discussion.published,
        entries=entries.join(_entries(rows, frame), words(is_open=frame.is_open)),
        earlier_url=sheet_url(frame.url, sheet - 1) if sheet > 1 else "",
        later_url=sheet_url(frame.url, sheet + 1) if sheet < discussion.sheets else "",
    )


def discussions(page_ids: Collection[int]) -> dict[int, Discussion]:
    """Page id → its discussion, an empty one where there is none. One query."""
    found = Discussion.objects.in_bulk(page_ids)
    return {pk: found.get(pk) or Discussion() for pk in page_ids}


def sheet_url(page_url: str, sheet: int) -> str:
    """The first sheet stands on the page itself, the others have their own addresses, which never change."""
    return page_url if sheet == 1 else f"{page_url}comments/{sheet}/"


def comment_url(page_url: str, *, comment_id: int, sheet: int) -> str:
    return f"{sheet_url(page_url, sheet)}#comment-{comment_id}"


def anchor_of(comment: ReaderComment) -> str:
    """Where a page that shows the comment shows it."""
    return f"#comment-{comment.pk}"


@cache
def _root() -> str:
    return reverse("comments:comment", args=[0]).removesuffix("0/")


def words(*, is_open: bool) -> Words:
    """In the language that is active."""
    return once(("words", get_language(), is_open), lambda: _words(is_open=is_open))


def _words(*, is_open: bool) -> Words:
    return Words(
        root=_root(),
        link=_("Link"),
        reply=_("Reply"),
        report=_("Report"),
        in_reply_to=_("In reply to"),
        edited=_("edited"),
        before_correction=_("Written before a correction"),
        is_open=is_open,
    )


def _rows(frame: Frame, sheet: int) -> list[Row]:
    """What was ever published on the sheet, oldest first; hidden ones may be needed to hold replies together."""
    pk = frame.page_id
    found = once(("comments", pk, sheet), lambda: comments_on([pk], sheet=sheet)[pk])
    corrected = datetime.fromisoformat(frame.corrected_at) if frame.corrected_at else None
    return [
        replace(row, is_outdated=True) if corrected and written_at < corrected else row
        for written_at, row in found
    ]


def comments_on(page_ids: Collection[int], *, sheet: int) -> dict[int, list[tuple[datetime, Row]]]:
    """Page id → what was ever published on that sheet of its discussion, oldest first, each with its time. One query."""
    rows = ReaderComment.objects.filter(page_id__in=page_ids, sheet=sheet)
    found: dict[int, list[tuple[datetime, Row]]] = {pk: [] for pk in page_ids}
    for page_id, written_at, pk, parent_id, status, author, html in rows.order_by(
        "created_at", "pk"
    ).values_list("page_id", "created_at", "pk", "parent_id", "status", "author", "html"):
        row = Row(pk, parent_id, status == Status.PUBLISHED, author, html)
        found[page_id].append((written_at, row))
    return found


def _entries(rows: Sequence[Row], frame: Frame) -> Iterator[Entry]:
    far = _parents_elsewhere(rows, frame)
    removed = _("This comment was removed.")
    for turn in in_reading_order(rows, depth=frame.depth):
        row = turn.row
        corrected = f"{frame.url}#corrections" if row.is_outdated else ""
        if not row.is_published:
            yield Entry(row.pk, turn.level, entries.placeholder(removed), can_be_answered=False)
        elif turn.is_flattened and turn.parent:
            at = comment_url(frame.url, comment_id=turn.parent.pk, sheet=frame.sheet)
            author = turn.parent.author
            yield _entry(turn, author, at, corrected)
        else:
            author, at = far.get(row.parent_id, ("", ""))
            yield _entry(turn, author, at, corrected)


def _entry(turn: Turn, author: str, at: str, corrected: str) -> Entry:
    return Entry(
        turn.row.pk,
        turn.level,
        turn.row.html,
        answers=author,
        answers_url=at,
        correction_url=corrected,
    )


def _parents_elsewhere(rows: Sequence[Row], frame: Frame) -> dict[int | None, tuple[str, str]]:
    """Author and address of published comments on other sheets that these answer."""
    here = {row.pk for row in rows}
    wanted = {row.parent_id for row in rows if row.parent_id and row.parent_id not in here}
    return {
        pk: (author, comment_url(frame.url, comment_id=pk, sheet=sheet))
        for pk, (author, sheet) in _authors(wanted).items()
    }


def _authors(comment_ids: Iterable[int]) -> dict[int, tuple[str, int]]:
    """Author and sheet of those comments that are published; no query for none."""
    wanted = set(comment_ids)
    if not wanted:
        return {}
    found = ReaderComment.objects.filter(pk__in=wanted, status=Status.PUBLISHED)
    return {
        pk: (author, sheet or 1) for pk, author, sheet in found.values_list("pk", "author", "sheet")
    }


@dataclass(frozen=True, slots=True)
class Newest:
    """Comments of a page, the newest first, some at a time."""

    entries: SafeString  # joined
    are_there_earlier: bool


def newest(place: Place, *, page: int, per_page: int, now: datetime) -> Newest:
    """The newest comments of a page (or those before, `page` from 1) without threads, each with whom it answers."""
    start = (page - 1) * per_page
    rows = [
        Row(pk, parent_id, is_published=True, author=author, html=html)
        for pk, parent_id, author, html in ReaderComment.objects.filter(
            page_id=place.page_id, status=Status.PUBLISHED
        )
        .order_by("-created_at", "-pk")
        .values_list("pk", "parent_id", "author", "html")[start : start + per_page + 1]
    ]
    above = _authors(row.parent_id for row in rows if row.parent_id)
    shown = (
        Entry(
            row.pk,
            1,
            row.html,
            answers=above.get(row.parent_id or 0, ("", 0))[0],
            answers_url=reverse("comments:comment", args=[row.parent_id]) if row.parent_id else "",
        )
        for row in rows[:per_page]
    )
    joined = entries.join(shown, words(is_open=place.is_open(now=now)))
    return Newest(joined, are_there_earlier=len(rows) > per_page)


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
