"""A node's figures: of its processes, and of what waits in the database."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Min, QuerySet

from broadsheet.akismet import loading
from broadsheet.akismet.loading import Backlog
from broadsheet.akismet.models import CallbackOrder
from broadsheet.comments.models import Letter, ReaderComment, Status
from broadsheet.learning.filters import follower
from broadsheet.newsroom.models import ContributionLetter
from broadsheet.press import worker
from broadsheet.press.models import Node, PrintOrder, Subject, Turn
from broadsheet.web import nodes
from broadsheet.web.backup.history import History

from .exposition import Kind, Metric, Sample, histogram
from .tally import Tally


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits, and since when."""

    length: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What the database and the disk tell about this node at one moment."""

    queues: Mapping[str, Queue]
    background_age: float | None  # seconds since the background process last looked; None: never
    model_position: int
    model_checksum: str
    connections: Mapping[str, int]  # by state; empty on SQLite
    most_connections: int  # that the database allows; 0 on SQLite
    journal: Backlog  # answered checks that are not in the database yet
    nodes: int
    is_first: bool  # of the nodes: it does what only one does

    def queue_age(self, name: str, now: datetime) -> float:
        """Seconds that the oldest has waited; 0 where nothing waits."""
        oldest = self.queues[name].oldest
        return _age(oldest, now) if oldest else 0.0

    def print_lag(self, now: datetime) -> float:
        """Seconds that the oldest order whose turn is next has waited here."""
        return self.queue_age("print", now)

    def journal_age(self, now: datetime) -> float:
        """Seconds."""
        return _age(self.journal.oldest, now) if self.journal.oldest else 0.0


def look(*, journal: Path, now: datetime) -> Figures:
    """Look at the database: some ten short queries. Raises DatabaseError."""
    here = Node.objects.filter(machine=worker.store().name())
    seen_at = here.aggregate(seen_at=Max("seen_at"))["seen_at"]
    orders = PrintOrder.objects.filter(node__in=here)
    to_print = orders.filter(subject__in=worker.TO_PRINT)
    queues = {
        "print": _queue(to_print.filter(turn=Turn.NEXT), "ordered_at"),
        "print later": _queue(to_print.filter(turn=Turn.AFTER), "ordered_at"),
        "press": _queue(orders.filter(subject=Subject.FORMS), "ordered_at"),
        "caches": _queue(orders.filter(subject=Subject.PURGE), "ordered_at"),
        "letters": _queue(Letter.objects.filter(sent_at=None), "created_at"),
        "letters to contributors": _queue(
            ContributionLetter.objects.filter(sent_at=None), "created_at"
        ),
        "moderators": _queue(ReaderComment.objects.filter(status=Status.HELD), "created_at"),
        "callbacks": _queue(CallbackOrder.objects.filter(due_at__lte=now), "due_at"),
    }
    position, checksum = follower.state()
    connections, most = _connections()
    return Figures(
        queues=queues,
        background_age=_age(seen_at, now) if seen_at else None,
        model_position=position,
        model_checksum=checksum,
        connections=connections,
        most_connections=most,
        journal=loading.backlog(journal),
        nodes=Node.objects.aggregate(machines=Count("machine", distinct=True))["machines"],
        is_first=nodes.first() == worker.store().name(),
    )


def _queue(rows: "QuerySet[Any]", field: str) -> Queue:
    found = rows.order_by().aggregate(length=Count("pk"), oldest=Min(field))
    return Queue(found["length"], found["oldest"])


def _age(moment: datetime, now: datetime) -> float:
    return max(0.0, (now - moment).total_seconds())


def _connections() -> tuple[dict[str, int], int]:
    if connection.vendor != "postgresql":
        return {}, 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(state, 'other'), count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name LIKE 'broadsheet%%' GROUP BY 1"
        )
        states = dict(cursor.fetchall())
        cursor.execute("SELECT current_setting('max_connections')::int")
        return states, cursor.fetchone()[0]


def of_process(tally: Tally, answers: Mapping[tuple[str, int], int], room: int) -> list[Metric]:
    """What the serving process has counted since it started."""
    return [
        _gauge(
            "build_info", "Which version runs.", [Sample(1, {"version": version("broadsheet")})]
        ),
        _counter(
            "requests_total",
            "Answers by who gave them and by status (0: nobody waited for it).",
            (Sample(number, {"by": by, "status": str(s)}) for (by, s), number in answers.items()),
        ),
        histogram(
            "broadsheet_request_seconds",
            "Time to answer; answers from memory wait for nothing and are not timed.",
            tally.durations(),
            label="by",
        ),
        _counter(
            "comments_total",
            "New comments by what became of them.",
            (Sample(tally.comments[status], {"status": status}) for status in Status.values),
        ),
        _counter(
            "comment_batches_total",
            "Transactions that kept new comments: each is printed once.",
            [Sample(tally.batches)],
        ),
        _gauge("requests_room", "Requests that Django could take besides.", [Sample(room)]),
        _gauge("memory_bytes", "Resident memory of the server.", [Sample(memory())]),
    ]


def of_site(found: Figures | None, *, now: datetime) -> list[Metric]:
    """What the database told; without it, only that it is away."""
    up = _gauge("database_up", "Does the database answer?", [Sample(found is not None)])
    if found is None:
        return [up]
    return [
        up,
        *_of_what_waits(found, now),
        *_of_the_model(found),
        *_of_the_database(found),
        *_of_the_journal(found, now),
        _gauge("first_node", "Does this node do what only one does?", [Sample(found.is_first)]),
        _gauge("nodes", "Nodes that the database knows.", [Sample(found.nodes)]),
    ]


def _of_what_waits(found: Figures, now: datetime) -> Iterator[Metric]:
    yield _gauge(
        "queue_length",
        "What waits to be done.",
        (Sample(queue.length, {"queue": name}) for name, queue in found.queues.items()),
    )
    yield _gauge(
        "queue_age_seconds",
        "How long the oldest of it has waited.",
        (Sample(found.queue_age(name, now), {"queue": name}) for name in found.queues),
    )
    yield _gauge(
        "print_lag_seconds",
        "How long the oldest order has waited that is to be printed next.",
        [Sample(found.print_lag(now))],
    )
    yield _gauge(
        "background_age_seconds",
        "Since the background process noted that it runs.",
        [] if found.background_age is None else [Sample(found.background_age)],
    )


def _of_the_model(found: Figures) -> Iterator[Metric]:
    yield _gauge(
        "model_position",
        "How far in the log the filter has learnt.",
        [Sample(found.model_position)],
    )
    yield _gauge(
        "model_info",
        "What the filter has learnt, as a checksum.",
        [Sample(1, {"checksum": found.model_checksum})],
    )


def _of_the_database(found: Figures) -> Iterator[Metric]:
    yield _gauge(
        "database_connections",
        "Connections of all nodes.",
        (Sample(number, {"state": state}) for state, number in found.connections.items()),
    )
    yield _gauge(
        "database_connections_most",
        "Connections that the database allows; 0: it has none.",
        [Sample(found.most_connections)],
    )


def _of_the_journal(found: Figures, now: datetime) -> Iterator[Metric]:
    yield _gauge(
        "journal_bytes",
        "Answered checks on their way to the database.",
        [Sample(found.journal.size)],
    )
    yield _gauge(
        "journal_age_seconds",
        "How long the oldest of them has been on its way: what this node would take with it.",
        [Sample(found.journal_age(now))],
    )


def of_backups(found: History, *, are_wanted: bool, now: datetime) -> list[Metric]:
    """What this node knows of backups; it is asked of its disk, not of the database."""
    age = found.age(now)
    return [
        _gauge("backups_wanted", "Do the settings name a place for backups?", [Sample(are_wanted)]),
        _gauge(
            "backup_age_seconds",
            "How old the last backup is; nothing where none is known.",
            [] if age is None else [Sample(age.total_seconds())],
        ),
        _gauge("backup_failed", "Did the last attempt fail?", [Sample(bool(found.failed_at))]),
    ]


def _gauge(name: str, words: str, samples: Iterable[Sample]) -> Metric:
    return Metric(f"broadsheet_{name}", Kind.GAUGE, words, tuple(samples))


def _counter(name: str, words: str, samples: Iterable[Sample]) -> Metric:
    return Metric(f"broadsheet_{name}", Kind.COUNTER, words, tuple(samples))


def memory() -> int:
    """Bytes; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
