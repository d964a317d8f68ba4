"""Photos and documents that nodes share: kept in a store, with a copy in each node's `media/` of what was asked for there.

The store is Django's storage of any kind; `[media] to` makes it django-storages' of S3. It needs to be readable for nobody
but us: addresses stay ours, so pages load nothing from elsewhere, and originals and documents stay private as ever.
"""

import logging
import shutil
import uuid
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from broadsheet.press.media import PRIVATE

from .stalling import Door, StoreAway

logger = logging.getLogger(__name__)

_MARKS = ".mirror"  # below it, an empty file for each that is in the store, too; what is hidden is never served


class Mirror(FileSystemStorage):
    """A folder that has, or fetches, whatever `remote` holds."""

    def __init__(self, *, remote: Mapping[str, Any], **options: Any) -> None:
        """`remote` is described as in Django's STORAGES."""
        super().__init__(**options)
        self._described = remote
        self._door = Door()

    @cached_property
    def remote(self) -> Storage:
        return storages.create_storage(dict(self._described))

    def path(self, name: str) -> str:
        """The file on this machine, fetched if it is not here yet."""
        place = Path(super().path(name))
        if not place.exists():
            self._fetch(name, place)
        return str(place)

    def exists(self, name: str) -> bool:
        if Path(super().path(name)).exists():
            return True
        with self._door.asking():
            return self.remote.exists(name)

    def delete(self, name: str) -> None:
        with self._door.asking():
            self.remote.delete(name)
        Path(super().path(name)).unlink(missing_ok=True)
        self._mark(name).unlink(missing_ok=True)

    def send(self, name: str) -> None:
        """Bring a file of this machine into the store."""
        with Path(super().path(name)).open("rb") as file, self._door.asking():
            self.remote.save(name, File(file))
        self._note(name)

    def missing(self) -> Iterator[str]:
        """Files here that were never in the store: from before there was one."""
        here = set(_names(FileSystemStorage(self.location)))
        yield from sorted(name for name in here if not self._mark(name).exists())

    def forget_gone(self) -> int:
        """Remove copies of what another node has deleted. Returns how many."""
        with self._door.asking():
            there = set(_names(self.remote))
        marks = Path(self.location) / _MARKS
        marked = {path.relative_to(marks).as_posix() for path in marks.rglob("*") if path.is_file()}
        for name in marked - there:
            Path(super().path(name)).unlink(missing_ok=True)
            self._mark(name).unlink(missing_ok=True)
        return len(marked - there)

    def _save(self, name: str, content: File[Any] | IO[Any]) -> str:
        kept: str = super()._save(name, content)  # type: ignore[misc]  # the stubs leave it out
        try:
            self.send(kept)
        except BaseException:
            Path(super().path(kept)).unlink(missing_ok=True)
            raise
        return kept

    def _fetch(self, name: str, place: Path) -> None:
        draft = place.with_name(f".{uuid.uuid4().hex}")
        try:
            with self._door.asking(), self.remote.open(name) as source:
                place.parent.mkdir(parents=True, exist_ok=True)
                with draft.open("wb") as written:
                    shutil.copyfileobj(source, written)
            draft.chmod(settings.FILE_UPLOAD_PERMISSIONS)
            self._note(name)
            draft.replace(place)
        except FileNotFoundError:
            return
        finally:
            draft.unlink(missing_ok=True)

    def _note(self, name: str) -> None:
        mark = self._mark(name)
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()

    def _mark(self, name: str) -> Path:
        return Path(self.location) / _MARKS / name


def _names(storage: Storage, below: str = "") -> Iterator[str]:
    """All that a storage holds, but nothing that is hidden."""
    folders, files = storage.listdir(below)
    yield from (f"{below}{name}" for name in files if name and not name.startswith("."))
    for folder in folders:
        if not folder.startswith("."):
            yield from _names(storage, f"{below}{folder}/")


@never_cache
@require_safe
def fetch(request: HttpRequest, name: str) -> HttpResponse:
    """Whoever asks for a file that is not on this node gets here: it is fetched, and asked for once more."""
    store = storages["default"]
    steps = name.split("/")
    hidden = steps[0] in PRIVATE or any(step.startswith(".") for step in steps)
    if hidden or not isinstance(store, Mirror):
        raise Http404
    try:
        found = Path(store.path(name)).is_file()
    except SuspiciousFileOperation as error:
        raise Http404 from error
    except StoreAway as error:
        logger.warning("%s could not be fetched: %r", name, error.__cause__ or error)
        response = HttpResponse("Try again soon", status=503, content_type="text/plain")
        response["Retry-After"] = "30"
        return response
    if not found:
        raise Http404
    return redirect(request.path)
