"""Lines of the journal as rows: checks, sites, figures and what reports teach, each exactly once."""

import json
import os
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from broadsheet.learning.models import Decision
from broadsheet.spam import SpamFilter

from . import early, lessons, usage
from .kept import moment, restored
from .models import Check, JournalPosition, Key, Site, SiteState
from .usage import Count

MOST_SITES = 1000  # of a key; further ones are not kept

Entry = dict[str, Any]


@transaction.atomic
def keep(file: str, lines: Sequence[Entry], end: int | None, spam_filter: SpamFilter) -> None:
    """Keep prepared `lines` of a journal file, and that it is loaded up to byte `end`, if that is given."""
    known_keys = _hold_keys({line["key"] for line in lines})
    lines = [line for line in lines if line["key"] in known_keys]
    batch = _Batch(lines, _sites(lines))
    _keep_checks(batch)
    _keep_site_states(batch)
    _take_reports(batch, spam_filter)
    usage.add(batch.counts())
    usage.count_towards_limits(batch.checks_by_key())
    if end is not None:
        JournalPosition.objects.update_or_create(file=file, defaults={"offset": end})


def _hold_keys(wanted: set[int]) -> set[int]:
    """Those of the keys that there are, held until the transaction's end: a check and the report about it, answered by two
    nodes, are so never kept at once, and whichever comes second finds the other.
    """
    rows = Key.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    return set(rows.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class _Batch:
    """Lines that are kept in one transaction, and their sites by key and address."""

    lines: Sequence[Entry]
    sites: dict[tuple[int, str], Site]

    def of_kind(self, kind: str) -> list[Entry]:
        """The lines of one kind whose site is known."""
        return [line for line in self.lines if line["kind"] == kind and self.site(line)]

    def site(self, line: Entry) -> Site | None:
        return self.sites.get((line["key"], line["site"]))

    def counts(self) -> dict[tuple[int, date], Count]:
        counts: dict[tuple[int, date], Count] = defaultdict(Count)
        for line in self.of_kind("check") + self.of_kind("report"):
            site = self.sites[line["key"], line["site"]]
            count = counts[site.pk, moment(line).date()]
            count.calls += 1
            if line["kind"] == "check":
                count.spam += line["spam"]
                count.ham += not line["spam"]
                count.microseconds += line["us"]
                count.slowest = max(count.slowest, line["us"])
        return counts

    def checks_by_key(self) -> dict[int, Counter[str]]:
        found: dict[int, Counter[str]] = defaultdict(Counter)
        for line in self.lines:
            if line["kind"] == "check":
                found[line["key"]][f"{moment(line):%Y-%m}"] += 1
        return found


def _sites(lines: Sequence[Entry]) -> dict[tuple[int, str], Site]:
    """The sites that `lines` are about; new ones are added, up to MOST_SITES of a key."""
    wanted = {(line["key"], line["site"]): moment(line) for line in reversed(lines)}
    found = _known_sites(wanted)
    missing = [pair for pair in wanted if pair not in found]
    if missing:
        numbers = Counter(
            Site.objects.filter(key__in={key for key, _ in missing}).values_list(
                "key_id", flat=True
            )
        )
        new = []
        for key_id, address in missing:
            numbers[key_id] += 1
            if numbers[key_id] <= MOST_SITES:
                new.append(
                    Site(key_id=key_id, address=address, first_seen_at=wanted[key_id, address])
                )
        Site.objects.bulk_create(new, ignore_conflicts=True)
        found = _known_sites(wanted)
    return found


def _known_sites(wanted: dict[tuple[int, str], datetime]) -> dict[tuple[int, str], Site]:
    rows = Site.objects.filter(
        key__in={key for key, _ in wanted}, address__in={address for _, address in wanted}
    )
    return {(site.key_id, site.address): site for site in rows}


def _keep_checks(batch: _Batch) -> None:
    """One statement for all, past the model: a flood's checks are most of what is ever stored here."""
    lines = early.without_those_reported_before(batch.of_kind("check"), batch.site)
    rows = [_row_of(line, batch) for line in lines]
    table = connection.ops.quote_name(Check._meta.db_table)
    places = ", ".join(["%s"] * len(_COLUMNS))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(_COLUMNS)}) VALUES ({places})",  # noqa: S608, names of ours
            rows,
        )


_COLUMNS = (
    *("key_id", "site_id", "fingerprint", "checked_at", "comment_type", "submission", "clues"),
    *("guid", "spam_probability", "answered_spam", "blatant", "microseconds", "callback"),
    *("decision", "reporter", "step"),
)


def _row_of(line: Entry, batch: _Batch) -> tuple[Any, ...]:
    common = _of_check(line, batch)
    return (
        common["key_id"],
        common["site"].pk,
        common["fingerprint"],
        connection.ops.adapt_datetimefield_value(common["checked_at"]),
        common["comment_type"],
        json.dumps(common["submission"]),
        json.dumps(common["clues"]),
        line["guid"],
        line["p"],
        line["spam"],
        line["blatant"],
        line["us"],
        line["callback"],
        Decision.NONE.value,
        "",
        0.0,
    )


def _of_check(line: Entry, batch: _Batch) -> dict[str, Any]:
    """What checks and reports have in common."""
    return {
        "key_id": line["key"],
        "site": batch.site(line),
        "fingerprint": line["fingerprint"],
        "checked_at": moment(line),
        "comment_type": line["type"],
        "submission": line["submission"],
        "clues": line["clues"],
    }


def _keep_site_states(batch: _Batch) -> None:
    changed: dict[int, Site] = {}
    for line in batch.of_kind("site"):
        site = batch.sites[line["key"], line["site"]]
        if site.state != SiteState.REVOKED:
            site.state = SiteState.ACTIVE if line["active"] else SiteState.DEACTIVATED
            changed[site.pk] = site
    Site.objects.bulk_update(changed.values(), ["state"])


def _take_reports(batch: _Batch, spam_filter: SpamFilter) -> None:
    """What sites reported, in their order, after the checks that were made before them."""
    reports = batch.of_kind("report")
    if not reports:
        return
    keys = {line["key"] for line in reports}
    with lessons.teaching(keys, spam_filter=spam_filter) as taught:
        for line in reports:
            decision = Decision.SPAM if line["spam"] else Decision.HAM
            decided = lessons.Decided(decision, moment(line), reporter=line["reporter"])
            taught.decide(_reported(line, batch, spam_filter), decided)


def _reported(line: Entry, batch: _Batch, spam_filter: SpamFilter) -> Check:
    """The check that a report is about; made now where there was none."""
    check = lessons.original(
        key_id=line["key"],
        guid=line["guid"],
        fingerprint=line["fingerprint"],
        site_id=batch.sites[line["key"], line["site"]].pk,
    )
    if check is not None:
        return check
    verdict = spam_filter.judge(restored(line["submission"]), explain=False)
    return Check.objects.create(
        **_of_check(line, batch),
        guid=os.urandom(16).hex(),
        spam_probability=verdict.spam_probability,
        answered_spam=None,
    )
