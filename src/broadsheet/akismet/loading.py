"""From the journal into the database: rows, figures and lessons, each exactly once.

A transaction takes a few hundred lines and moves the file's position with them; whatever is interrupted is done again
from there. A database that is locked or away only delays this.
"""

import fcntl
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import (
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
)

from broadsheet.learning.filters import current_filter
from broadsheet.spam import SpamFilter

from . import journal, lessons
from .journal import Chunk
from .keeping import Entry, keep
from .kept import moment, restored
from .models import JournalPosition

logger = logging.getLogger(__name__)

LINES = 500
NICENESS = 10  # a tenth of a core that answers fill, all of one that is idle
LOOK_EVERY = 0.4  # seconds, while no line comes
LOOK_SOON = 0.2  # seconds, once some came: the log is late by this, and by what two loads take
LOOK_AT_LEAST_EVERY = (
    5.0  # seconds, though no line came: a file is finished when its writer is gone
)
AFTER_AN_ERROR = 1.0  # seconds
ENDS_WITHIN = 2.5  # seconds; the server needs less to end
# Clues cost ten times a verdict: for clear ham, and for most of a flood, the office works them out when asked.
CLEARLY_HAM = 0.05
MOST_EXPLAINED = 5  # of the lines loaded at once, which is all of them up to 25 a second
MANY = 50  # lines at once are a flood: then none is, for at a tenth of a core it takes a quarter of what makes the log late


def run(folder: Path, stopping: threading.Event, is_open: Callable[[], bool]) -> None:
    """Load until `stopping`, while the database `is_open` to writers. What fails is logged once, and tried again for as long as it takes."""
    _be_modest()
    failing = ""
    loaded_to: object = None
    while not stopping.is_set():
        pause = LOOK_EVERY
        extent = journal.extent(folder), time.monotonic() // LOOK_AT_LEAST_EVERY
        if extent == loaded_to or not is_open():
            stopping.wait(pause)
            continue
        try:
            close_old_connections()
            pause = LOOK_SOON if load(folder, spam_filter=current_filter) else LOOK_EVERY
            failing, loaded_to = "", extent
        except (OperationalError, InterfaceError, OSError) as error:
            pause = AFTER_AN_ERROR
            if str(error) != failing:
                failing = str(error)
                logger.warning("The journal of checks is loaded later: %s", failing.strip())
            connection.close()
        stopping.wait(pause)
    if is_open():
        _load_the_last(folder)


def _load_the_last(folder: Path) -> None:
    """This node may never come back: what its server answered until it ended goes into the database, too."""
    until = time.monotonic() + ENDS_WITHIN
    try:
        while journal.files(folder) and time.monotonic() < until:
            load(folder, spam_filter=current_filter)
            time.sleep(LOOK_EVERY / 10)
    except (OperationalError, InterfaceError, OSError) as error:
        logger.warning("The rest of %s is loaded when this node starts again: %s", folder, error)


def _be_modest() -> None:
    """Let answers go first where they share a core with this thread: the journal can wait."""
    if sys.platform == "linux":  # elsewhere a priority belongs to the whole process
        thread = threading.get_native_id()
        nicest = max(NICENESS, os.getpriority(os.PRIO_PROCESS, thread))  # nobody may be less nice
        os.setpriority(os.PRIO_PROCESS, thread, nicest)


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


@dataclass(frozen=True, slots=True)
class Backlog:
    """What was answered and is not in the database: with the disk of this node it would be lost."""

    size: int  # bytes
    oldest: datetime | None


def backlog(folder: Path) -> Backlog:
    """What waits in the journal in `folder`. One query."""
    loaded = dict(JournalPosition.objects.values_list("file", "offset"))
    size, oldest = 0, None
    for path in journal.files(folder):
        start = loaded.get(path.name, 0)
        with suppress(FileNotFoundError):  # loaded meanwhile
            waiting = path.stat().st_size - start
            first = next(journal.chunks(path, start=start, lines=1), None) if waiting else None
            size += waiting
            if oldest is None and first and first.lines:
                oldest = moment(first.lines[0])
    return Backlog(size, oldest)


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
        keep(path.name, prepared, chunk.end, spam_filter)
        return
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("Some lines of the journal %s are kept one by one", path.name)
    for line in prepared:
        try:
            keep(path.name, [line], None, spam_filter)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.exception("A line of the journal %s could not be kept", path.name)
    keep(path.name, [], chunk.end, spam_filter)


def _prepared(chunk: Chunk, spam_filter: SpamFilter) -> list[Entry]:
    """The lines with clues and fingerprints, which are worked out before the transaction holds any lock."""
    prepared = []
    to_explain = MOST_EXPLAINED if len(chunk.lines) < MANY else 0
    for line in chunk.lines:
        try:
            explain = to_explain > 0 and _wants_clues(line)
            prepared.append(_prepared_line(line, spam_filter, explain=explain))
            to_explain -= explain
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
