"""Remark42: its backup is gzipped JSON lines, a header first. Format: backend/app/store/comment.go. Plain Python."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from broadsheet.importers.records import Comment, CommentState
from broadsheet.importers.wordpress.comments import markdown

from .holdings import OldThread, Threads, UnreadableSource, moment, opened

LONGEST_LINE: Final = 4 * 1024 * 1024  # bytes; one comment


def read(path: Path) -> Threads:
    """The threads of a backup, packed or unpacked. Raises UnreadableSource, OSError."""
    threads: dict[str, list[Comment]] = {}
    for said in _lines(path):
        where = said.get("locator")
        if isinstance(where, dict) and isinstance(where.get("url"), str):
            threads.setdefault(where["url"], []).append(_comment(said))
    for address, comments in threads.items():
        yield OldThread(address, tuple(comments))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with opened(path) as lines:
            while line := lines.readline(LONGEST_LINE):
                said = json.loads(line) if line.strip() else None
                if isinstance(said, dict):
                    yield said
    except (ValueError, RecursionError, EOFError, gzip.BadGzipFile) as error:
        raise UnreadableSource(f"not a backup of Remark42, or damaged: {error}.") from error


def _comment(said: dict[str, Any]) -> Comment:
    user = said.get("user") if isinstance(said.get("user"), dict) else {}
    return Comment(
        id=str(said.get("id", "")),
        parent=str(said.get("pid") or ""),
        author=str(user.get("name", "")) if user else "",
        email="",  # it keeps none
        web_address="",
        network_address="",  # hashed, and of no use to us
        text=str(said.get("orig") or "") or markdown(str(said.get("text", ""))),
        written_at=moment(str(said.get("time", ""))),
        state=CommentState.TRASHED if said.get("delete") else CommentState.PUBLISHED,
    )
