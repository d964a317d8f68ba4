"""Isso: its database is one SQLite file. Format: isso/db/comments.py and threads.py. Plain Python.

`mode` is 1 for what is published, 2 for what waits, 4 for what was deleted while answers remain; addresses are cut.
"""

import sqlite3
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from broadsheet.importers.records import Comment, CommentState

from .holdings import OldThread, Threads, UnreadableSource, from_seconds

_STATES: Final = {1: CommentState.PUBLISHED, 2: CommentState.HELD, 4: CommentState.TRASHED}
_COMMENTS: Final = (
    "SELECT threads.uri, comments.id, comments.parent, comments.author, comments.email, comments.website,"
    " comments.remote_addr, comments.text, comments.created, comments.mode"
    " FROM comments JOIN threads ON threads.id = comments.tid ORDER BY threads.id, comments.id"
)


def read(path: Path) -> Threads:
    """The threads of a database, which is opened for reading only. Raises UnreadableSource, OSError."""
    with path.open("rb"):
        pass  # a file that is not there is an OSError, as with the others
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            rows = database.execute(_COMMENTS)
            for address, found in groupby(rows, key=lambda row: str(row[0])):
                yield OldThread(address, tuple(map(_comment, found)))
    except sqlite3.Error as error:
        raise UnreadableSource(f"not a database of Isso: {error}.") from error


def _comment(row: tuple[Any, ...]) -> Comment:
    _uri, number, parent, author, email, website, address, text, created, mode = row
    return Comment(
        id=str(number),
        parent=str(parent or ""),
        author=str(author or ""),
        email=str(email or ""),
        web_address=str(website or ""),
        network_address=str(address or ""),
        text=str(text or ""),  # Markdown, as ours
        written_at=from_seconds(created),
        state=_STATES.get(mode, CommentState.HELD),
    )
