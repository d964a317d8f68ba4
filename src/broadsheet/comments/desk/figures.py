"""Pictures of the moderation: what came, how well the filter did, how long people waited."""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from urllib.parse import urlsplit

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from broadsheet.comments.models import Event, ReaderComment, Status
from broadsheet.learning.models import Decision, LoggedJudgement, Source
from broadsheet.spam import Judgement

from .desks import Desk

DAYS = 30
LISTED = 20  # false positives and hosts shown
LOOKED_AT = 5000  # latest spam comments whose hosts are counted


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its interval: Wilson's score interval at 95 %."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        return 100 * self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Lower and upper bound in percent. Wilson, E. B. (1927), JASA 22, 209–212."""
        if not self.whole:
            return None
        z, n, p = 1.959964, self.whole, self.part / self.whole
        centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return 100 * max(0.0, centre - half), 100 * min(1.0, centre + half)


@dataclass(frozen=True, slots=True)
class Figures:
    """All that the page shows."""

    days: tuple[
        tuple[date, dict[str, int]], ...
    ]  # oldest first: status → comments that came that day
    precision: Share  # of what the filter called spam, how much was
    recall: Share  # of the spam, how much the filter called so
    false_positives: tuple[ReaderComment, ...]  # newest first
    median_wait: timedelta | None  # from writing to the first decision of a moderator
    waits: tuple[tuple[str, int], ...]  # how long in words, how many waited so long
    spam_hosts: tuple[tuple[str, int], ...]


def figures(desk: Desk, *, now: datetime) -> Figures:
    """The last DAYS days of a desk; precision and recall over everything that people decided. Nine queries."""
    since = now - timedelta(days=DAYS)
    waits, decided = _waits(desk, since), _decided(desk)
    return Figures(
        days=_days(desk, since, now),
        precision=_precision(decided),
        recall=_recall(decided),
        false_positives=_false_positives(desk),
        median_wait=_median(waits),
        waits=_in_steps(waits),
        spam_hosts=_spam_hosts(desk),
    )


def _days(desk: Desk, since: datetime, now: datetime) -> tuple[tuple[date, dict[str, int]], ...]:
    found = (
        desk.comments()
        .filter(created_at__gt=since)
        .order_by()
        .annotate(day=TruncDate("created_at"))
        .values_list("day", "status")
        .annotate(number=Count("pk"))
    )
    counted: dict[date, dict[str, int]] = {
        (now - timedelta(days=ago)).date(): {} for ago in range(DAYS, -1, -1)
    }
    for day, status, number in found:
        counted.setdefault(day, {})[status] = number
    return tuple(sorted(counted.items()))


def _decided(desk: Desk) -> dict[tuple[str, str], int]:
    """(what the filter said, what a person decided) → number of comments."""
    judged = LoggedJudgement.objects.filter(source=Source.COMMENT)
    if desk.root:
        judged = judged.filter(pk__in=desk.comments().values("judgement_id"))
    found = (
        judged.exclude(decision=Decision.NONE)
        .order_by()
        .values_list("judgement", "decision")
        .annotate(number=Count("pk"))
    )
    return {(judgement, decision): number for judgement, decision, number in found}


def _precision(decided: Mapping[tuple[str, str], int]) -> Share:
    right = decided.get((Judgement.SPAM.value, Decision.SPAM), 0)
    return Share(right, right + decided.get((Judgement.SPAM.value, Decision.HAM), 0))


def _recall(decided: Mapping[tuple[str, str], int]) -> Share:
    spam = sum(number for (_said, decision), number in decided.items() if decision == Decision.SPAM)
    return Share(decided.get((Judgement.SPAM.value, Decision.SPAM), 0), spam)


def _false_positives(desk: Desk) -> tuple[ReaderComment, ...]:
    found = desk.comments().filter(
        judgement__judgement=Judgement.SPAM.value, judgement__decision=Decision.HAM
    )
    return tuple(found.select_related("page", "judgement").order_by("-pk")[:LISTED])


def _waits(desk: Desk, since: datetime) -> list[timedelta]:
    """Of comments that were decided since then; a comment counts once, with its first decision."""
    found = Event.objects.filter(desk.has("comment__"), by__isnull=False, at__gt=since)
    found = found.order_by("-pk")
    waits = {
        comment: at - created
        for comment, at, created in found.values_list("comment_id", "at", "comment__created_at")
    }
    return list(waits.values())


def _median(waits: list[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(wait.total_seconds() for wait in waits)) if waits else None


def _in_steps(waits: list[timedelta]) -> tuple[tuple[str, int], ...]:
    """How many waited up to each step, and longer than the one before."""
    steps = (
        (_("up to 5 minutes"), timedelta(minutes=5)),
        (_("up to an hour"), timedelta(hours=1)),
        (_("up to 6 hours"), timedelta(hours=6)),
        (_("up to a day"), timedelta(days=1)),
        (_("longer"), timedelta.max),
    )
    limits = [limit for _words, limit in steps]
    counted = Counter(bisect_left(limits, wait) for wait in waits)
    return tuple((words, counted[place]) for place, (words, _limit) in enumerate(steps))


def _spam_hosts(desk: Desk) -> tuple[tuple[str, int], ...]:
    """Hosts of web addresses that authors of spam left."""
    addresses = (
        desk.comments()
        .filter(status=Status.SPAM)
        .exclude(web_address="")
        .order_by("-pk")
        .values_list("web_address", flat=True)[:LOOKED_AT]
    )
    hosts = Counter(urlsplit(address).hostname or "" for address in addresses)
    return tuple(hosts.most_common(LISTED))
