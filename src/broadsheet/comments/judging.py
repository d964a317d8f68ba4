"""Asking the filter and the rules about a comment."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from broadsheet import tracing
from broadsheet.spam import Judgement, SpamFilter, Submission, Verdict

from . import drafts, verdicts
from .drafts import Draft
from .models import ReaderComment, Status
from .places import Place


@dataclass(frozen=True, slots=True)
class Judged:
    """What the filter saw, and what it said."""

    submission: Submission
    verdict: Verdict


def judge(
    comment: ReaderComment, draft: Draft, *, place: Place, spam_filter: SpamFilter, now: datetime
) -> Judged:
    """What the filter says; the comment gets the status that follows.

    Clues take five times as long as the verdict, and are for moderators: ham that is published at once gets none here.
    """
    submission = drafts.submission(
        draft, article=place.title, language=place.language or get_language() or "", now=now
    )
    with tracing.span("judge") as span:
        verdict = spam_filter.judge(submission, explain=False)
        span.note({"broadsheet.judgement": verdict.judgement.value})
    outcome = verdicts.outcome(draft, place=place, verdict=verdict, author_hash=comment.email_hash)
    comment.status, comment.silently = outcome.status, outcome.silently
    comment.held_because, comment.rule = outcome.because, outcome.rule
    comment.work_bits = outcome.work_bits
    if outcome.status != Status.PUBLISHED or verdict.judgement != Judgement.HAM:
        verdict = dataclasses.replace(verdict, clues=spam_filter.judge(submission).clues)
    return Judged(submission, verdict)
