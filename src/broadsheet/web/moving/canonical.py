"""The same value of a row, whichever database told it; and a checksum of rows in any order. Plain Python."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from .closed import MoveError

Row = tuple[Any, ...]
_MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the new database."""

    name: str
    kind: str  # PostgreSQL's name of its type


@dataclass(frozen=True, slots=True)
class Table:
    """A table that both databases have."""

    name: str
    key: str  # the column of its primary key
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """What a table holds, without an order: two databases sort words differently."""

    rows: int
    digest: int  # of all rows, added modulo 2 to the 256


def _moment(value: str | datetime) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _day(value: str | date) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _number(value: str) -> float | int:
    number = float(value)
    return int(number) if number.is_integer() else number  # jsonb writes 1e2 as 100


def _json(value: str) -> str:
    return json.dumps(json.loads(value, parse_float=_number), sort_keys=True, ensure_ascii=False)


def _identifier(value: str | UUID) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _text(value: object) -> str:
    return str(value)


_READERS: dict[str, Callable[[Any], Any]] = {
    "bigint": int,
    "integer": int,
    "smallint": int,
    "double precision": float,
    "boolean": bool,
    "text": _text,
    "character varying": _text,
    "timestamp with time zone": _moment,
    "date": _day,
    "uuid": _identifier,
    "jsonb": _json,
    "bytea": bytes,
}


def reader(columns: Sequence[Column]) -> Callable[[Row], Row]:
    """A function that brings a row of either database into the form that PostgreSQL takes. Raises MoveError."""
    unknown = [column for column in columns if column.kind not in _READERS]
    if unknown:
        raise MoveError(f"Columns of the type {unknown[0].kind} can't be moved: {unknown[0].name}.")
    readers = [_READERS[column.kind] for column in columns]

    def read(row: Row) -> Row:
        return tuple(
            None if value is None else of(value) for of, value in zip(readers, row, strict=True)
        )

    return read


def sum_of(rows: Iterable[Row]) -> Sum:
    """The sum of rows that a `reader` has read."""
    count = total = 0
    for row in rows:
        told = json.dumps(row, default=_told, ensure_ascii=False).encode()
        total = (total + int.from_bytes(hashlib.sha256(told).digest())) % _MODULUS
        count += 1
    return Sum(count, total)


def _told(value: object) -> str:
    match value:
        case bytes():
            return value.hex()
        case datetime() | date():
            return value.isoformat()
    return str(value)
