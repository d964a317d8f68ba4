"""Writing the log: a judgement, a decision about it, its text's erasure."""

import dataclasses
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from broadsheet.spam import Clue, Judgement, Submission, Verdict

from . import checkpoints, filters, trainer
from .inserting import insert
from .models import FIRST, Amendment, Decision, Head, LoggedJudgement, Source

_SUBMISSION = dataclasses.fields(Submission)


@dataclasses.dataclass(frozen=True, slots=True)
class PastDecision:
    """A submission that people decided about before it came to us."""

    submission: Submission
    is_spam: bool
    decided_at: datetime


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """What a filter saw and said."""

    submission: Submission
    verdict: Verdict
    source: Source
    judged_at: datetime
    origin: str = ""
    paper: int = FIRST  # whose filter


def record(
    *,
    submission: Submission,
    verdict: Verdict,
    source: Source,
    judged_at: datetime,
    origin: str = "",
    paper: int = FIRST,
) -> LoggedJudgement:
    """Keep what the filter of a newspaper saw and said."""
    return record_all([Finding(submission, verdict, source, judged_at, origin, paper)])[0]


def record_all(findings: Iterable[Finding]) -> list[LoggedJudgement]:
    """Keep many in one statement; in the same order."""
    rows = [_row(finding) for finding in findings]
    insert(rows)
    return rows


def _row(finding: Finding) -> LoggedJudgement:
    verdict = finding.verdict
    return LoggedJudgement(
        source=finding.source,
        paper=finding.paper,
        origin=finding.origin,
        submission=_fields(finding.submission),
        judgement=verdict.judgement.value,
        spam_probability=verdict.spam_probability,
        clues=[dataclasses.asdict(clue) for clue in verdict.clues],
        judged_at=finding.judged_at,
    )


def _fields(submission: Submission) -> dict[str, Any]:
    """All of them are plain values, which dataclasses.asdict would copy one by one."""
    return {field.name: getattr(submission, field.name) for field in _SUBMISSION}


@transaction.atomic
def decide(
    *,
    judgement_id: int,
    decision: Decision,
    decided_at: datetime,
    decided_by: AbstractBaseUser | None = None,
) -> Decision:
    """Keep a person's decision, and return the one before; every filter of its newspaper learns it after the commit, this process's at once.

    Deciding otherwise, or NONE, takes the earlier lesson back. The same decision twice is one lesson.
    """
    head = Head.locked()
    judgement = LoggedJudgement.objects.get(pk=judgement_id)
    before = Decision(judgement.decision)
    if before == decision:
        return before
    if judgement.lesson is not None:
        _take_back(judgement.lesson, head, paper=judgement.paper)
    judgement.lesson = None if decision == Decision.NONE else head.next()
    judgement.decision = decision
    judgement.decided_at = None if decision == Decision.NONE else decided_at
    judgement.decided_by_id = decided_by.pk if decided_by and decision != Decision.NONE else None
    judgement.save(update_fields=["lesson", "decision", "decided_at", "decided_by"])
    head.save()
    transaction.on_commit(partial(filters.catch_up_if_in_memory, judgement.paper))
    return before


@transaction.atomic
def record_past_decisions(
    decisions: Iterable[PastDecision], *, origin: str = "", paper: int = FIRST
) -> int:
    """Keep decisions from elsewhere, oldest first, as lessons for the filter of a newspaper; returns how many."""
    head = Head.locked()
    rows = [
        LoggedJudgement(
            source=Source.IMPORT,
            paper=paper,
            origin=origin,
            submission=dataclasses.asdict(past.submission),
            judgement=(Judgement.SPAM if past.is_spam else Judgement.HAM).value,
            spam_probability=float(past.is_spam),
            judged_at=past.decided_at,
            decision=Decision.SPAM if past.is_spam else Decision.HAM,
            decided_at=past.decided_at,
            lesson=head.next(),
        )
        for past in decisions
    ]
    LoggedJudgement.objects.bulk_create(rows, batch_size=500)
    head.save()
    transaction.on_commit(partial(filters.catch_up_if_in_memory, paper))
    return len(rows)


@transaction.atomic
def erase(*, judgement_ids: Iterable[int], unlearn: bool) -> None:
    """Forget the texts. What the filter learnt from them stays as numbers, unless it is to `unlearn` them."""
    judgement_ids = list(judgement_ids)
    head = Head.locked()
    if not unlearn:
        trainer.keep_lessons_of(judgement_ids)
    rows = list(LoggedJudgement.objects.filter(pk__in=judgement_ids))
    for judgement in rows:
        if unlearn and judgement.lesson is not None:
            _take_back(judgement.lesson, head, paper=judgement.paper)
            judgement.lesson = None
        judgement.submission, judgement.clues = None, []
    LoggedJudgement.objects.bulk_update(rows, ["submission", "clues", "lesson"], batch_size=500)
    head.save()
    for paper in {judgement.paper for judgement in rows}:
        transaction.on_commit(partial(filters.catch_up_if_in_memory, paper))


@transaction.atomic
def remove(judgements: QuerySet[LoggedJudgement]) -> None:
    """Take these out of the log, and what they taught out of the filter: they were never meant."""
    head = Head.locked()
    taught = set()
    for judgement in judgements.filter(lesson__isnull=False).order_by("lesson"):
        if judgement.lesson is not None:
            _take_back(judgement.lesson, head, paper=judgement.paper)
            taught.add(judgement.paper)
    judgements.delete()
    head.save()
    for paper in taught:
        transaction.on_commit(partial(filters.catch_up_if_in_memory, paper))


@transaction.atomic
def empty(*, judgement_ids: Iterable[int], fields: Iterable[str]) -> None:
    """Forget these fields of submissions, and the clues in them. What the filter learnt stays as numbers."""
    fields, judgement_ids = set(fields), list(judgement_ids)
    Head.locked()
    trainer.keep_lessons_of(judgement_ids)
    rows = list(LoggedJudgement.objects.filter(pk__in=judgement_ids, submission__isnull=False))
    for judgement in rows:
        judgement.submission = {**(judgement.submission or {}), **dict.fromkeys(fields, "")}
        judgement.clues = [clue for clue in judgement.clues if clue["field"] not in fields]
    LoggedJudgement.objects.bulk_update(rows, ["submission", "clues"], batch_size=500)


def clues_of(judgement: LoggedJudgement) -> tuple[Clue, ...]:
    """The clues as the filter gave them, strongest first; of ham kept without any, those that it gives now."""
    is_ham = judgement.judgement == Judgement.HAM.value
    if is_ham and not judgement.clues and judgement.submission is not None:
        return (
            filters.current_filter(judgement.paper).judge(Submission(**judgement.submission)).clues
        )
    return tuple(
        Clue(
            text=clue["text"],
            weight=clue["weight"],
            spans=tuple((start, end) for start, end in clue["spans"]),
            field=clue["field"],
        )
        for clue in judgement.clues
    )


def _take_back(lesson: int, head: Head, *, paper: int) -> None:
    Amendment.objects.create(position=head.next(), lesson=lesson, paper=paper)
    checkpoints.remove(paper, since=lesson)
