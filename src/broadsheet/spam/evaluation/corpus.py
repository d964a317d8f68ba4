"""Labelled submissions in JSON lines: `text` and `label` ("ham" or "spam"), all else optional."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from broadsheet.spam.submission import Submission

_FIELDS = ("author", "author_email", "author_url", "user_agent", "referrer", "article")


class BadLine(ValueError):
    """A line of a corpus is not what it should be."""

    def __init__(self, path: Path, number: int, reason: str) -> None:
        super().__init__(f"{path}, line {number}: {reason}")
        self.path, self.number = path, number


@dataclass(frozen=True, slots=True)
class Example:
    submission: Submission
    is_spam: bool
    group: str  # language or site, where known


def read(path: Path) -> list[Example]:
    """In file order. Raises BadLine, and OSError where there is no such file."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [_example(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def submission_of(record: dict[str, Any]) -> Submission:
    """From the fields that a record has; `lang` is that of the site. Raises ValueError."""
    text = record.get("text")
    if not isinstance(text, str):
        raise ValueError("there is no text")
    fields = {name: str(record.get(name) or "") for name in _FIELDS}
    seconds = record.get("seconds_to_fill")
    return Submission(
        text=text,
        **fields,
        site_lang=str(record.get("site_lang") or ""),
        sent_at=_posix(record.get("time")),
        seconds_to_fill=float(seconds) if seconds is not None else None,
        honeypot_filled=bool(record.get("honeypot_filled")),
    )


def _example(path: Path, number: int, line: str) -> Example:
    try:
        record = json.loads(line)
        submission = submission_of(record)
    except (ValueError, AttributeError) as error:
        raise BadLine(path, number, str(error)) from error
    if record.get("label") not in ("ham", "spam"):
        raise BadLine(path, number, f"the label is {record.get('label')!r}, not ham or spam")
    group = str(record.get("lang") or record.get("site") or "")
    return Example(submission, record["label"] == "spam", group)


def _posix(time: str | float | None) -> float | None:
    if isinstance(time, str):
        try:
            return datetime.fromisoformat(time).timestamp()
        except ValueError:
            return None
    return time
