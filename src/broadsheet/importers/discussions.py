"""The old site's comments → ours, many at once, with their threads and states.

A parent that is missing, or on another article, or the comment's own descendant is none: the comment then begins
a conversation of its own. Comments that are here already are left as they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings

from broadsheet.comments import entries, identity, markup
from broadsheet.comments.models import Discussion, ReaderComment, Status
from broadsheet.comments.sheets import CROWDED, FULL

from . import rows
from .models import Archive
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


def bring(threads: Iterable[Thread], *, archive: Archive, now: datetime, tally: Tally) -> None:
    """Keep what is new, in the caller's transaction; a bounded number of statements whatever the threads' length."""
    threads = [thread for thread in threads if thread.comments]
    here = _here(threads, archive)
    made: dict[str, ReaderComment] = {}
    for thread in threads:
        for comment in thread.comments:
            source = _source(archive, comment.id)
            tally.known["comments"] += source in here
            if source not in here and source not in made:
                made[source] = _row(comment, source, thread, now)
    if not made:
        return
    _give_sheets(threads, made, archive, here)
    rows.number(ReaderComment, list(made.values()))
    _connect(threads, made, archive, here)
    rows.insert(ReaderComment, list(made.values()))
    tally.added["comments"] += len(made)


def _source(archive: Archive, comment_id: str) -> str:
    return f"{archive.pk}:{comment_id}"[:120]


def _here(threads: Sequence[Thread], archive: Archive) -> dict[str, Here]:
    """By source: the comments that were brought before, and those that these answer."""
    ids = {
        name
        for thread in threads
        for comment in thread.comments
        for name in (comment.id, comment.parent)
    }
    sources = [_source(archive, comment_id) for comment_id in ids - {""}]
    found: dict[str, Here] = {}
    for start in range(0, len(sources), _BATCH):
        batch = ReaderComment.objects.filter(source__in=sources[start : start + _BATCH])
        for source, pk, page_id, sheet in batch.values_list("source", "pk", "page_id", "sheet"):
            found[str(source)] = Here(pk, page_id, sheet)
    return found


def _row(comment: Comment, source: str, thread: Thread, now: datetime) -> ReaderComment:
    author_key, email_hash = _who(comment.email, comment.author)
    origin = _origin(comment.network_address)
    row = ReaderComment(
        page_id=thread.page_id,
        status=STATUSES[comment.state].value,
        author=comment.author or "—",
        author_key=author_key,
        email=comment.email,
        email_hash=email_hash,
        web_address=markup.web_address(comment.web_address)[:300],
        text=comment.text,
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


def _give_sheets(
    threads: Sequence[Thread],
    made: Mapping[str, ReaderComment],
    archive: Archive,
    here: Mapping[str, Here],
) -> None:
    """Each published comment its sheet: conversations stay together, none begins on a full one."""
    discussions = Discussion.objects.in_bulk([thread.page_id for thread in threads])
    new: dict[int, Discussion] = {}
    for thread in threads:
        discussion = discussions.get(thread.page_id) or new.get(thread.page_id)
        discussion = discussion or Discussion(page_id=thread.page_id)
        seated = [
            (row, made.get(source := _source(archive, comment.parent)) or here.get(source))
            for comment in sorted(thread.comments, key=_by_time)
            if (row := made.get(_source(archive, comment.id))) and row.status == Status.PUBLISHED
        ]
        if seated:
            _seat(seated, discussion, is_new=thread.page_id not in discussions)
            if thread.page_id not in discussions:
                new[thread.page_id] = discussion
    rows.insert(Discussion, list(new.values()))
    kept = [
        discussions[page_id]
        for page_id in {thread.page_id for thread in threads} & discussions.keys()
    ]
    Discussion.objects.bulk_update(kept, ["published", "sheets"], batch_size=_BATCH // 5)


def _by_time(comment: Comment) -> tuple[bool, datetime | None, int]:
    number = int(comment.id) if comment.id.isdigit() else 0
    return comment.written_at is not None, comment.written_at, number


def _seat(
    seated: Sequence[tuple[ReaderComment, ReaderComment | Here | None]],
    discussion: Discussion,
    *,
    is_new: bool,
) -> None:
    last = discussion.sheets
    taken = {last: 0 if is_new else _on(discussion.page_id, last)}
    for row, parent in seated:
        beside = parent.sheet if parent else None
        if beside is None or taken.get(beside, CROWDED) >= CROWDED:
            beside = last
            if taken[last] >= FULL:
                beside = last = last + 1
        row.sheet = beside
        taken[beside] = taken.get(beside, 0) + 1
    discussion.published += len(seated)
    discussion.sheets = last


def _on(page_id: int, sheet: int) -> int:
    return ReaderComment.objects.filter(page_id=page_id, sheet=sheet).count()


def _connect(
    threads: Sequence[Thread],
    made: Mapping[str, ReaderComment],
    archive: Archive,
    here: Mapping[str, Here],
) -> None:
    """Tell each comment which one it answers, now that all have their ids."""
    for thread in threads:
        parents = {comment.id: comment.parent for comment in thread.comments}
        for comment in thread.comments:
            row = made.get(_source(archive, comment.id))
            if row is None or _is_circle(comment.id, parents):
                continue
            answered = made.get(source := _source(archive, comment.parent)) or here.get(source)
            if answered and answered.page_id == thread.page_id:
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
