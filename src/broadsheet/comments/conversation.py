"""The order in which a discussion is read: each comment, then its replies. Plain Python."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A comment as the thread needs it."""

    pk: int
    parent_id: int | None
    is_published: bool
    author: str
    html: str
    is_outdated: bool = False  # written before the page was corrected


@dataclass(frozen=True, slots=True)
class Turn:
    """A comment in its place."""

    row: Row
    level: int  # 1 for a comment on the article itself, at most the site's depth
    parent: Row | None  # whom it answers, if that comment is in the same list
    is_flattened: bool  # the level does not tell whom it answers


def in_reading_order(rows: Sequence[Row], *, depth: int) -> Iterator[Turn]:
    """Each comment, oldest first, followed by its replies, not deeper than `depth` levels.

    What is not published shows only where published replies hang below it. A parent must come before its replies.
    """
    here = {row.pk: row for row in rows}
    replies: dict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        replies[row.parent_id if row.parent_id in here else None].append(row)
    shown = _needed(rows, here)
    waiting = [Turn(row, 1, None, is_flattened=False) for row in reversed(replies[None])]
    while waiting:
        turn = waiting.pop()
        if turn.row.pk not in shown:
            continue
        yield turn
        flattened = turn.level >= depth
        level = turn.level if flattened else turn.level + 1
        waiting += [
            Turn(reply, level, turn.row, is_flattened=flattened)
            for reply in reversed(replies[turn.row.pk])
        ]


def _needed(rows: Sequence[Row], here: dict[int, Row]) -> set[int]:
    """What is published, and what such comments answer, up to the root."""
    needed: set[int] = set()
    for row in rows:
        if row.is_published:
            needed |= _line(row, here, needed)
    return needed


def _line(row: Row, here: dict[int, Row], known: set[int]) -> set[int]:
    line: set[int] = set()
    current: Row | None = row
    while current is not None and current.pk not in known and current.pk not in line:
        line.add(current.pk)
        current = here.get(current.parent_id) if current.parent_id is not None else None
    return line
