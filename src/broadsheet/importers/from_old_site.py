"""The photos and files of the old site, fetched into a folder for as long as the import takes."""

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

from . import media
from .ledger import Ledger
from .media import Uploads
from .models import Imported
from .old_host.asking import OldHost
from .old_host.fetching import Fetched, Wanted, fetch
from .progress import Display
from .wordpress.export import Item, Record
from .wordpress.survey import Survey
from .wordpress.translate import path_on

# what an attribute of HTML, or a block's notes, may name below the uploads folder
_SHOWN: Final = re.compile(r"""(?:https?:)?//[^\s"'<>()\\]+?/uploads/[^\s"'<>()\\?#]+\.\w{2,5}""")


@dataclass(frozen=True, slots=True)
class Errand:
    """How to fetch."""

    host: OldHost
    folder: Path  # exists as long as an import is under way
    max_bytes: int  # of one file


@dataclass(frozen=True, slots=True)
class Media:
    """What photos and files are taken from."""

    uploads: Uploads | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)  # name → why it did not come


@contextmanager
def fetched(
    found: Survey, records: Iterable[Record], *, errand: Errand, ledger: Ledger, display: Display
) -> Iterator[Media]:
    """Fetch what is not here yet. The folder goes when the block has ended well: the next run goes on from it otherwise."""
    library = list(_library(found, ledger))
    shown = list(_shown(found, records, ledger))
    with display.bar("Fetching photos", len(library) + len(shown)) as advance:

        def bring(wanted: Iterable[Wanted]) -> Fetched:
            return fetch(
                (Wanted(file.name, _now_at(file.url, found, errand)) for file in wanted),
                errand.folder,
                host=errand.host,
                max_bytes=errand.max_bytes,
                progress=advance,
            )

        reasons = bring(library).reasons
        whole = bring(_in_full_size(shown)).reasons
        reduced = [file for file in shown if media.full_size(file.name) in whole]
        reasons |= bring(
            file for file in reduced if media.full_size(file.name) != file.name
        ).reasons
    yield Media(Uploads(errand.folder), whole | reasons)
    shutil.rmtree(errand.folder, ignore_errors=True)


def _now_at(url: str, found: Survey, errand: Errand) -> str:
    """The old site may answer at another address now than the one that it was known by."""
    path = path_on(found.channel.address, url)
    return urljoin(errand.host.address, path) if path else url


def _library(found: Survey, ledger: Ledger) -> Iterator[Wanted]:
    missing = ledger.placeholders(Imported.Kind.PHOTO)
    here = ledger.all(Imported.Kind.PHOTO).keys() - missing.keys()
    for photo in found.photos.values():
        if photo.id not in here:
            yield Wanted(photo.file, urljoin(f"{found.channel.address}/", photo.url))
    known = ledger.all(Imported.Kind.FILE)
    for address in found.files.values():
        url = urljoin(f"{found.channel.address}/", address)
        names = media.names_of(url)
        if names and url[-191:] not in known:
            yield Wanted(names[-1], url)


def _shown(found: Survey, records: Iterable[Record], ledger: Ledger) -> Iterator[Wanted]:
    """What texts show or offer besides the library, each once."""
    seen = {media.full_size(photo.file) for photo in found.photos.values()}
    known = ledger.all(Imported.Kind.FILE).keys() | (
        ledger.all(Imported.Kind.PHOTO_ADDRESS).keys()
        - ledger.placeholders(Imported.Kind.PHOTO_ADDRESS).keys()
    )
    for record in records:
        if not isinstance(record, Item) or record.type == "attachment":
            continue
        for address in _SHOWN.findall(record.content):
            url = urljoin(f"{found.channel.address}/", address)
            names = media.names_of(url)
            if names and not seen & set(names) and url[-191:] not in known:
                seen.add(names[-1])
                yield Wanted(names[-1], url)


def _in_full_size(shown: Iterable[Wanted]) -> Iterator[Wanted]:
    for file in shown:
        full = media.full_size(file.name)
        path = urlsplit(file.url).path
        yield Wanted(full, file.url.replace(path, media.full_size(path)) if path else file.url)
