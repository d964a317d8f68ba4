"""Make the same site of an archive, in a database that holds no newspaper yet.

All rows come in one transaction: the site is whole, or as it was. Names of files never lead out of the media folder.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.db import DatabaseError, connection, models, transaction
from wagtail.models import Revision

from broadsheet.newsroom.models import ArticlePage

from . import lines
from .archive import FORMAT, MANIFEST, file_of
from .holdings import archived_models

_BATCH: Final = 200  # rows of one statement
_LONGEST_MANIFEST: Final = 4 * 1024 * 1024  # bytes

Progress = Callable[[str], None]


class UnusableArchive(ValueError):
    """It is no archive of ours, or damaged, or the site is not empty. The message is one line."""


def restore(source: Path, media: Path, progress: Progress) -> None:
    """Bring everything back. Raises UnusableArchive, OSError."""
    if ArticlePage.objects.exists():
        raise UnusableArchive("this site has articles already; restore into a new one.")
    try:
        with ZipFile(source) as archive:
            manifest = read_manifest(archive)
            names = media_names(archive)
            with transaction.atomic():
                _restore_rows(archive, manifest, progress)
            progress("media")
            for name in names:
                _unpack(archive, name, media)
    except (BadZipFile, DeserializationError, DatabaseError, KeyError, EOFError) as error:
        raise UnusableArchive(f"damaged, or of another version: {error}.") from error


def read_manifest(archive: ZipFile) -> dict[str, Any]:
    """What the archive says of itself. Raises UnusableArchive."""
    try:
        with archive.open(MANIFEST) as file:
            manifest = json.loads(file.read(_LONGEST_MANIFEST))
    except (KeyError, ValueError, RecursionError) as error:
        raise UnusableArchive("it is no archive of Broadsheet.") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise UnusableArchive("it was written by another version of Broadsheet.")
    known = {model._meta.label_lower for model in archived_models()}
    if unknown := set(manifest["rows"]) - known:
        raise UnusableArchive(f"it holds {min(unknown)}, which this version does not know.")
    return manifest


def media_names(archive: ZipFile) -> list[str]:
    """Where below the media folder its files go. Raises UnusableArchive for a name that leads out of it."""
    names = []
    for info in archive.infolist():
        path = PurePosixPath(info.filename)
        if (
            path.is_absolute()
            or ".." in path.parts
            or "\\" in info.filename
            or "\0" in info.filename
        ):
            raise UnusableArchive(f"it holds a file with the name {info.filename[:80]!r}.")
        if path.parts[:1] == ("media",) and not info.is_dir():
            names.append(info.filename)
    return names


def _unpack(archive: ZipFile, name: str, media: Path) -> None:
    target = media.joinpath(*PurePosixPath(name).parts[1:])
    if not target.parent.resolve().is_relative_to(media.resolve()):
        raise UnusableArchive(f"{name[:80]!r} leads out of the media folder.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as body, target.open("wb") as file:
        shutil.copyfileobj(body, file)


def _restore_rows(archive: ZipFile, manifest: Mapping[str, Any], progress: Progress) -> None:
    found = archived_models()
    _empty(found)
    types = _content_types(manifest)
    for model in found:
        name = model._meta.label_lower
        expected = manifest["rows"].get(name, 0)
        progress(name)
        with archive.open(file_of(name)) as file:
            restored = _insert(model, lines.read(file), types)
        if restored != expected:
            raise UnusableArchive(f"{name}: {restored} rows instead of {expected}.")
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(found)):
            cursor.execute(statement)
    connection.check_constraints()


def _empty(found: Any) -> None:
    """What migrations laid goes; the database checks references at the transaction's end."""
    tables = [
        through._meta.db_table
        for model in found
        for through in (field.remote_field.through for field in model._meta.local_many_to_many)
        if through._meta.auto_created
    ]
    tables += [model._meta.db_table for model in reversed(found)]
    # made anew afterwards, and it refers to what goes
    tables = [apps.get_model("wagtailcore.referenceindex")._meta.db_table, *tables]
    with connection.cursor() as cursor:
        for table in dict.fromkeys(tables):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608, our own names


def _content_types(manifest: Mapping[str, Any]) -> dict[int, int]:
    """Their numbers there → here: revisions hold them within their text."""
    here = {f"{kind.app_label}.{kind.model}": kind.pk for kind in ContentType.objects.all()}
    there: Mapping[str, str] = manifest["content_types"]
    return {int(number): here[name] for number, name in there.items() if name in here}


def _insert(
    model: type[models.Model], rows: Iterator[DeserializedObject], types: Mapping[int, int]
) -> int:
    """Rows as they were, without signals; returns how many."""
    count = 0
    while batch := list(islice(rows, _BATCH)):
        objects = [row.object for row in batch]
        if any(type(found) is not model for found in objects):
            raise UnusableArchive(f"{model._meta.label_lower}: a row of another kind.")
        if model is Revision:
            _renumber(objects, types)
        _insert_own_columns(model, objects)
        for row in batch:
            for name, values in (row.m2m_data or {}).items():
                getattr(row.object, name).set(values)
        count += len(batch)
    return count


def _insert_own_columns(model: type[models.Model], objects: list[models.Model]) -> None:
    """`bulk_create` refuses models that inherit a table; here their parents' rows are inserted already."""
    fields = model._meta.local_concrete_fields
    rows: Any = models.QuerySet(model)
    size = max(1, connection.ops.bulk_batch_size(fields, objects))
    for start in range(0, len(objects), size):
        rows._insert(objects[start : start + size], fields=fields, using=connection.alias, raw=True)


def _renumber(revisions: list[Any], types: Mapping[int, int]) -> None:
    for revision in revisions:
        number = revision.content.get("content_type")
        if number in types:
            revision.content["content_type"] = types[number]
