"""Which newspaper's pages are in which folder: a small file that whoever looks after the folders writes. Plain Python.

The server, which never asks the database, reads `pages/.press/papers.json`, and again when it has changed.
"""

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .files import replace_files
from .store import HIDDEN


@dataclass(frozen=True, slots=True)
class Shelf:
    """One newspaper's folder."""

    host: str  # in small letters; "" for the first newspaper, which any other host leads to
    folder: str  # its name in the folder of all further newspapers; "" for the first
    name: str  # as its PageStore is known by: another one when the folder was made anew
    about: str  # changes whenever its site does


def beside(pages: Path) -> Path:
    """The folder of further newspapers' folders, beside the first one's `pages`."""
    return pages.with_name("papers")


def note(pages: Path, shelves: Sequence[Shelf]) -> None:
    """Say which there are, if that is not what the file says already."""
    file = _file(pages)
    said = json.dumps([dataclasses.asdict(shelf) for shelf in shelves]).encode()
    if not file.exists() or file.read_bytes() != said:
        replace_files({str(file): said}, flush=True)


def read(pages: Path) -> tuple[Shelf, ...]:
    """What was noted last; nothing where nobody has, or the file is damaged: it is written again."""
    try:
        return tuple(Shelf(**entry) for entry in json.loads(_file(pages).read_bytes()))
    except (OSError, ValueError, TypeError):
        return ()


def signature(pages: Path) -> tuple[int, int] | None:
    """Another one whenever the file was written."""
    try:
        status = _file(pages).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino


def _file(pages: Path) -> Path:
    return pages / HIDDEN / "papers.json"
