"""Small promises about files that the page store is built from. Plain Python.

Files are named by strings here: thousands of pages are written in a row, and a `Path` costs as much as a system call.
"""

import contextlib
import ctypes
import errno
import fcntl
import os
import secrets
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

_RENAMEAT2 = getattr(ctypes.CDLL(None), "renameat2", None)  # Linux's
_SYNCFS = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)  # Linux's
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # fcntl.h, linux/fs.h
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


def replace_files(bodies: Mapping[str, bytes], *, flush: bool, new: bool = False) -> None:
    """Write every body beside its target, flush to disk if wanted, then rename them in the given order.

    `new` says that none of the targets is there yet. Nothing has changed when this raises while writing, as on a full
    disk. A renaming that fails (a disk that breaks) may leave the first ones renamed.
    """
    drafts: dict[str, str] = {}
    try:
        for target, body in bodies.items():
            drafts[target] = _draft(target, body, flush=flush)
        for target, draft in drafts.items():
            rename(draft, target, plainly=flush or new)
    except BaseException:
        for draft in drafts.values():
            remove_file(draft)
        raise


def rename(draft: str, target: str, *, plainly: bool) -> None:
    """Put the draft in the target's place, in one step."""
    if plainly or not _exchange(draft, target):
        os.replace(draft, target)


def _exchange(draft: str, target: str) -> bool:
    """Let the two files change names, in one step, and remove the old one; False where that is not possible.

    It is to the reader what a rename over the target is. But ext4 brings the blocks of a file that is renamed over
    another to disk at once (`auto_da_alloc`), which takes milliseconds, flushed or not.
    """
    if _RENAMEAT2 is None:
        return False
    here = _AT_FDCWD
    if _RENAMEAT2(here, os.fsencode(draft), here, os.fsencode(target), _RENAME_EXCHANGE):
        return False  # no such target yet, or a file system that can't
    os.unlink(draft)
    return True


def _draft(target: str, body: bytes, *, flush: bool) -> str:
    draft = f"{target.rpartition('/')[0]}/.new-{secrets.token_hex(8)}"
    descriptor = _new_file(draft)
    try:
        os.fchmod(descriptor, 0o644)  # any web server must be able to read it
        _write(descriptor, body)
        if flush:
            os.fsync(descriptor)
    except BaseException:
        os.unlink(draft)
        raise
    finally:
        os.close(descriptor)
    return draft


def _write(descriptor: int, body: bytes) -> None:
    """All of it: a call writes less where the disk is about to be full."""
    written = os.write(descriptor, body)
    while written < len(body):
        written += os.write(descriptor, body[written:])


def _new_file(path: str) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    for attempt in range(_ATTEMPTS):
        try:
            return os.open(path, flags, 0o644)
        except FileNotFoundError:
            if attempt == _ATTEMPTS - 1:
                raise
            os.makedirs(os.path.dirname(path), exist_ok=True)
    raise AssertionError("unreachable")


def flush_file_system(folder: Path) -> None:
    """Bring to disk what was written there, to whatever file: for very many files it is faster than one by one."""
    if _SYNCFS is None or not folder.exists():
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if _SYNCFS(descriptor):
            raise OSError(ctypes.get_errno(), f"{folder} could not be brought to disk")
    finally:
        os.close(descriptor)


def read_file(path: str) -> bytes:
    """All of it. Raises OSError."""
    with open(path, "rb", buffering=0) as file:
        return file.read()


def remove_file(path: str) -> None:
    """So that there is none of this name, whether there was or not."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        os.unlink(path)


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
def locked(path: str, *, patience: float | None = None) -> Iterator[None]:
    """Hold the lock file at `path` against every other thread and process of this machine.

    Raises Busy when that takes longer than `patience` seconds; None waits for as long as it takes.
    """
    descriptor = _lock_file(path)
    try:
        if patience is None:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        else:
            _lock_within(descriptor, patience)
        yield
    finally:
        os.close(descriptor)  # which releases it


def _lock_file(path: str) -> int:
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
    try:
        return os.open(path, flags, 0o644)
    except FileNotFoundError:  # the first lock in its folder
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return os.open(path, flags, 0o644)


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
