"""The figures that the office shows. The number of queries depends on neither keys nor sites nor checks."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q, Sum

from broadsheet.akismet.models import Check, Key, SiteDay

from .plots import Day

DAYS = 30
LATEST = 1000  # checks whose latency is looked at


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A key and its last DAYS days."""

    key: Key
    checks: int
    spam: int
    ham: int
    missed_spam: int
    false_positives: int
    mean_ms: float | None

    @property
    def accuracy(self) -> float | None:
        """Percent of the checks that nobody corrected."""
        if not self.checks:
            return None
        return 100 * max(0.0, 1 - (self.missed_spam + self.false_positives) / self.checks)


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds that the latest checks took inside the service."""

    median: float
    p99: float
    slowest: float
    checks: int


def of_keys(today: date) -> list[KeyFigures]:
    """All keys, good ones first."""
    recent = Q(sites__days__day__gt=today - timedelta(days=DAYS))
    names = ("spam", "ham", "missed_spam", "false_positives", "microseconds")
    sums = {f"sum_{name}": Sum(f"sites__days__{name}", filter=recent, default=0) for name in names}
    keys = Key.objects.annotate(**sums).order_by(
        F("revoked_at").asc(nulls_first=True), "name", "pk"
    )
    return [_of_key(key) for key in keys]


def _of_key(key: Key) -> KeyFigures:
    found = vars(key)
    checks = found["sum_spam"] + found["sum_ham"]
    return KeyFigures(
        key=key,
        checks=checks,
        spam=found["sum_spam"],
        ham=found["sum_ham"],
        missed_spam=found["sum_missed_spam"],
        false_positives=found["sum_false_positives"],
        mean_ms=found["sum_microseconds"] / checks / 1000 if checks else None,
    )


def days_of(key: Key, *, today: date) -> list[Day]:
    """The last DAYS days of a key, oldest first, without a gap."""
    first = today - timedelta(days=DAYS - 1)
    names = ("ham", "spam", "missed_spam", "false_positives")
    rows = (
        SiteDay.objects.filter(site__key=key, day__gte=first)
        .values("day")
        .annotate(**{f"sum_{name}": Sum(name) for name in names})
        .values_list("day", *(f"sum_{name}" for name in names))
    )
    found = {row[0]: Day(*row) for row in rows}
    days = [first + timedelta(days=number) for number in range(DAYS)]
    return [found.get(day) or Day(day, 0, 0, 0, 0) for day in days]


def latency_of(key: Key) -> Latency | None:
    """How long the latest checks took; None when there are none."""
    latest = Check.objects.filter(key=key, answered_spam__isnull=False).order_by("-checked_at")
    taken = sorted(latest.values_list("microseconds", flat=True)[:LATEST])
    if not taken:
        return None
    return Latency(
        median=taken[len(taken) // 2] / 1000,
        p99=taken[min(len(taken) - 1, len(taken) * 99 // 100)] / 1000,
        slowest=taken[-1] / 1000,
        checks=len(taken),
    )


def used(key: Key, now: datetime) -> int:
    """Checks of this month, which the limit is about."""
    return key.used_in(f"{now:%Y-%m}")
