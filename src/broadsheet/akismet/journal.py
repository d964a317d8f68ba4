"""The journal: what was answered is appended to a file before the answer goes out, and loaded into the database later.

One `write` into the system's page cache, a few microseconds: it outlives the process, whatever kills it, and waits for
neither the database nor the disk. Each process appends to a file of its own, `<start, ns>-<process>.jsonl`, and begins
a new one past a size; whoever loads them (`loading`) removes a file when all of it is in the database and its writer
has moved on or is gone, which the file's lock tells. Plain Python.
"""

import fcntl
import json
import logging
import os
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

LARGEST_FILE = 8 * 1024 * 1024  # bytes, then the next begins
LARGEST_JOURNAL = 2 * 1024**3  # bytes in all: about 1.5 million checks
SLOW = 0.1  # seconds; a disk that takes longer is left alone for a while
RESPITE = 2.0  # seconds
MOST_WAITING = 100_000  # lines in memory while the disk is slow or full

Line = Mapping[str, Any]


class Journal:
    """The writing end. Thread-safe."""

    def __init__(self, folder: Path, *, largest_file: int = LARGEST_FILE) -> None:
        self._folder = folder
        self._largest_file = largest_file
        self._descriptor = -1
        self._size = 0
        self._lock = threading.Lock()
        self._waiting: deque[bytes] = deque(maxlen=MOST_WAITING)
        self._respite_until = 0.0

    def append(self, line: Line) -> None:
        """Keep `line`. Never raises: on a slow or full disk it waits in memory, and is written with a later one."""
        encoded = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        with self._lock:
            self._waiting.append(encoded)
            if time.monotonic() >= self._respite_until:
                self._write_waiting()

    def flush(self) -> None:
        """Try again to write what waits; to be called now and then, for the time when nothing is appended."""
        with self._lock:
            if self._waiting and time.monotonic() >= self._respite_until:
                self._write_waiting()

    def close(self) -> None:
        """Write what waits, and let the file go to whoever loads it."""
        with self._lock:
            self._write_waiting()
            if self._descriptor >= 0:
                os.close(self._descriptor)
                self._descriptor = -1

    def _write_waiting(self) -> None:
        started = time.monotonic()
        try:
            while self._waiting:
                self._write(self._waiting[0])
                self._waiting.popleft()
                if time.monotonic() - started > SLOW:
                    self._respite_until = time.monotonic() + RESPITE
                    return
        except OSError as error:
            self._respite_until = time.monotonic() + RESPITE
            logger.error(
                "The journal in %s can't be written (%s); %d entries wait in memory",
                self._folder,
                error.strerror,
                len(self._waiting),
            )

    def _write(self, encoded: bytes) -> None:
        if self._descriptor < 0 or self._size >= self._largest_file:
            self._begin_file()
        written = os.write(self._descriptor, encoded)
        self._size += written
        if written < len(encoded):  # a full disk: the half line is skipped when loading
            os.close(self._descriptor)
            self._descriptor = -1
            raise OSError(28, "No space left on device")

    def _begin_file(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
        self._folder.mkdir(parents=True, exist_ok=True)
        if sum(path.stat().st_size for path in files(self._folder)) > LARGEST_JOURNAL:
            raise OSError(27, "it has grown too large: nothing loads it")
        draft = self._folder / f"{time.time_ns():020}-{os.getpid()}.new"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC
        descriptor = os.open(
            draft, flags, 0o600
        )  # readers' words: for the site's own processes only
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        draft.rename(
            draft.with_suffix(".jsonl")
        )  # locked first, so that nobody takes it for finished
        self._descriptor, self._size = descriptor, 0


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines of one file, from one offset up to the next."""

    lines: tuple[dict[str, Any], ...]
    end: int  # bytes from the file's beginning, after the last whole line


def files(folder: Path) -> list[Path]:
    """The journal's files, oldest first."""
    return sorted(folder.glob("*.jsonl"))


def extent(folder: Path) -> tuple[tuple[str, int], ...]:
    """How far the files go, in bytes: it changes with each line. Asks nobody but the file system."""
    try:
        with os.scandir(folder) as found:
            return tuple(sorted((file.name, file.stat().st_size) for file in found))
    except FileNotFoundError:  # the folder, or a file since it was listed
        return ()


def chunks(path: Path, *, start: int, lines: int) -> Iterator[Chunk]:
    """The whole lines of `path` from byte `start`, up to `lines` at a time; damaged ones are skipped and logged."""
    with path.open("rb") as file:
        file.seek(start)
        end, batch = start, []
        for raw in file:
            if not raw.endswith(b"\n"):
                break
            end += len(raw)
            batch.extend(_decoded(raw, path))
            if len(batch) == lines:
                yield Chunk(tuple(batch), end)
                batch = []
        if end > start:
            yield Chunk(tuple(batch), end)


def _decoded(raw: bytes, path: Path) -> list[dict[str, Any]]:
    try:
        line = json.loads(raw)
    except ValueError:
        line = None
    if isinstance(line, dict):
        return [line]
    logger.warning("A damaged line of the journal %s was skipped", path.name)
    return []


def is_finished(path: Path) -> bool:
    """Has its writer moved on, or ended?"""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def remove(path: Path) -> None:
    with suppress(FileNotFoundError):
        path.unlink()
