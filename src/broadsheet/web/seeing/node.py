"""This process's node: what is asked about it, and its last hours."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor

from broadsheet.comments.models import Status
from broadsheet.comments.signals import comments_kept
from broadsheet.web import allotment
from broadsheet.web.backup import history

from . import exposition, figures
from .figures import Figures
from .tally import Tally

logger = logging.getLogger(__name__)

SAMPLE_EVERY = 30.0  # seconds
SAMPLES = 240  # two hours


@dataclass(frozen=True, slots=True)
class Moment:
    """Some figures at one time, for plots."""

    at: datetime
    answers: int  # since the process started
    failures: int  # of these, with a status of 500 or more
    comments: int
    doubtful: int  # of these, held or taken for spam
    print_lag: float  # seconds
    waiting: int  # orders to print
    moderators: int  # comments that wait for them
    connections: int  # to the database, of all nodes
    journal_age: float  # seconds
    memory: int  # bytes


class ThisNode:
    """What the serving process knows of itself. `start` has a thread remember it."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.history: deque[Moment] = deque(maxlen=SAMPLES)
        self._from_memory: Mapping[int, int] = {}
        self._room: Callable[[], int] = lambda: 0
        self._stopping = threading.Event()
        comments_kept.connect(self._on_comments, dispatch_uid="seeing.comments")

    def serve(self, *, from_memory: Mapping[int, int], room: Callable[[], int]) -> None:
        """Where the server counts what it answers from memory, and how it tells what it could take."""
        self._from_memory, self._room = from_memory, room

    def start(self) -> None:
        """Remember the figures now and then, until `close`."""
        threading.Thread(target=self._remember, name="history", daemon=True).start()

    def close(self) -> None:
        self._stopping.set()

    def _on_comments(self, statuses: list[str], **_: Any) -> None:
        self.tally.commented(statuses)

    def ready(self) -> tuple[int, str]:
        """Can it take comments and edits: is there a database, and is that as this version needs it?"""
        close_old_connections()
        try:
            executor = MigrationExecutor(connection)
            behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except (DatabaseError, InterfaceError):
            connection.close()
            return 503, "The database does not answer.\n"
        if behind:
            return 503, f"The database lacks {len(behind)} migrations.\n"
        return (200, "ready\n") if self._room() > 0 else (503, "Too many requests wait.\n")

    def metrics(self) -> tuple[int, str]:
        """Everything, for Prometheus; without the database what there is without it."""
        now = datetime.now(UTC)
        found = self.look(now)
        metrics = figures.of_process(self.tally, self.answers(), self._room())
        site = settings.CONFIGURATION
        backups = figures.of_backups(
            history.read(site.folder), are_wanted=bool(site.backup_to), now=now
        )
        return 200, exposition.text([*metrics, *figures.of_site(found, now=now), *backups])

    def answers(self) -> dict[tuple[str, int], int]:
        """(who answered, status) → how many, since the process started."""
        memory = {("memory", status): number for status, number in self._from_memory.items()}
        return memory | self.tally.answers()

    def look(self, now: datetime) -> Figures | None:
        """What the database tells now; None while it is away."""
        close_old_connections()
        try:
            return figures.look(journal=settings.AKISMET_JOURNAL, now=now)
        except (DatabaseError, InterfaceError):
            connection.close()
            return None

    def remember(self, now: datetime) -> None:
        """Note this moment."""
        found = self.look(now)
        answers = self.answers()
        self.history.append(
            Moment(
                at=now,
                answers=sum(answers.values()),
                failures=sum(number for (_, status), number in answers.items() if status >= 500),
                comments=sum(self.tally.comments.values()),
                doubtful=self.tally.comments[Status.HELD] + self.tally.comments[Status.SPAM],
                print_lag=found.print_lag(now) if found else 0.0,
                waiting=found.queues["print"].length if found else 0,
                moderators=found.queues["moderators"].length if found else 0,
                connections=sum(found.connections.values()) if found else 0,
                journal_age=found.journal_age(now) if found else 0.0,
                memory=figures.memory(),
            )
        )

    def _remember(self) -> None:
        while not self._stopping.wait(SAMPLE_EVERY):
            try:
                self.remember(datetime.now(UTC))
                allotment.give_back()
            except Exception:
                logger.exception("The node's figures could not be noted; it is tried again")
        connection.close()


this_node = ThisNode()
