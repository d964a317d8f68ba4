"""Write the archive: a zip of JSON lines, one file a model, with the media and the site's secret key.

Layout and meaning: docs/moving-out.md. The database is read in one transaction, so the rows fit together.
"""

import io
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from . import lines
from .holdings import archived_models

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
SECRET: Final = "site/secret-key"  # noqa: S105, a name within the archive
_CHUNK: Final = 500  # rows fetched at once

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Site:
    """What of the installation belongs into the archive."""

    media: Path
    secret_key: str
    address: str
    version: str  # of Broadsheet


def write(target: Path, site: Site, progress: Progress) -> dict[str, int]:
    """Write beside `target`, then rename over it; only its owner may read it. Returns model → rows. Raises OSError."""
    draft = target.with_name(f".{target.name}.new")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file, ZipFile(file, "w", ZIP_DEFLATED) as archive:
            counts = _write_rows(archive, progress)
            media = _write_media(archive, site.media, progress)
            archive.writestr(SECRET, site.secret_key)
            archive.writestr(MANIFEST, json.dumps(_manifest(site, counts, media), indent=1))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return counts


def _manifest(site: Site, counts: dict[str, int], media: int) -> dict[str, Any]:
    types = ContentType.objects.order_by("pk").values_list("pk", "app_label", "model")
    return {
        "format": FORMAT,
        "broadsheet": site.version,
        "address": site.address,
        "rows": counts,
        "media": media,
        "content_types": {str(pk): f"{app}.{model}" for pk, app, model in types},
    }


def _write_rows(archive: ZipFile, progress: Progress) -> dict[str, int]:
    counts: dict[str, int] = {}
    with transaction.atomic():
        for model in archived_models():
            name = model._meta.label_lower
            progress(name)
            with (
                archive.open(file_of(name), "w", force_zip64=True) as body,
                io.TextIOWrapper(body, encoding="utf-8") as text,
            ):
                counts[name] = lines.write(_rows(model), text)
    return counts


def file_of(model: str) -> str:
    return f"rows/{model}.jsonl"


def _rows(model: type[models.Model]) -> Iterator[models.Model]:
    return model._base_manager.order_by("pk").iterator(chunk_size=_CHUNK)


def _write_media(archive: ZipFile, folder: Path, progress: Progress) -> int:
    """Pictures and films are packed already; they are stored as they are."""
    progress("media")
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    for path in files:
        archive.write(path, f"media/{path.relative_to(folder).as_posix()}", ZIP_STORED)
    return len(files)
