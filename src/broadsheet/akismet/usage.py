"""Counting calls, and answering how many there were."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from broadsheet.learning.models import Decision

from . import wire
from .models import Check, Key, Site, SiteDay, SiteState

FIGURES = ("api_calls", "spam", "ham", "missed_spam", "false_positives")
ORDERS = {"total": "api_calls", **{name: name for name in FIGURES[1:]}}
MOST_SITES = 500


@dataclass(slots=True)
class Count:
    """What is to be added to a site's day."""

    calls: int = 0
    spam: int = 0
    ham: int = 0
    missed_spam: int = 0
    false_positives: int = 0
    microseconds: int = 0
    slowest: int = 0


def add(counts: Mapping[tuple[int, date], Count]) -> None:
    """Add to the days of sites (site's id, day), in one statement that several nodes may run at once."""
    table = connection.ops.quote_name(SiteDay._meta.db_table)
    summed = ("calls", "spam", "ham", "missed_spam", "false_positives", "microseconds")
    greater = "GREATEST" if connection.vendor == "postgresql" else "MAX"
    columns = ("site_id", "day", *summed, "slowest")
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))}) "  # noqa: S608, names of ours
        "ON CONFLICT (site_id, day) DO UPDATE SET "
        + ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in summed)
        + f", slowest = {greater}({table}.slowest, excluded.slowest)"
    )
    rows = [
        (site_id, day, *(getattr(count, name) for name in summed), count.slowest)
        for (site_id, day), count in sorted(
            counts.items()
        )  # in order, so that nodes don't deadlock
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def correct(
    counts: dict[tuple[int, date], Count], check: Check, decision: Decision, *, at: datetime
) -> None:
    """Count a decision as missed spam or a false positive, and no longer what an earlier decision made of it."""
    count_decision(counts, check, check.decision, check.decided_at, times=-1)
    count_decision(counts, check, decision, at)


def count_decision(
    counts: dict[tuple[int, date], Count],
    check: Check,
    decision: str,
    at: datetime | None,
    *,
    times: int = 1,
) -> None:
    """Count what a decision, if there is one, makes of the answer to a check, if there was one."""
    if check.answered_spam is None or at is None or decision == Decision.NONE:
        return
    count = counts.setdefault((check.site_id, at.date()), Count())
    count.missed_spam += times * (decision == Decision.SPAM and not check.answered_spam)
    count.false_positives += times * (decision == Decision.HAM and check.answered_spam)


def count_towards_limits(checks: Mapping[int, Mapping[str, int]]) -> None:
    """Add checks (key's id → month → how many) to what the keys have used."""
    rows = Key.objects.select_for_update(no_key=True).filter(pk__in=list(checks)).order_by("pk")
    for key in rows:
        for month, number in sorted(checks[key.pk].items()):
            if month > key.used_month:
                key.used_month, key.used = month, 0
            if month == key.used_month:
                key.used += number
    Key.objects.bulk_update(rows, ["used_month", "used"])


def key_sites(key_id: int, asked: Mapping[str, str], *, now: datetime) -> wire.Answer:
    """The answer to key-sites: a month's figures of each site of a key."""
    month = asked.get("month", "").strip()
    first_day = _first_day(month) or now.date().replace(day=1)
    limit = _number(asked.get("limit"), default=MOST_SITES, most=MOST_SITES)
    offset = _number(asked.get("offset"), default=0, most=10_000_000)
    rows = _figures(
        Site.objects.filter(key=key_id, address__icontains=asked.get("filter", "")[:255]), first_day
    )
    rows.sort(key=lambda row: (-row[ORDERS.get(asked.get("order", ""), "api_calls")], row["site"]))
    page = rows[offset : offset + limit]
    if asked.get("format") == "csv":
        return _as_csv(page, f"{first_day:%Y-%m}")
    return wire.as_json(
        {
            f"{first_day:%Y-%m}": [
                {name: value if name == "is_revoked" else str(value) for name, value in row.items()}
                for row in page
            ],
            "limit": limit,
            "offset": offset,
            "total": len(rows),
        }
    )


def stats(key_id: int, *, since: date) -> wire.Answer:
    """The answer to get-stats: a key's figures since a day."""
    found = SiteDay.objects.filter(site__key=key_id, day__gte=since).aggregate(
        spam=Sum("spam", default=0),
        ham=Sum("ham", default=0),
        missed_spam=Sum("missed_spam", default=0),
        false_positives=Sum("false_positives", default=0),
    )
    judged, wrong = found["spam"] + found["ham"], found["missed_spam"] + found["false_positives"]
    accuracy = 100 * (1 - wrong / judged) if judged else 100.0
    return wire.as_json({**found, "accuracy": f"{max(0.0, accuracy):.2f}", "breakdown": {}})


def _figures(sites: QuerySet[Site], first_day: date) -> list[dict[str, Any]]:
    """A row of key-sites for each of `sites`."""
    columns = {"api_calls": "calls"} | {name: name for name in FIGURES[1:]}
    of_month = Q(days__day__year=first_day.year, days__day__month=first_day.month)
    sums = {
        f"sum_{name}": Sum(f"days__{column}", filter=of_month, default=0)
        for name, column in columns.items()
    }
    names = ("address", "state", *sums)
    return [
        {
            "site": address,
            **dict(zip(FIGURES, figures, strict=True)),
            "is_revoked": state == SiteState.REVOKED,
        }
        for address, state, *figures in sites.annotate(**sums).values_list(*names)
    ]


def _as_csv(rows: Iterable[Mapping[str, Any]], month: str) -> wire.Answer:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([f"Active sites for {month}"])
    writer.writerow(
        ["Site", "Total API Calls", "Spam", "Ham", "Missed Spam", "False Positives", "Is Revoked"]
    )
    for row in rows:
        site = (
            "'" + row["site"] if row["site"][:1] in "=+-@" else row["site"]
        )  # no formula for a spreadsheet
        writer.writerow(
            [site, *(row[name] for name in FIGURES), "true" if row["is_revoked"] else "false"]
        )
    return wire.Answer(out.getvalue().rstrip("\n"), content_type=wire.CSV)


def _first_day(month: str) -> date | None:
    try:
        return date.fromisoformat(f"{month}-01") if len(month) == 7 else None
    except ValueError:
        return None


def _number(text: str | None, *, default: int, most: int) -> int:
    if text and text.isascii() and text.isdecimal() and len(text) < 10:
        return min(int(text), most)
    return default
