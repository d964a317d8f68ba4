"""Reading discussions: what is printed below a page, with a number of queries that does not grow."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import entries
from .addresses import comment_url, sheet_url
from .conversation import Row, Turn, in_reading_order
from .entries import Entry, Words
from .memory import once
from .models import Discussion, ReaderComment, Status
from .places import Place


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
