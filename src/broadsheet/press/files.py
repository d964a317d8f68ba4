"""Small promises about files that the page store is built from. Plain Python."""

import contextlib
import errno
import fcntl
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

_POLL = 0.002  # seconds between two looks at a lock
_ATTEMPTS = 5  # a folder may be removed, for being empty, between its making and its use


class StorageFull(OSError):
    """There is no room left for pages; what was printed before is untouched."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            errno.ENOSPC, f"No room left on the disk for pages in {folder}: free some space"
        )
        self.folder = folder


@contextlib.contextmanager
def saying_when_full(folder: Path) -> Iterator[None]:
    """Turn the system's two words for a full disk into StorageFull."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageFull(folder) from error
        raise


def replace_files(bodies: Mapping[Path, bytes], *, flush: bool) -> None:
    """Write every body beside its target, flush to disk if wanted, then rename them in the given order.

    Nothing has changed when this raises while writing, as on a full disk. A renaming that fails (a disk that breaks)
    may leave the first ones renamed.
    """
    drafts: dict[Path, Path] = {}
    try:
        for target, body in bodies.items():
            drafts[target] = _draft(target, body, flush=flush)
        for target, draft in drafts.items():
            draft.replace(target)
    except BaseException:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        raise


def _draft(target: Path, body: bytes, *, flush: bool) -> Path:
    descriptor, name = _new_file(target.parent)
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
            file.flush()
            if flush:
                os.fsync(file.fileno())
        draft.chmod(0o644)  # mkstemp makes 0600; any web server must be able to read it
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return draft


def _new_file(folder: Path) -> tuple[int, str]:
    for attempt in range(_ATTEMPTS):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            return tempfile.mkstemp(dir=folder, prefix=".new-")
        except FileNotFoundError:
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def remove_empty_folders(folder: Path, *, up_to: Path) -> None:
    """Remove `folder` and its parents while they are empty, and below `up_to`."""
    while folder != up_to and up_to in folder.parents:
        try:
            folder.rmdir()
        except FileNotFoundError:
            pass
        except OSError:  # not empty
            return
        folder = folder.parent


class Busy(TimeoutError):
    """Someone else holds the lock, and the time to wait for it is over."""


@contextlib.contextmanager
def locked(path: Path, *, patience: float | None = None) -> Iterator[None]:
    """Hold the lock file at `path` against every other thread and process of this machine.

    Raises Busy when that takes longer than `patience` seconds; None waits for as long as it takes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        if patience is None:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        else:
            _lock_within(descriptor, patience)
        yield
    finally:
        os.close(descriptor)  # which releases it


def _lock_within(descriptor: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise Busy from None
            time.sleep(_POLL)
        else:
            return
