"""From the journal into the database: rows, figures and lessons, each exactly once.

A transaction takes a few hundred lines and moves the file's position with them; whatever is interrupted is done again
from there. A database that is locked or away only delays this.
"""

import fcntl
import logging
import os
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import (
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    transaction,
)

from broadsheet.learning.filters import current_filter
from broadsheet.learning.models import Decision
from broadsheet.spam import SpamFilter

from . import journal, lessons, usage
from .journal import Chunk
from .kept import restored
from .models import Check, JournalPosition, Key, Site, SiteState
from .usage import Count

logger = logging.getLogger(__name__)

LINES = 500
NICENESS = 5
LOOK_EVERY = 0.2  # seconds
AFTER_AN_ERROR = 1.0  # seconds
MOST_SITES = 1000  # of a key; further ones are not kept
# Clues cost more than a verdict: for clear ham, and for all but some of a flood, the office works them out when asked.
CLEARLY_HAM = 0.05
MOST_EXPLAINED = 20  # of LINES

Entry = dict[str, Any]


def run(folder: Path, stopping: threading.Event) -> None:
    """Load until `stopping`. What fails is logged once, and tried again for as long as it takes."""
    _be_modest()
    failing = ""
    while not stopping.is_set():
        pause = LOOK_EVERY
        try:
            close_old_connections()
            load(folder, spam_filter=current_filter)
            failing = ""
        except (OperationalError, InterfaceError, OSError) as error:
            pause = AFTER_AN_ERROR
            if str(error) != failing:
                failing = str(error)
                logger.warning("The journal of checks is loaded later: %s", failing.strip())
            connection.close()
        stopping.wait(pause)


def _be_modest() -> None:
    """Let answers go first where they share a core with this thread: the journal can wait."""
    if sys.platform == "linux":  # elsewhere a priority belongs to the whole process
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


def load(folder: Path, *, spam_filter: Callable[[], SpamFilter]) -> int:
    """Load what the journal in `folder` holds now. Returns how many lines; 0 while another process does it."""
    loaded = 0
    with _alone(folder) as is_alone:
        for path in journal.files(folder) if is_alone else ():
            loaded += _load_file(path, spam_filter)
    return loaded


def load_now() -> int:
    """Load this site's journal at once."""
    return load(settings.AKISMET_JOURNAL, spam_filter=current_filter)


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Hold the folder against other loaders; False when there is one."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / "loader.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(descriptor)


def _load_file(path: Path, spam_filter: Callable[[], SpamFilter]) -> int:
    is_finished = journal.is_finished(
        path
    )  # before reading, so that nothing comes after what is read
    position = JournalPosition.objects.filter(file=path.name).first()
    start = position.offset if position else 0
    loaded = 0
    if start < path.stat().st_size:
        for chunk in journal.chunks(path, start=start, lines=LINES):
            _keep_or_skip(path, chunk, spam_filter())
            loaded += len(chunk.lines)
    if is_finished:
        journal.remove(path)  # before its position is: the other way round it would be loaded again
        JournalPosition.objects.filter(file=path.name).delete()
    return loaded


def _keep_or_skip(path: Path, chunk: Chunk, spam_filter: SpamFilter) -> None:
    """Keep the lines; if that can't be for a reason in one of them, all the others."""
    prepared = _prepared(chunk, spam_filter)
    try:
        _keep(path.name, prepared, chunk.end, spam_filter)
        return
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("Some lines of the journal %s are kept one by one", path.name)
    for line in prepared:
        try:
            _keep(path.name, [line], None, spam_filter)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.exception("A line of the journal %s could not be kept", path.name)
    _keep(path.name, [], chunk.end, spam_filter)


def _prepared(chunk: Chunk, spam_filter: SpamFilter) -> list[Entry]:
    """The lines with clues and fingerprints, which are worked out before the transaction holds any lock."""
    prepared = []
    explained = 0
    for line in chunk.lines:
        try:
            explain = explained < MOST_EXPLAINED and _wants_clues(line)
            prepared.append(_prepared_line(line, spam_filter, explain=explain))
            explained += explain
        except (KeyError, TypeError, ValueError):  # ours are whole, but a disk may have damaged one
            logger.warning("A line of the journal is not whole: %.200r", line)
    return prepared


def _wants_clues(line: Entry) -> bool:
    return bool(line["kind"] == "check" and line["p"] >= CLEARLY_HAM)


def _prepared_line(line: Entry, spam_filter: SpamFilter, *, explain: bool) -> Entry:
    if line["kind"] == "site":
        return line
    submission = restored(line["submission"])
    clues = spam_filter.judge(submission).clues if explain else ()
    return {
        **line,
        "fingerprint": lessons.fingerprint(submission),
        "clues": [asdict(clue) for clue in clues],
    }


@transaction.atomic
def _keep(file: str, lines: Sequence[Entry], end: int | None, spam_filter: SpamFilter) -> None:
    known_keys = set(
        Key.objects.filter(pk__in={line["key"] for line in lines}).values_list("pk", flat=True)
    )
    lines = [line for line in lines if line["key"] in known_keys]
    batch = _Batch(lines, _sites(lines))
    _keep_checks(batch)
    _keep_site_states(batch)
    for line in batch.of_kind("report"):
        _take_report(line, batch, spam_filter)
    usage.add(batch.counts())
    usage.count_towards_limits(batch.checks_by_key())
    if end is not None:
        JournalPosition.objects.update_or_create(file=file, defaults={"offset": end})


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


def moment(line: Entry) -> datetime:
    return datetime.fromtimestamp(line["at"], UTC)


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
    Check.objects.bulk_create(
        Check(
            **_of_check(line, batch),
            guid=line["guid"],
            spam_probability=line["p"],
            answered_spam=line["spam"],
            blatant=line["blatant"],
            microseconds=line["us"],
            callback=line["callback"],
        )
        for line in batch.of_kind("check")
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


def _take_report(line: Entry, batch: _Batch, spam_filter: SpamFilter) -> None:
    check = lessons.original(
        key_id=line["key"],
        guid=line["guid"],
        fingerprint=line["fingerprint"],
        site_id=batch.sites[line["key"], line["site"]].pk,
    )
    if check is None:
        verdict = spam_filter.judge(restored(line["submission"]), explain=False)
        check = Check.objects.create(
            **_of_check(line, batch),
            guid=os.urandom(16).hex(),
            spam_probability=verdict.spam_probability,
            answered_spam=None,
        )
    decision = Decision.SPAM if line["spam"] else Decision.HAM
    decided = lessons.Decided(decision, moment(line), reporter=line["reporter"])
    lessons.decide(check, decided, spam_filter=spam_filter)
