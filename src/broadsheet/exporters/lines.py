"""A row as one line of JSON: `{"model": "app.name", "pk": …, "fields": {…}}`, as Django's serializer writes it.

References hold the primary key; those to content types and permissions, whose numbers differ from database to
database, hold natural keys: `["newsroom", "articlepage"]`.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO, Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.base import DeserializedObject
from django.core.serializers.json import DjangoJSONEncoder
from django.core.serializers.jsonl import Deserializer, Serializer
from django.db.models import Model

_BY_NAME = (ContentType, Permission)


class _Encoder(DjangoJSONEncoder):
    """Django's own cuts times to milliseconds."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class _Lines(Serializer):
    def handle_fk_field(self, obj: Model, field: Any) -> None:
        self.use_natural_foreign_keys = issubclass(field.remote_field.model, _BY_NAME)
        super().handle_fk_field(obj, field)

    def handle_m2m_field(self, obj: Model, field: Any) -> None:
        self.use_natural_foreign_keys = issubclass(field.remote_field.model, _BY_NAME)
        super().handle_m2m_field(obj, field)


def write(rows: Iterable[Model], file: IO[str]) -> int:
    """Write each row; returns how many."""
    count = 0

    def counted() -> Iterator[Model]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    _Lines().serialize(counted(), stream=file, cls=_Encoder)
    return count


def read(file: IO[bytes]) -> Iterator[DeserializedObject]:
    """The rows of a file, not saved yet. Raises django.core.serializers.base.DeserializationError."""
    return iter(Deserializer(file))
