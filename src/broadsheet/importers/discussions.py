"""The old site's comments → ours, many at once, with their threads and states.

A parent that is missing, or on another article, or the comment's own descendant is none: the comment then begins
a conversation of its own. Comments that are here already are left as they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from operator import attrgetter

from django.conf import settings

from broadsheet.comments import entries, identity, markup, sheets
from broadsheet.comments.models import ReaderComment, Status

from . import rows
from .records import Comment, CommentState
from .tally import Tally

_BATCH = 500  # parameters of one query
_REMEMBERED = 4096  # readers, who often write again
STATUSES = {
    CommentState.PUBLISHED: Status.PUBLISHED,
    CommentState.HELD: Status.HELD,
    CommentState.SPAM: Status.SPAM,
    CommentState.TRASHED: Status.REJECTED,
}


@dataclass(frozen=True, slots=True)
class Thread:
    """Comments of one page: all of them, or those after others that are here."""

    page_id: int
    language: str
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class Here:
    """A comment that was brought before."""

    pk: int
    page_id: int
    sheet: int | None


def bring(threads: Iterable[Thread], *, origin: str, now: datetime, tally: Tally) -> None:
    """Keep what is new, in the caller's transaction; a bounded number of statements whatever the threads' length.

    `origin` is the old site's name here, unique in this one: the comments' ids are its own.
    """
    threads = [thread for thread in threads if thread.comments]
    here = _here(threads, origin)
    made: dict[str, ReaderComment] = {}
    for thread in threads:
        for comment in thread.comments:
            source = _source(origin, comment.id)
            tally.known["comments"] += source in here
            if source not in here and source not in made:
                made[source] = _row(comment, source, thread, now)
    if not made:
        return
    rows.number(ReaderComment, list(made.values()))
    _connect(threads, made, origin, here)
    _seat(made.values(), here.values())
    rows.insert(ReaderComment, list(made.values()))
    tally.added["comments"] += len(made)


def _source(origin: str, comment_id: str) -> str:
    return f"{origin}:{comment_id}"[:120]


def _here(threads: Sequence[Thread], origin: str) -> dict[str, Here]:
    """By source: the comments that were brought before, and those that these answer."""
    ids = {
        name
        for thread in threads
        for comment in thread.comments
        for name in (comment.id, comment.parent)
    }
    sources = [_source(origin, comment_id) for comment_id in ids - {""}]
    found: dict[str, Here] = {}
    for start in range(0, len(sources), _BATCH):
        batch = ReaderComment.objects.filter(source__in=sources[start : start + _BATCH])
        for source, pk, page_id, sheet in batch.values_list("source", "pk", "page_id", "sheet"):
            found[str(source)] = Here(pk, page_id, sheet)
    return found


def _row(comment: Comment, source: str, thread: Thread, now: datetime) -> ReaderComment:
    """As the columns hold it: not every system bounds its names, and PostgreSQL refuses what is longer."""
    author, email = markup.writable(comment.author)[:80], markup.writable(comment.email)[:254]
    author_key, email_hash = _who(email, author)
    origin = _origin(comment.network_address)
    row = ReaderComment(
        page_id=thread.page_id,
        status=STATUSES[comment.state].value,
        author=author or "—",
        author_key=author_key,
        email=email,
        email_hash=email_hash,
        web_address=markup.web_address(comment.web_address)[:300],
        text=markup.writable(comment.text),
        created_at=comment.written_at or now,
        language=thread.language,
        network=origin.network,
        address_hash=origin.address_hash,
        source=source,
    )
    if row.status == Status.PUBLISHED:
        row.html = entries.fragment(row)
    return row


@lru_cache(_REMEMBERED)
def _who(email: str, author: str) -> tuple[str, str]:
    """The key of an author's portrait, and the hash of the address."""
    secret = settings.SECRET_KEY
    key = identity.keyed_hash(secret, "portrait", email.lower() or author)
    return key, identity.email_hash(secret, email)


@lru_cache(_REMEMBERED)
def _origin(address: str) -> identity.Origin:
    return identity.origin(settings.SECRET_KEY, address)


def _connect(
    threads: Sequence[Thread],
    made: Mapping[str, ReaderComment],
    origin: str,
    here: Mapping[str, Here],
) -> None:
    """Tell each comment which one it answers, now that all have their ids."""
    for thread in threads:
        parents = {comment.id: comment.parent for comment in thread.comments}
        for comment in thread.comments:
            row = made.get(_source(origin, comment.id))
            if row is None or _is_circle(comment.id, parents):
                continue
            answered = made.get(source := _source(origin, comment.parent)) or here.get(source)
            if answered and answered.page_id == row.page_id:
                row.parent_id = answered.pk


def _is_circle(start: str, parents: Mapping[str, str]) -> bool:
    """Does a line of parents lead back to where it began? (One that ends in another circle does not.)"""
    seen: set[str] = set()
    current = parents.get(start, "")
    while current and current not in seen:
        if current == start:
            return True
        seen.add(current)
        current = parents.get(current, "")
    return False


def _seat(made: Iterable[ReaderComment], here: Iterable[Here]) -> None:
    """Give each published comment its sheet, in the order in which they were written."""
    published: dict[int, list[ReaderComment]] = {}
    for row in sorted(made, key=attrgetter("created_at")):
        if row.status == Status.PUBLISHED:
            published.setdefault(row.page_id, []).append(row)
    if not published:
        return
    answered: dict[int, dict[int, int]] = {page_id: {} for page_id in published}
    for known in here:
        if known.sheet and known.page_id in answered:
            answered[known.page_id][known.pk] = known.sheet
    plans = sheets.plans(answered)
    for page_id, comments in published.items():
        plan = plans[page_id]
        for row in comments:
            row.sheet = plan.sheet_of[row.pk] = plan.place(row.parent_id)
    sheets.keep(plans.values())
