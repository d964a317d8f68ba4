"""Files of the old site: its library's, and what articles offer for download → documents, where they are at hand."""

from collections.abc import Iterable

from django.conf import settings
from django.core.files import File
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.models import Collection

from . import media
from .blocks import FileReference
from .ledger import Ledger
from .media import Uploads
from .models import Imported


class Files:
    """Finds and makes our document for each file."""

    def __init__(self, ledger: Ledger, uploads: Uploads | None) -> None:
        self._ledger, self._uploads = ledger, uploads
        self._here = ledger.all(Imported.Kind.FILE)
        self._collection = Collection.get_first_root_node()

    def bring(self, urls: Iterable[str]) -> None:
        """Make documents of the library's files that are at hand, whether or not an article offers them."""
        for url in urls if self._uploads else ():
            with transaction.atomic():
                self.ids([FileReference(url)])

    def ids(self, references: Iterable[FileReference]) -> dict[FileReference, int]:
        """Documents of the files that are at hand and of a kind that is taken, in the caller's transaction."""
        found: dict[FileReference, int] = {}
        for reference in dict.fromkeys(references):
            address = reference.url[-191:]
            if address not in self._here and (document_id := self._make(reference)):
                self._here[address] = document_id
                self._ledger.note(Imported.Kind.FILE, {address: document_id})
            if address in self._here:
                found[reference] = self._here[address]
        return found

    def _make(self, reference: FileReference) -> int | None:
        names = media.names_of(reference.url)
        path = next(
            (path for name in names if self._uploads and (path := self._uploads.find(name))), None
        )
        if path is None or path.suffix.lower().lstrip(".") not in settings.WAGTAILDOCS_EXTENSIONS:
            return None
        with path.open("rb") as body:
            document = get_document_model()(title=path.stem[:255], collection=self._collection)
            document.file.save(path.name, File(body), save=False)
        document._set_document_file_metadata()
        document.save()
        document.file.close()
        return int(document.pk)
