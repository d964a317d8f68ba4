"""What a module for another system hands over. Plain Python."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final, cast

from broadsheet.importers.records import Comment, Contributor, Section, Story


class UnreadableSource(ValueError):
    """The file or folder is not what its command expects, or is damaged. The message is one line."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The articles and pages of another system; `address` is its home: "https://old.example"."""

    address: str
    stories: tuple[Story, ...]
    sections: tuple[Section, ...] = ()
    contributors: tuple[Contributor, ...] = ()


@dataclass(frozen=True, slots=True)
class OldThread:
    """The comments on one page of the old site, known by its address, or its path."""

    address: str
    comments: tuple[Comment, ...] = field(default=())


Threads = Iterator[OldThread]


_GZIP: Final = b"\x1f\x8b"


def opened(path: Path) -> IO[bytes]:
    """A file, unpacked if it is gzipped. Reading it may raise EOFError and gzip.BadGzipFile."""
    with path.open("rb") as file:
        is_packed = file.read(2) == _GZIP
    return cast(IO[bytes], gzip.open(path)) if is_packed else path.open("rb")


def moment(text: str | None) -> datetime | None:
    """ISO 8601, with or without a zone (then Greenwich); None for what is no date."""
    try:
        found = datetime.fromisoformat((text or "").strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def from_seconds(seconds: object) -> datetime | None:
    """Seconds since 1970, as many programs keep them."""
    try:
        return datetime.fromtimestamp(float(str(seconds)), UTC)
    except (ValueError, OverflowError, OSError):
        return None
