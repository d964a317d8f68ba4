"""Insert very many rows of one table at a fraction of what `bulk_create` costs.

Their ids are known before they are there, so that rows can name each other, and values go to the database as they are where
its adapter takes them. As with `bulk_create`, no signal is sent and no `save` is called.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model

_AS_THEY_ARE = frozenset((str, int, bool, type(None)))
_NEXT = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
_LAST = "SELECT seq FROM sqlite_sequence WHERE name = %s"


def number(model: type[Model], rows: Sequence[Model]) -> None:
    """Give each row its id, in the transaction that inserts them. Numbers that were given once are not given again.

    PostgreSQL's come from the table's sequence. On SQLite a transaction begins as IMMEDIATE: nobody else can take the numbers
    behind the last.
    """
    table, key = model._meta.db_table, model._meta.pk
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_NEXT, (f'"{table}"', key.column, len(rows)))
            ids = [int(found) for (found,) in cursor.fetchall()]
        else:
            cursor.execute(_LAST, (table,))
            last = next((int(found) for (found,) in cursor.fetchall()), 0)
            ids = list(range(last + 1, last + 1 + len(rows)))
    for row, found in zip(rows, ids, strict=True):
        setattr(row, key.attname, found)


def insert(model: type[Model], rows: Sequence[Model]) -> None:
    """Insert rows that have their ids into `model`'s own table: a page needs a row in Page's, and one in its class's."""
    if not rows:
        return
    quoted = connection.ops.quote_name
    fields: Sequence[Field[Any, Any]] = model._meta.local_concrete_fields
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608, names of ours
    with connection.cursor() as cursor:
        cursor.executemany(statement, [_values(row, fields) for row in rows])


def _values(row: Model, fields: Sequence[Field[Any, Any]]) -> list[Any]:
    held = row.__dict__
    return [
        value
        if type(value := held[field.attname]) in _AS_THEY_ARE
        else field.get_db_prep_save(value, connection)
        for field in fields
    ]
