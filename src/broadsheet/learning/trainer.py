"""Bringing a filter up to date with the log."""

import threading
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Max

from broadsheet.spam import SpamFilter, Submission

from . import checkpoints
from .checkpoints import Checkpoint
from .models import FIRST, Amendment, Decision, Head, LoggedJudgement

LESSONS_BETWEEN_CHECKPOINTS = 100
SECONDS_BETWEEN_LOOKS = 1.0  # how late a decision made in another process may be known here


class Follower:
    """One process's filter for a newspaper, following the log that all processes write."""

    def __init__(self, paper: int = FIRST) -> None:
        self._paper = paper
        self._learning = threading.Lock()
        self._at: Checkpoint | None = None
        self._next_look = 0.0
        self._checksum: tuple[int, str] | None = None  # of the filter at a position

    def filter(self, *, clock: float) -> SpamFilter:
        """The filter, not older than SECONDS_BETWEEN_LOOKS by the monotonic `clock`.

        While one thread learns, the others judge with the filter as it is.
        """
        if self._at is None:
            return self.catch_up()
        if clock >= self._next_look and self._learning.acquire(blocking=False):
            try:
                self._next_look = clock + SECONDS_BETWEEN_LOOKS
                self._at = advanced(self._at)
            finally:
                self._learning.release()
        return self._at.spam_filter

    def catch_up(self) -> SpamFilter:
        """The filter with everything that is committed now."""
        with self._learning:
            self._at = advanced(self._at or start(self._paper))
            return self._at.spam_filter

    def state(self) -> tuple[int, str]:
        """How far in the log it has learnt, and the filter's checksum."""
        with self._learning:
            self._at = at = self._at or start(self._paper)
            if self._checksum is None or self._checksum[0] != at.position:
                self._checksum = (at.position, at.spam_filter.checksum())
            return self._checksum

    def forget(self) -> None:
        """Let the filter go; the next question builds it anew."""
        with self._learning:
            self._at = self._checksum = None


def advanced(at: Checkpoint) -> Checkpoint:
    """`at` with what the log has after it: the same filter in every process that has come as far.

    Where something was taken back, or texts were erased that `at` has not learnt, it goes on from what is kept.
    """
    paper, head = at.paper, position_of_log()
    if head == at.position:
        return at
    is_outdated = head < at.position or _was_anything_taken_back(paper, after=at.position)
    while True:
        newest = checkpoints.newest(paper)
        if is_outdated or newest > at.position:
            at = start(paper)
        reached = taught(at, until=head)
        if checkpoints.newest(paper) == newest:
            return reached
        is_outdated = True  # somebody has erased texts while they were read


def start(paper: int = FIRST) -> Checkpoint:
    """The newest checkpoint of a newspaper, or the filter that ships."""
    for position in checkpoints.positions(paper):
        found = checkpoints.read(position, paper)
        if found is not None:
            return found
    return Checkpoint(SpamFilter.shipped(), 0, paper)


def taught(at: Checkpoint, *, until: int) -> Checkpoint:
    """`at`, whose filter has learnt what the log has up to `until`."""
    for submission, is_spam in _lessons(at.paper, after=at.position, until=until):
        at.spam_filter.learn(submission, is_spam=is_spam)
    return Checkpoint(at.spam_filter, max(at.position, until), at.paper)


def rebuild(paper: int = FIRST) -> Checkpoint:
    """A filter taught the newspaper's whole log from what ships. All processes go on from it."""
    at = taught(Checkpoint(SpamFilter.shipped(), 0, paper), until=position_of_log())
    with transaction.atomic():
        head = Head.locked()
        if _was_anything_taken_back(paper, after=at.position):  # while it was learnt
            at = Checkpoint(SpamFilter.shipped(), 0, paper)
        return replace(taught(at, until=head.position), head)


def replace(at: Checkpoint, head: Head) -> Checkpoint:
    """Have all processes go on from `at`, which has learnt the log, instead of what they know. `head`: held by the caller."""
    replaced = Checkpoint(at.spam_filter, head.next(), at.paper)
    Amendment.objects.create(position=replaced.position, lesson=0, paper=at.paper)
    head.save()
    checkpoints.remove(at.paper)
    checkpoints.write(replaced)
    return replaced


def papers_with_lessons() -> list[int]:
    """The newspapers whose filters have learnt something; the first one always."""
    taught = LoggedJudgement.objects.filter(lesson__isnull=False).order_by()
    return sorted({FIRST, *taught.values_list("paper", flat=True).distinct()})


def keep_checkpoint(paper: int = FIRST) -> bool:
    """Keep a checkpoint if enough was learnt since the last; for the background worker."""
    newest = checkpoints.newest(paper)
    if position_of_log() - newest < LESSONS_BETWEEN_CHECKPOINTS:
        return False
    if paper != FIRST and not _has_learnt_enough(paper, since=newest):
        return False
    keep_what_was_learnt(paper)
    return True


def _has_learnt_enough(paper: int, *, since: int) -> bool:
    """The log goes on by what others learn, too."""
    own = LoggedJudgement.objects.filter(paper=paper, lesson__gt=since)
    return own[:LESSONS_BETWEEN_CHECKPOINTS].count() == LESSONS_BETWEEN_CHECKPOINTS


def keep_what_was_learnt(paper: int = FIRST) -> None:
    """Keep a checkpoint now, so that texts may be erased: every filter of the newspaper goes on from it."""
    nearly = advanced(start(paper))  # before anybody has to wait for it
    with transaction.atomic():
        Head.locked()
        checkpoints.write(advanced(nearly))


def keep_lessons_of(judgement_ids: list[int]) -> None:
    """The same for each newspaper, if one of these judgements is a lesson that no checkpoint of it has learnt.

    For who erases them in this transaction, and holds the Head: or else another might take that checkpoint away meanwhile.
    """
    taught = LoggedJudgement.objects.filter(pk__in=judgement_ids, lesson__isnull=False).order_by()
    newest_lessons = taught.values_list("paper").annotate(newest=Max("lesson"))
    for paper, newest in newest_lessons:
        if newest > checkpoints.newest(paper):
            keep_what_was_learnt(paper)


def erased_lessons() -> int:
    """How many lessons the log has whose texts are gone: no rebuilt filter knows them."""
    return LoggedJudgement.objects.filter(lesson__isnull=False, submission__isnull=True).count()


def position_of_log() -> int:
    return Head.objects.values_list("position", flat=True).first() or 0


def _was_anything_taken_back(paper: int, *, after: int) -> bool:
    return Amendment.objects.filter(paper=paper, position__gt=after).exists()


def _lessons(paper: int, *, after: int, until: int) -> Iterator[tuple[Submission, bool]]:
    rows = (
        LoggedJudgement.objects.filter(
            paper=paper, lesson__gt=after, lesson__lte=until, submission__isnull=False
        )
        .order_by("lesson")
        .values_list("submission", "decision")
    )
    for fields, decision in rows.iterator(chunk_size=500):
        yield Submission(**(fields or {})), decision == Decision.SPAM
