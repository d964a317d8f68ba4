"""Copying tables, and looking whether all of their rows have arrived. Plain Python."""

from collections.abc import Callable, Sequence

from .canonical import Table
from .closed import MoveError
from .source import Source
from .target import Target

Progress = Callable[[int, int], None]  # rows done, rows in all


def copy(source: Source, target: Target, tables: Sequence[Table], progress: Progress) -> int:
    """Copy what is not in `target` yet. Returns how many rows there are; raises MoveError unless both hold the same.

    A table that someone has written into since an earlier try is copied anew.
    """
    _copy(source, target, tables, progress)
    for table in tables:
        here = source.sum(table)
        if here == target.sum(table):
            continue
        target.empty(table)
        _copy(source, target, [table], progress)
        there = target.sum(table)
        if here != there:
            raise MoveError(
                f"{table.name} is not the same in both databases ({here.rows} and {there.rows} rows)."
            )
    return sum(source.count(table) for table in tables)


def _copy(source: Source, target: Target, tables: Sequence[Table], progress: Progress) -> None:
    """Copy what is not there yet."""
    of = sum(source.count(table) for table in tables)
    done = 0
    for table in tables:
        before = done
        while rows := source.rows_after(table, target.last_key(table)):
            target.take(table, rows)
            done += len(rows)
            progress(done, of)
        done = before + source.count(table)
        target.number_on(table, source.last_number(table))
