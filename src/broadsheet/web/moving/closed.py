"""Whether writers have to wait while a site is moved: a file in its folder, held by the process that moves it.

The file counts as long as that process lives, so one that is killed closes nothing; once it says that the site has moved,
it counts until it is deleted, or until the site is served from PostgreSQL. Plain Python.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from broadsheet.web.configuration import Configuration

FILE_NAME = "moving"
_MOVED = "This site's database has moved. Delete this file to write into the old one again.\n"


class MoveError(ValueError):
    """The database can't be moved; the message is one line that says why."""


def takes_nothing(configuration: Configuration) -> bool:
    """Must writers try again later?"""
    return configuration.database_url.startswith("sqlite") and is_closed(configuration.folder)


def is_closed(folder: Path) -> bool:
    """Is the site in `folder` being moved, or has it been?"""
    try:
        with (folder / FILE_NAME).open(encoding="utf-8") as file:
            return bool(file.read(1)) or _is_held(file)
    except FileNotFoundError:
        return False


def _is_held(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """Writers have to wait within it, and after it unless it ends by an error. Raises MoveError if they do already."""
    place = folder / FILE_NAME
    if is_closed(folder):
        raise MoveError(f"The site is being moved, or has moved: {place} says so.")
    draft = place.with_suffix(".new")
    with draft.open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        draft.replace(place)
        try:
            yield
        except BaseException:
            place.unlink(missing_ok=True)
            raise
        file.write(_MOVED)
