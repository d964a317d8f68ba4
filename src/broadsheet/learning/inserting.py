"""Keeping many new rows in one statement without the machinery of `bulk_create`: readers wait for it."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, ForeignKey, Model

_AS_THEY_ARE = (
    *("BigIntegerField", "BooleanField", "CharField", "FloatField", "PositiveIntegerField"),
    *("PositiveSmallIntegerField", "TextField"),
)  # every database takes their values without a word of Django's

Convert = Callable[[Any], Any]


def insert(rows: Sequence[Model]) -> None:
    """Insert new rows of one model, and tell each its key.

    Their values must be plain ones of the fields' own types: nothing is cleaned, no signal sent, no default worked out
    by the database.
    """
    if not rows:
        return
    columns = _columns(type(rows[0]))
    most = (connection.features.max_query_params or len(rows) * len(columns)) // len(columns)
    for start in range(0, len(rows), most):
        _insert(rows[start : start + most], columns)


def _insert(rows: Sequence[Model], columns: Sequence[tuple[str, Convert | None]]) -> None:
    quote = connection.ops.quote_name
    meta = rows[0]._meta
    names = ", ".join(quote(column) for column, _ in columns)
    places = f"({', '.join(['%s'] * len(columns))})"
    values = [
        getattr(row, name) if convert is None else convert(getattr(row, name))
        for row in rows
        for name, convert in columns
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES {', '.join([places] * len(rows))}"  # noqa: S608, names of ours
            f" RETURNING {quote(meta.pk.attname)}",
            values,
        )
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding = False
        row._state.db = connection.alias


@cache
def _columns(model: type[Model]) -> tuple[tuple[str, Convert | None], ...]:
    """Column, which has the attribute's name, and conversion of each field but the key, which the database makes."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return tuple((field.attname, _conversion(field)) for field in fields)


def _conversion(field: "Field[Any, Any]") -> Convert | None:
    if isinstance(field, ForeignKey) or field.get_internal_type() in _AS_THEY_ARE:
        return None
    return lambda value: field.get_db_prep_save(value, connection)
