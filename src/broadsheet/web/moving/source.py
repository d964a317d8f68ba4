"""The SQLite database that a site leaves: held still, and read by primary key."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from .canonical import Row, Sum, Table, reader, sum_of
from .closed import MoveError

_WAIT = 30.0  # seconds for those who are writing just now
_AT_ONCE = 500  # rows in memory


class Source:
    """Nobody writes into it while it is held."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def migrations(self) -> set[tuple[str, str]]:
        rows = self._connection.execute("SELECT app, name FROM django_migrations")
        return {(app, name) for app, name in rows}

    def count(self, table: Table) -> int:
        """How many rows there are."""
        (found,) = self._connection.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()  # noqa: S608, names of ours
        return int(found)

    def last_number(self, table: Table) -> int:
        """The highest number that a row was ever given; 0 for none, or where keys are no numbers of the table's own."""
        row = self._connection.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = ?", [table.name]
        ).fetchone()
        return int(row[0]) if row else 0

    def rows_after(self, table: Table, key: object) -> list[Row]:
        """The next rows in the order of their keys, read; from the beginning for None."""
        where = "" if key is None else f'WHERE "{table.key}" > ?'
        found = self._connection.execute(
            f'SELECT {_names(table)} FROM "{table.name}" {where} ORDER BY "{table.key}" LIMIT {_AT_ONCE}',  # noqa: S608, names of ours
            () if key is None else (key,),
        )
        return [*map(reader(table.columns), found)]

    def sum(self, table: Table) -> Sum:
        found = self._connection.execute(f'SELECT {_names(table)} FROM "{table.name}"')  # noqa: S608, names of ours
        return sum_of(map(reader(table.columns), found))


def _names(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


@contextmanager
def held(path: Path) -> Iterator[Source]:
    """The database as it stays within this block: readers read, writers wait. Raises MoveError."""
    if not path.is_file():
        raise MoveError(f"There is no database in {path}.")
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield Source(connection)
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise MoveError(f"The database can't be read: {error}.") from error
