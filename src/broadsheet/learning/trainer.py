"""Bringing a filter up to date with the log."""

import threading
from collections.abc import Iterator

from django.db.models import Min

from broadsheet.spam import SpamFilter, Submission

from . import checkpoints
from .checkpoints import Checkpoint
from .models import Amendment, Decision, Head, LoggedJudgement

LESSONS_BETWEEN_CHECKPOINTS = 100
SECONDS_BETWEEN_LOOKS = 1.0  # how late a decision made in another process may be known here


class Follower:
    """One process's filter, following the log that all processes write."""

    def __init__(self) -> None:
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
            self._at = advanced(self._at or start())
            return self._at.spam_filter

    def state(self) -> tuple[int, str]:
        """How far in the log it has learnt, and the filter's checksum."""
        with self._learning:
            self._at = at = self._at or start()
            if self._checksum is None or self._checksum[0] != at.position:
                self._checksum = (at.position, at.spam_filter.checksum())
            return self._checksum

    def forget(self) -> None:
        """Let the filter go; the next question builds it anew."""
        with self._learning:
            self._at = self._checksum = None


def advanced(at: Checkpoint) -> Checkpoint:
    """`at` with what the log has after it; from before the oldest lesson that was taken back, if there is one."""
    head = position_of_log()
    if head == at.position:
        return at
    if head < at.position or _was_taken_back(at.position):
        at = start()
    elif _were_erased(after=at.position, until=head):  # whoever erases has kept what they taught
        at = max(at, start(), key=lambda checkpoint: checkpoint.position)
    for submission, is_spam in _lessons(after=at.position, until=head):
        at.spam_filter.learn(submission, is_spam=is_spam)
    return Checkpoint(at.spam_filter, head)


def start() -> Checkpoint:
    """The newest checkpoint that still holds, or the filter that ships."""
    head = position_of_log()
    for position in checkpoints.positions():
        if position <= head and not _was_taken_back(position):
            found = checkpoints.read(position)
            if found is not None:
                return found
    return Checkpoint(SpamFilter.shipped(), 0)


def rebuild() -> Checkpoint:
    """A filter taught the whole log from what ships. It replaces all checkpoints."""
    checkpoints.clear()
    rebuilt = advanced(Checkpoint(SpamFilter.shipped(), 0))
    checkpoints.write(rebuilt)
    return rebuilt


def keep_checkpoint() -> bool:
    """Save a checkpoint if enough was learnt since the last; for the background worker."""
    newest = next(iter(checkpoints.positions()), 0)
    if position_of_log() - newest < LESSONS_BETWEEN_CHECKPOINTS:
        return False
    checkpoints.write(advanced(start()))
    return True


def keep_what_was_learnt() -> None:
    """Save a checkpoint now, so that the texts may be erased: every filter goes on from it."""
    checkpoints.write(advanced(start()))


def keep_lessons_of(judgement_ids: list[int]) -> None:
    """The same, if one of these judgements is a lesson that no checkpoint has learnt."""
    newest = next(iter(checkpoints.positions()), 0)
    if LoggedJudgement.objects.filter(pk__in=judgement_ids, lesson__gt=newest).exists():
        keep_what_was_learnt()


def erased_lessons() -> int:
    """How many lessons the log has whose texts are gone: no rebuilt filter knows them."""
    return LoggedJudgement.objects.filter(lesson__isnull=False, submission__isnull=True).count()


def position_of_log() -> int:
    return Head.objects.values_list("position", flat=True).first() or 0


def _was_taken_back(position: int) -> bool:
    """Was a lesson that a filter at `position` has learnt taken back since?"""
    oldest = Amendment.objects.filter(position__gt=position).aggregate(oldest=Min("lesson"))[
        "oldest"
    ]
    return oldest is not None and oldest <= position


def _were_erased(*, after: int, until: int) -> bool:
    erased = LoggedJudgement.objects.filter(submission__isnull=True)
    return erased.filter(lesson__gt=after, lesson__lte=until).exists()


def _lessons(*, after: int, until: int) -> Iterator[tuple[Submission, bool]]:
    rows = (
        LoggedJudgement.objects.filter(
            lesson__gt=after, lesson__lte=until, submission__isnull=False
        )
        .order_by("lesson")
        .values_list("submission", "decision")
    )
    for fields, decision in rows.iterator(chunk_size=500):
        yield Submission(**(fields or {})), decision == Decision.SPAM
