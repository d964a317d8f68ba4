"""The PostgreSQL database that a site moves to: what is there already, and how rows get in.

A ledger in it remembers each table and the key of its last row, in the transaction that brings the rows, and the references
between tables, which are away while rows come and checked when they are put back.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from psycopg import sql

from .canonical import Column, Row, Sum, Table, reader, sum_of
from .closed import MoveError

_AT_ONCE = 500  # rows in memory
_LEDGER = "broadsheet_move"
_REFERENCES = "broadsheet_move_reference"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"

Connection = psycopg.Connection[tuple[Any, ...]]


class Target:
    """An open connection to it, in autocommit mode, with its times in UTC."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        connection.execute("SET TIME ZONE 'UTC'")

    def open_ledger(self, source: str) -> None:
        """Begin a move from `source`, or go on with one. Raises MoveError if the database is in use."""
        tables = {name for (name,) in self._connection.execute(_TABLES)}
        if tables and _LEDGER not in tables:
            raise MoveError("The new database is not empty.")
        with self._connection.transaction():
            self._connection.execute(
                f"CREATE TABLE IF NOT EXISTS {_REFERENCES} (name text, of text, definition text)"
            )
            self._connection.execute(
                f"CREATE TABLE IF NOT EXISTS {_LEDGER} (name text PRIMARY KEY, last_key text)"
            )
            self._note_source(source)

    def _note_source(self, source: str) -> None:
        self._connection.execute(
            f"INSERT INTO {_LEDGER} VALUES ('', %s) ON CONFLICT DO NOTHING",  # noqa: S608, names of ours
            [source],
        )
        found = self._one(f"SELECT last_key FROM {_LEDGER} WHERE name = ''")  # noqa: S608, names of ours
        if found != source:
            raise MoveError(f"Another site is moving into the new database: {found}.")

    def is_prepared(self) -> bool:
        """Have its tables been emptied for this move?"""
        return bool(self._one(f"SELECT count(*) > 1 FROM {_LEDGER}"))  # noqa: S608, names of ours

    def prepare(self, tables: Sequence[Table]) -> None:
        """Take away what migrations have put into the tables, and the references between them."""
        names = [table.name for table in tables]
        with self._connection.transaction():
            self._connection.execute(
                sql.SQL("TRUNCATE {} CASCADE").format(
                    sql.SQL(", ").join(map(sql.Identifier, names))
                )
            )
            self._connection.execute(
                f"INSERT INTO {_REFERENCES} SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid)"  # noqa: S608, names of ours
                " FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
            )
            for name, of, _definition in self._references():
                self._alter(of, sql.SQL("DROP CONSTRAINT {}").format(sql.Identifier(name)))
            for name in names:
                self._connection.execute(
                    f"INSERT INTO {_LEDGER} VALUES (%s, NULL)",  # noqa: S608, names of ours
                    [name],
                )

    def columns(self, table: str) -> dict[str, Column]:
        rows = self._connection.execute(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = %s",
            [table],
        )
        return {name: Column(name, kind) for name, kind in rows}

    def migrations(self) -> set[tuple[str, str]]:
        return {
            (app, name)
            for app, name in self._connection.execute("SELECT app, name FROM django_migrations")
        }

    def last_key(self, table: Table) -> object:
        """The key of the last row that is here; None for none."""
        found = self._one(f"SELECT last_key FROM {_LEDGER} WHERE name = %s", table.name)  # noqa: S608, names of ours
        return None if found is None else json.loads(found)

    def take(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows, and note that they are here. Raises MoveError for what PostgreSQL can't hold."""
        place = next(n for n, column in enumerate(table.columns) if column.name == table.key)
        into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), _names(table))
        try:
            with self._connection.transaction(), self._connection.cursor() as cursor:
                with cursor.copy(into) as copying:
                    for row in rows:
                        copying.write_row(row)
                cursor.execute(
                    f"UPDATE {_LEDGER} SET last_key = %s WHERE name = %s",  # noqa: S608, names of ours
                    [json.dumps(rows[-1][place]), table.name],
                )
        except psycopg.DataError as error:
            raise MoveError(f"A row of {table.name} can't be moved: {_line(error)}") from error

    def empty(self, table: Table) -> None:
        """Forget what is here of one table, so that it is copied anew."""
        with self._connection.transaction():
            self._connection.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier(table.name)))
            self._connection.execute(
                f"UPDATE {_LEDGER} SET last_key = NULL WHERE name = %s",  # noqa: S608, names of ours
                [table.name],
            )

    def sum(self, table: Table) -> Sum:
        query = sql.SQL("SELECT {} FROM {}").format(
            sql.SQL(", ").join(
                sql.SQL("{}::text" if column.kind == "jsonb" else "{}").format(
                    sql.Identifier(column.name)
                )
                for column in table.columns
            ),
            sql.Identifier(table.name),
        )
        with self._connection.transaction(), self._connection.cursor("rows") as cursor:
            cursor.itersize = _AT_ONCE
            cursor.execute(query)
            return sum_of(map(reader(table.columns), cursor))

    def number_on(self, table: Table, last: int) -> None:
        """New rows get numbers above `last`."""
        sequence = self._one("SELECT pg_get_serial_sequence(%s, %s)", f'"{table.name}"', table.key)
        if sequence and last:
            self._connection.execute("SELECT setval(%s, %s)", [sequence, last])

    def put_references_back(self) -> None:
        """Raises MoveError where a row refers to one that does not exist."""
        for name, of, definition in self._references():
            try:
                with self._connection.transaction():
                    what = sql.SQL("ADD CONSTRAINT {} {}").format(
                        sql.Identifier(name), sql.SQL(definition)
                    )
                    self._alter(of, what)
                    self._connection.execute(
                        f"DELETE FROM {_REFERENCES} WHERE name = %s AND of = %s",  # noqa: S608, names of ours
                        [name, of],
                    )
            except psycopg.IntegrityError as error:
                raise MoveError(f"{of} refers to what does not exist: {_line(error)}") from error

    def finish(self) -> None:
        """Forget the ledger: from now on this is a site's database like any other."""
        self._connection.execute("ANALYZE")
        self._connection.execute(f"DROP TABLE {_LEDGER}, {_REFERENCES}")

    def _references(self) -> Iterable[tuple[str, str, str]]:
        rows = self._connection.execute(f"SELECT name, of, definition FROM {_REFERENCES}")  # noqa: S608, names of ours
        return [(str(name), str(of), str(definition)) for name, of, definition in rows]

    def _alter(self, table: str, what: sql.Composed) -> None:
        self._connection.execute(sql.SQL("ALTER TABLE {} {}").format(sql.SQL(table), what))

    def _one(self, query: str, *values: object) -> Any:
        row = self._connection.execute(query.encode(), values).fetchone()
        return row[0] if row else None


def _names(table: Table) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)


def _line(error: psycopg.Error) -> str:
    return " ".join(str(error).split())[:300]
