"""What became of the last backup, as this node knows: `backups.json` in the site's folder. Plain Python."""

import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

FILE_NAME = "backups.json"
TOO_OLD = timedelta(hours=36)  # one a day is taken, and may be tried for some hours


@dataclass(frozen=True, slots=True)
class History:
    """`last` and `failed_at` are ISO 8601; "" for never. `why` is a line of ours, for operators."""

    last: str = ""
    failed_at: str = ""  # of the last attempt, if that failed
    why: str = ""

    @property
    def taken_at(self) -> datetime | None:
        return datetime.fromisoformat(self.last) if self.last else None

    def age(self, now: datetime) -> timedelta | None:
        """Of the last backup; None if there is none."""
        return now - self.taken_at if self.taken_at else None

    def is_too_old(self, now: datetime) -> bool:
        age = self.age(now)
        return age is None or age > TOO_OLD


def read(site: Path) -> History:
    """What is known in the site's folder; nothing, where nothing is or what is there can't be read."""
    try:
        found = History(**json.loads((site / FILE_NAME).read_text(encoding="utf-8")))
        for moment in (found.last, found.failed_at):
            if moment and datetime.fromisoformat(moment).tzinfo is None:
                return History()
    except (OSError, ValueError, TypeError):
        return History()
    return found


def note_taken(site: Path, at: datetime) -> None:
    """A backup was taken, or found, that is of this moment."""
    _write(site, History(last=_iso(at)))


def note_failed(site: Path, at: datetime, why: str) -> None:
    """The last attempt failed; the backup before it stays the last one."""
    _write(site, replace(read(site), failed_at=_iso(at), why=why))


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _write(site: Path, history: History) -> None:
    draft = site / f"{FILE_NAME}.{os.getpid()}.new"
    draft.write_text(json.dumps(asdict(history)), encoding="utf-8")
    draft.replace(site / FILE_NAME)
