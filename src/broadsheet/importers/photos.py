"""The old site's photos → ours, with alternative text, caption and credit.

A photo whose file is not at hand keeps its place: it gets a drawn placeholder, which a later import of the same
archive replaces as soon as the file is there.
"""

import io
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.images import ImageFile
from django.db import transaction
from PIL import Image, ImageDraw
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.utils.file import hash_filelike

from broadsheet.newsroom.models import Photo
from broadsheet.newsroom.pictures import metadata

from . import media as uploads
from .blocks import PhotoReference
from .from_old_site import Media
from .ledger import Ledger
from .media import UnusablePicture
from .models import Imported
from .records import Photo as PhotoRecord
from .tally import Tally

_BATCH = 100  # photos in one transaction
_FORMATS = frozenset(
    "jpeg" if extension == "jpg" else extension for extension in settings.WAGTAILIMAGES_EXTENSIONS
)
_PLACEHOLDER_SIZE = (1200, 800)


class Photos:
    """Finds and makes our photo for each of the archive's."""

    def __init__(
        self,
        library: Iterable[PhotoRecord],
        *,
        ledger: Ledger,
        media: Media,
        site: str,
        tally: Tally,
    ) -> None:
        self._ledger, self._site, self._tally = ledger, site, tally
        self._uploads, self._unfetched = media.uploads, media.reasons
        self._by_id = ledger.all(Imported.Kind.PHOTO)
        self._by_address = ledger.all(Imported.Kind.PHOTO_ADDRESS)
        self._reasons: dict[str, str] = {}  # of this run: why a photo's file is missing
        self._collection = Collection.get_first_root_node()
        self._library = {record.id: record for record in library}
        self._names = {
            uploads.full_size(record.file): record.id for record in self._library.values()
        }

    def bring(self, *, progress: Callable[[int], None]) -> None:
        """Make a photo of everything in the library that is not here, and give files to placeholders."""
        new = [record for record in self._library.values() if record.id not in self._by_id]
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            with transaction.atomic():
                self._by_id |= self._make(batch, Imported.Kind.PHOTO)
            progress(len(batch))
        self._tally.known["photos"] += len(self._library) - len(new)
        if self._uploads:
            self._fill_placeholders()

    def ids(self, references: Iterable[PhotoReference]) -> dict[PhotoReference, int]:
        """Our photo for each reference. What the library does not have is made here, in the caller's transaction."""
        references = list(dict.fromkeys(references))
        unknown = {
            address: self._record_of(reference, address)
            for reference in references
            if self._find(reference) is None and (address := self._address(reference))
        }
        if unknown:
            self._by_address |= self._make(unknown.values(), Imported.Kind.PHOTO_ADDRESS)
        found = ((reference, self._find(reference)) for reference in references)
        return {reference: photo for reference, photo in found if photo is not None}

    def _find(self, reference: PhotoReference) -> int | None:
        by_id = self._by_id.get(str(reference.source_id)) if reference.source_id else None
        if by_id is not None:
            return by_id
        for name in uploads.names_of(reference.url):
            if name in self._names and self._names[name] in self._by_id:
                return self._by_id[self._names[name]]
        return self._by_address.get(self._address(reference))

    def _address(self, reference: PhotoReference) -> str:
        return urljoin(f"{self._site}/", reference.url)[-191:] if reference.url else ""

    def _record_of(self, reference: PhotoReference, address: str) -> PhotoRecord:
        names = uploads.names_of(address)
        return PhotoRecord(
            id=address,
            url=urljoin(f"{self._site}/", reference.url),
            file=next((name for name in names if self._uploads and self._uploads.find(name)), ""),
            title=PurePosixPath(names[0]).stem if names else "",
            alt=reference.alt,
            caption=reference.caption,
            credit=reference.credit,
        )

    def _make(self, records: Iterable[PhotoRecord], kind: Imported.Kind) -> dict[str, int]:
        records = list(records)
        files = [self._file(record) for record in records]
        photos = [self._photo(record, path) for record, path in zip(records, files, strict=True)]
        get_image_model().objects.bulk_create(photos)
        made = {record.id: photo.pk for record, photo in zip(records, photos, strict=True)}
        missing = frozenset(
            record.id for record, path in zip(records, files, strict=True) if path is None
        )
        self._ledger.note(kind, made, placeholders=missing)
        self._tally.added["photos"] += len(made)
        return made

    def _file(self, record: PhotoRecord) -> Path | None:
        """The photo's file, checked; a missing or unusable one goes into the report."""
        path = self._uploads.find(record.file) if self._uploads else None
        if path is None:
            self._reasons[record.id] = self._why_not(record)
            return None
        try:
            uploads.check_picture(
                path,
                formats=_FORMATS,
                max_bytes=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE,
                max_pixels=settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS,
            )
        except UnusablePicture as error:
            self._reasons[record.id] = f"Not usable: {error}."
            return None
        return path

    def _why_not(self, record: PhotoRecord) -> str:
        if self._uploads is None:
            return "Media were left out."
        name = record.file or next(iter(uploads.names_of(record.url)), "")
        unfetched = self._unfetched.get(name)
        return f"Not fetched: {unfetched}." if unfetched else "No such file in the media folder."

    def _photo(self, record: PhotoRecord, path: Path | None) -> Photo:
        photo = Photo(
            title=(record.title or PurePosixPath(record.file).stem or record.id)[:255],
            description=record.alt[:255],
            caption=record.caption,
            credit=record.credit,
            copyright=record.copyright,
            source=record.url if len(record.url) <= 500 else "",
            collection=self._collection,
        )
        _give_file(photo, path, name=PurePosixPath(record.file or record.url).name)
        said_so = bool(photo.credit or photo.copyright)
        if path:
            with path.open("rb") as file:
                photo.take_over(metadata.read(file))
        self._tally.credits += not said_so and bool(photo.credit or photo.copyright)
        return photo

    def list_missing(self) -> None:
        """Tell the report of every photo whose place is marked only, whichever run marked it."""
        for kind in (Imported.Kind.PHOTO, Imported.Kind.PHOTO_ADDRESS):
            for source_id in self._ledger.placeholders(kind):
                record = self._library.get(source_id)
                reason = self._reasons.get(source_id, "Its file was missing in an earlier run.")
                self._tally.photos_missing.add(
                    address=record.url if record else source_id, reason=reason
                )

    def _fill_placeholders(self) -> None:
        for source_id, photo_id in self._ledger.placeholders(Imported.Kind.PHOTO).items():
            if (record := self._library.get(source_id)) is not None:
                self._fill(Imported.Kind.PHOTO, record, photo_id)
        for address, photo_id in self._ledger.placeholders(Imported.Kind.PHOTO_ADDRESS).items():
            record = self._record_of(PhotoReference(address), address)
            self._fill(Imported.Kind.PHOTO_ADDRESS, record, photo_id)

    def _fill(self, kind: Imported.Kind, record: PhotoRecord, photo_id: int) -> None:
        photo = Photo.objects.filter(pk=photo_id).first()
        path = self._file(record) if photo else None
        if photo is None or path is None:
            return
        with transaction.atomic():
            photo.renditions.all().delete()
            photo.file.delete(save=False)
            _give_file(photo, path, name=PurePosixPath(record.file).name)
            photo.save()
            self._ledger.filled(kind, record.id)
        self._tally.photos_filled += 1


def _give_file(photo: Photo, path: Path | None, *, name: str) -> None:
    body = path.read_bytes() if path else placeholder()
    name = name if path else f"{PurePosixPath(name).stem or 'photo'}-missing.png"
    photo.file = ImageFile(io.BytesIO(body), name=name[-80:])
    photo.file_size = len(body)
    photo.file_hash = hash_filelike(io.BytesIO(body))


@cache
def placeholder() -> bytes:
    """A PNG that says in no language: here a picture is missing."""
    image = Image.new("L", _PLACEHOLDER_SIZE, 0xE4)
    drawing = ImageDraw.Draw(image)
    width, height = _PLACEHOLDER_SIZE
    drawing.line((0, 0, width, height), fill=0xCC, width=3)
    drawing.line((0, height, width, 0), fill=0xCC, width=3)
    drawing.rectangle((1, 1, width - 2, height - 2), outline=0xCC, width=3)
    body = io.BytesIO()
    image.save(body, "PNG", optimize=True)
    return body.getvalue()
