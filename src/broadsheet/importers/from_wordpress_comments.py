"""Take over what a WordPress export leaves out: its spam, as the filter's lessons, and comments that came since.

They go below the articles and pages that its export has brought: import that first.
"""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction
from wagtail.models import Page

from . import archives, census, discussions
from .accounts import comment_type
from .announcing import announced
from .discussions import Thread
from .ledger import Ledger
from .lessons import Lessons
from .models import Archive, Imported
from .records import Comment, CommentState
from .report import Report
from .tally import Tally
from .wordpress.comments import WRITTEN_BY_READERS, record_of, state_of
from .wordpress.export import Comment as WrittenComment

_BATCH = 500  # comments in one transaction
_REASONS = {
    CommentState.SPAM: "Spam teaches the filter; --with-spam brings it, too.",
    CommentState.TRASHED: "They were in the bin; --with-trash brings them.",
}
_NO_READER = {
    "notes": "Internal remarks never become comments.",
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the operator asked for."""

    now: datetime
    left_out: frozenset[CommentState]
    keep_spam: bool = False  # its texts, after the filter has learnt from them
    dry_run: bool = False


class NoSuchArchive(ValueError):
    """Nothing was imported from there yet; the message is one line."""


def archive_of(address: str) -> Archive:
    """The paper's archive of the old site at `address`, or the only one there is. Raises NoSuchArchive."""
    brought = archives.own().filter(imported__kind=Imported.Kind.ARTICLE).distinct()
    known = {_bare(archive.address): archive for archive in brought}
    found = known.get(_bare(address)) if address else None
    if found is None and not address and len(known) == 1:
        (found,) = known.values()
    if found is None:
        names = ", ".join(sorted(known)) or "none"
        raise NoSuchArchive(
            f"Import the export of {address or 'the old site'} first. Here is: {names}."
        )
    return found


def _bare(address: str) -> str:
    return address.partition("://")[2].rstrip("/").removeprefix("www.") or address.removeprefix(
        "www."
    )


def bring(
    source: str, found: Iterable[tuple[int, WrittenComment]], archive: Archive, wishes: Wishes
) -> Report:
    """Bring what is new, and teach the filter. Raises what reading `found` raises; whole batches stay."""
    began = time.monotonic()
    tally, counts = Tally(), Counter[tuple[str, str]]()
    ledger = Ledger(archive)
    lessons = Lessons(ledger, wishes.now)
    with nullcontext() if wishes.dry_run else announced(archive, tally):
        try:
            rest = iter(found)
            while batch := list(islice(rest, _BATCH)):
                counts.update(
                    (comment_type(comment.type), state_of(comment.approved))
                    for _post, comment in batch
                )
                _bring_batch(batch, ledger, lessons, wishes, tally)
        finally:
            if not wishes.dry_run and not wishes.keep_spam:
                lessons.forget_texts()
    tally.lessons.update(spam=lessons.spam, ham=lessons.ham)
    by_type: dict[str, dict[str, int]] = {}
    for (kind, state), number in counts.items():
        by_type.setdefault(kind, {})[state] = number
    return Report(
        file=source,
        archive=archive.address,
        source=by_type,
        source_as_written={},
        site={"comments": census.count(archive)["comments"]},
        tally=tally,
        seconds=time.monotonic() - began,
        dry_run=wishes.dry_run,
    )


def _bring_batch(
    batch: Sequence[tuple[int, WrittenComment]],
    ledger: Ledger,
    lessons: Lessons,
    wishes: Wishes,
    tally: Tally,
) -> None:
    records: dict[int, list[Comment]] = {}
    for post, written in batch:
        if written.type in WRITTEN_BY_READERS:
            records.setdefault(post, []).append(record_of(written))
        else:
            kind, state = comment_type(written.type), state_of(written.approved)
            reason = _NO_READER.get(kind, "Echoes of other sites are no reader's words.")
            tally.left_out[kind, state, reason] += 1
    threads = list(_threads(records, ledger, wishes, tally))
    if wishes.dry_run:
        return
    lessons.teach([comment for comments in records.values() for comment in comments])
    with transaction.atomic():
        discussions.bring(threads, origin=str(ledger.archive.pk), now=wishes.now, tally=tally)


def _threads(
    records: dict[int, list[Comment]], ledger: Ledger, wishes: Wishes, tally: Tally
) -> Iterator[Thread]:
    numbers = [str(post) for post in records]
    here = ledger.some(Imported.Kind.ARTICLE, numbers) | ledger.some(Imported.Kind.PAGE, numbers)
    there = set(Page.objects.filter(pk__in=here.values()).values_list("pk", flat=True))
    for post, comments in records.items():
        page_id = here.get(str(post), 0)
        kept: list[Comment] = []
        for comment in comments:
            if comment.state in wishes.left_out:
                tally.left_out["comments", comment.state, _REASONS[comment.state]] += 1
            elif page_id not in there:
                reason = "What they stood below is not here."
                tally.left_out["comments", comment.state, reason] += 1
            else:
                kept.append(comment)
        if kept:
            yield Thread(page_id, "", tuple(kept))
