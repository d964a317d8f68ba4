"""Commento: its export is JSON, perhaps gzipped, with comments and commenters. Format: api/domain_export.go. Plain Python."""

import gzip
import json
from pathlib import Path
from typing import Any, Final

from broadsheet.importers.records import Comment, CommentState

from .holdings import OldThread, Threads, UnreadableSource, moment, opened

LARGEST: Final = 512 * 1024 * 1024  # bytes, unpacked
_STATES: Final = {
    "approved": CommentState.PUBLISHED,
    "unapproved": CommentState.HELD,
    "flagged": CommentState.SPAM,
}


def read(path: Path) -> Threads:
    """The threads of an export. Raises UnreadableSource, OSError."""
    said = _said(path)
    commenters = {
        str(one.get("commenterHex")): one for one in said.get("commenters") or () if _is_object(one)
    }
    threads: dict[str, list[Comment]] = {}
    for one in said.get("comments") or ():
        if _is_object(one):
            address = f"https://{one.get('domain', '')}/{str(one.get('url') or one.get('path', '')).lstrip('/')}"
            threads.setdefault(address, []).append(_comment(one, commenters))
    for address, comments in threads.items():
        yield OldThread(address, tuple(comments))


def _is_object(said: object) -> bool:
    return isinstance(said, dict)


def _said(path: Path) -> dict[str, Any]:
    try:
        with opened(path) as file:
            body = file.read(LARGEST + 1)
        if len(body) > LARGEST:
            raise UnreadableSource(f"larger than {LARGEST // 1024**2} MB.")
        said = json.loads(body)
    except (ValueError, RecursionError, EOFError, gzip.BadGzipFile) as error:
        if isinstance(error, UnreadableSource):
            raise
        raise UnreadableSource(f"not an export of Commento, or damaged: {error}.") from error
    if not isinstance(said, dict):
        raise UnreadableSource("not an export of Commento.")
    return said


def _comment(said: dict[str, Any], commenters: dict[str, Any]) -> Comment:
    author = commenters.get(str(said.get("commenterHex")), {})
    parent = str(said.get("parentHex") or "root")
    state = _STATES.get(str(said.get("state")), CommentState.HELD)
    return Comment(
        id=str(said.get("commentHex", "")),
        parent="" if parent == "root" else parent,
        author=str(author.get("name", "")),
        email=str(author.get("email", "")),
        web_address=str(author.get("link", "")),
        network_address="",
        text=str(said.get("markdown", "")),
        written_at=moment(str(said.get("creationDate", ""))),
        state=CommentState.TRASHED if said.get("deleted") else state,
    )
