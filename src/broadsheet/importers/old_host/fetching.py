"""Fetch the old site's photos and files into a folder that looks like its uploads folder. Plain Python.

A few at a time. What is in the folder already is not asked for again, so that a stopped run goes on; each file appears
whole or not at all. When nothing comes any more, the rest is left for another day.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from .asking import OldHost, Unanswered

AT_ONCE: Final = 3  # connections
GIVE_UP_AFTER: Final = 20  # files in a row that the host did not answer for
_WAITING: Final = 4 * AT_ONCE  # files whose turn is planned


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file of the old site."""

    name: str  # below the uploads folder: "2021/03/pier.jpg"
    url: str


@dataclass(slots=True)
class Fetched:
    """What came of it."""

    files: int = 0  # fetched now
    reasons: dict[str, str] = field(default_factory=dict)  # name → why it did not come


def fetch(
    wanted: Iterable[Wanted],
    folder: Path,
    *,
    host: OldHost,
    max_bytes: int,
    progress: Callable[[int], None],
) -> Fetched:
    """Fetch what is not in `folder` yet. `progress` hears of each file that is dealt with. Raises OSError of the disk."""
    found = Fetched()
    unanswered = 0
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for file, reason in _in_threads(threads, wanted, folder, host, max_bytes):
            progress(1)
            unanswered = unanswered + 1 if reason.startswith("no answer") else 0
            if reason:
                found.reasons[file.name] = reason
            else:
                found.files += 1
            if unanswered >= GIVE_UP_AFTER:
                break
    return found


def _in_threads(
    threads: ThreadPoolExecutor,
    wanted: Iterable[Wanted],
    folder: Path,
    host: OldHost,
    max_bytes: int,
) -> Iterator[tuple[Wanted, str]]:
    """Each file as it is done, with the reason why it did not come, or ""; no more wait than fit in memory."""
    running: dict[Future[None], Wanted] = {}
    rest = iter(wanted)
    more = True
    while more or running:
        while more and len(running) < _WAITING:
            file = next(rest, None)
            more = file is not None
            if file is not None and (target := _target(folder, file.name)):
                running[threads.submit(_one, file, target, host, max_bytes)] = file
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            file = running.pop(future)
            reason = ""
            try:
                future.result()
            except Unanswered as error:
                reason = str(error)
            yield file, reason


def _target(folder: Path, name: str) -> Path | None:
    """Where a file goes; None where it is already, or where the name leads out of the folder."""
    relative = PurePosixPath(name)
    if not name or relative.is_absolute() or ".." in relative.parts or "\0" in name:
        return None
    target = folder / relative
    return None if target.exists() else target


def _one(file: Wanted, target: Path, host: OldHost, max_bytes: int) -> None:
    answer = host.get(file.url, max_bytes=max_bytes)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.part")
    try:
        draft.write_bytes(answer.body)
        draft.replace(target)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
