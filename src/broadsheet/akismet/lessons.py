"""What reports and moderators teach: a key's own lessons, and the shared filter when the key is trusted."""

import dataclasses
import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from broadsheet.learning import log
from broadsheet.learning.models import Decision, LoggedJudgement, Source
from broadsheet.spam import SpamFilter, Submission

from . import callbacks, usage
from .kept import restored
from .models import Check, KeyLessons
from .own import OwnLessons


@dataclass(frozen=True, slots=True)
class Decided:
    """A person's word about a check."""

    decision: Decision
    at: datetime
    by: AbstractBaseUser | None = None  # our moderator
    reporter: str = ""  # the site's


def fingerprint(submission: Submission) -> str:
    """What two sendings of the same content have in common: 32 hex digits."""
    parts = (submission.author_email, submission.author_url, submission.text)
    plain = "\0".join(" ".join(part.split()).casefold() for part in parts)
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:32]


@transaction.atomic
def decide(check: Check, decided: Decided, *, spam_filter: SpamFilter) -> bool:
    """Learn a decision once; take the earlier, opposite one back first. False when it changes nothing."""
    lessons, _ = KeyLessons.objects.select_for_update().get_or_create(key_id=check.key_id)
    check.refresh_from_db(fields=["decision", "decided_at", "step", "shared"])
    if check.decision == decided.decision:
        return False
    usage.correct(check, decided.decision, at=decided.at)
    was_spam = check.now_spam
    _teach_own(lessons, check, decided.decision, spam_filter)
    _teach_everyone(check, decided)
    nobody = decided.decision == Decision.NONE
    check.decision = decided.decision
    check.decided_at = None if nobody else decided.at
    check.decided_by_id = decided.by.pk if decided.by and not nobody else None
    check.reporter = decided.reporter
    check.save()
    if decided.by and check.now_spam != was_spam:  # the site knows what it reported itself
        callbacks.order(check, now=decided.at)
    return True


def _teach_own(
    lessons: KeyLessons, check: Check, decision: Decision, spam_filter: SpamFilter
) -> None:
    submission = restored(check.submission)
    own = OwnLessons.unpacked(bytes(lessons.weights))
    if check.step:
        own = own.moved(submission, -check.step)
    check.step = 0.0
    if decision != Decision.NONE:
        shared = spam_filter.judge(submission, explain=False).spam_probability
        check.step = own.step_towards(
            submission, is_spam=decision == Decision.SPAM, shared_probability=shared
        )
        own = own.moved(submission, check.step)
    lessons.weights = own.packed()
    lessons.version += 1
    lessons.save()


def _teach_everyone(check: Check, decided: Decided) -> None:
    """Keep the decision in the log that the shared filter learns from; or take it back there."""
    if check.shared is None:
        if not check.key.teaches_everyone or decided.decision == Decision.NONE:
            return
        check.shared = _logged(check)
    log.decide(
        judgement_id=check.shared.pk,
        decision=decided.decision if check.key.teaches_everyone else Decision.NONE,
        decided_at=decided.at,
        decided_by=decided.by,
    )


def _logged(check: Check) -> LoggedJudgement:
    return LoggedJudgement.objects.create(
        source=Source.AKISMET,
        origin=check.site.address,
        submission=dataclasses.asdict(restored(check.submission)),
        judgement="spam" if check.answered_spam else "ham",
        spam_probability=check.spam_probability,
        clues=check.clues,
        judged_at=check.checked_at,
    )


def original(*, key_id: int, guid: str, fingerprint: str, site_id: int) -> Check | None:
    """The check that a report is about: by its GUID, or the newest of the same content, on this site if there is one."""
    checks = Check.objects.select_related("key", "site").filter(key=key_id)
    if guid and (named := checks.filter(guid=guid).first()):
        return named
    same = list(checks.filter(fingerprint=fingerprint).order_by("-checked_at", "-pk")[:20])
    here = [check for check in same if check.site_id == site_id]
    return next(iter(here or same), None)
