"""What reports and moderators teach: a key's own lessons, and the shared filter when the key is trusted."""

import dataclasses
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Case, When

from broadsheet.learning import log
from broadsheet.learning.models import Decision, LoggedJudgement, Source
from broadsheet.spam import SpamFilter, Submission

from . import callbacks, usage
from .kept import restored
from .models import Check, KeyLessons
from .own import OwnLessons
from .usage import Count

_DECIDED = ("decision", "decided_at", "decided_by", "reporter", "step", "shared")


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


class Teaching:
    """Some keys' lessons, held against other teachers until the transaction's end. Made by `teaching`."""

    def __init__(self, rows: Sequence[KeyLessons], spam_filter: SpamFilter) -> None:
        self._rows = {row.key_id: row for row in rows}
        self._own = {row.key_id: OwnLessons.unpacked(bytes(row.weights)) for row in rows}
        self._spam_filter = spam_filter
        self._corrections: dict[tuple[int, date], Count] = {}

    def decide(self, check: Check, decided: Decided) -> bool:
        """Learn a decision once; take the earlier, opposite one back first. False when it changes nothing.

        `check` is as the database had it since the lessons were held.
        """
        if check.decision == decided.decision:
            return False
        usage.correct(self._corrections, check, decided.decision, at=decided.at)
        was_spam = check.now_spam
        self._teach_own(check, decided.decision)
        _teach_everyone(check, decided)
        nobody = decided.decision == Decision.NONE
        check.decision = decided.decision
        check.decided_at = None if nobody else decided.at
        check.decided_by_id = decided.by.pk if decided.by and not nobody else None
        check.reporter = decided.reporter
        check.save(update_fields=_DECIDED)
        if decided.by and check.now_spam != was_spam:  # the site knows what it reported itself
            callbacks.order(check, now=decided.at)
        return True

    def _teach_own(self, check: Check, decision: Decision) -> None:
        submission = restored(check.submission)
        own = self._own[check.key_id]
        if check.step:
            own = own.moved(submission, -check.step)
        check.step = 0.0
        if decision != Decision.NONE:
            shared = self._spam_filter.judge(submission, explain=False).spam_probability
            check.step = own.step_towards(
                submission, is_spam=decision == Decision.SPAM, shared_probability=shared
            )
            own = own.moved(submission, check.step)
        self._own[check.key_id] = own
        self._rows[check.key_id].version += 1

    def save(self) -> None:
        """Write what was learnt, and count what it corrected."""
        for key_id, row in self._rows.items():
            row.weights = self._own[key_id].packed()
        KeyLessons.objects.bulk_update(self._rows.values(), ["version", "weights"])
        usage.add(self._corrections)


@contextmanager
def teaching(key_ids: Iterable[int], *, spam_filter: SpamFilter) -> Iterator[Teaching]:
    """Hold the lessons of these keys for one transaction; at its end they are written, once however many there were."""
    wanted = sorted(set(key_ids))
    with transaction.atomic():
        KeyLessons.objects.bulk_create(
            [KeyLessons(key_id=key_id) for key_id in wanted], ignore_conflicts=True
        )
        rows = KeyLessons.objects.select_for_update().filter(key__in=wanted).order_by("key")
        taught = Teaching(list(rows), spam_filter)
        yield taught
        taught.save()


def decide(check: Check, decided: Decided, *, spam_filter: SpamFilter) -> bool:
    """Learn one decision, as `Teaching.decide` does."""
    with teaching([check.key_id], spam_filter=spam_filter) as taught:
        check.refresh_from_db(fields=["decision", "decided_at", "step", "shared"])
        return taught.decide(check, decided)


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
    elsewhere = Case(When(site=site_id, then=0), default=1)
    return checks.filter(fingerprint=fingerprint).order_by(elsewhere, "-checked_at", "-pk").first()
