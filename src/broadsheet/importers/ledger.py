"""Which things of an archive are here already."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import models

from .models import Archive, Imported

_LONGEST = Imported._meta.get_field("source_id").max_length or 0
_UNKNOWN: Mapping[str, datetime | None] = {}
_BATCH = 500  # parameters of one query, which SQLite bounds


class Ledger:
    """The bookkeeping of one archive."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def all(self, kind: Imported.Kind) -> dict[str, int]:
        """Source id → object's id, for kinds of which there are not too many to remember."""
        return dict(self._of(kind).values_list("source_id", "object_id").iterator())

    def some(self, kind: Imported.Kind, source_ids: Iterable[str]) -> dict[str, int]:
        """Those of `source_ids` that are here."""
        keys = [key(source_id) for source_id in source_ids]
        found: dict[str, int] = {}
        for start in range(0, len(keys), _BATCH):
            rows = self._of(kind).filter(source_id__in=keys[start : start + _BATCH])
            found.update(rows.values_list("source_id", "object_id"))
        return found

    def changed_at(self, kind: Imported.Kind, source_ids: Iterable[str]) -> dict[str, datetime]:
        """When the old site had last changed those that are here, as it said when they came over."""
        rows = self._of(kind).filter(
            source_id__in=[key(source_id) for source_id in source_ids], changed_at__isnull=False
        )
        known = rows.values_list("source_id", "changed_at")
        return {source_id: changed_at for source_id, changed_at in known if changed_at}

    def placeholders(self, kind: Imported.Kind) -> dict[str, int]:
        """Photos whose file was not at hand."""
        rows = self._of(kind).filter(is_placeholder=True)
        return dict(rows.values_list("source_id", "object_id"))

    def filled(self, kind: Imported.Kind, source_id: str) -> None:
        """The photo has its file now."""
        self._of(kind).filter(source_id=key(source_id)).update(is_placeholder=False)

    def note(
        self,
        kind: Imported.Kind,
        objects: Mapping[str, int],
        *,
        placeholders: frozenset[str] = frozenset(),
        changed_at: Mapping[str, datetime | None] = _UNKNOWN,
    ) -> None:
        """Remember what these became, in the transaction that made them."""
        Imported.objects.bulk_create(
            [
                Imported(
                    archive=self.archive,
                    kind=kind,
                    source_id=key(source_id),
                    object_id=object_id,
                    is_placeholder=source_id in placeholders,
                    changed_at=changed_at.get(source_id),
                )
                for source_id, object_id in objects.items()
            ]
        )

    def _of(self, kind: Imported.Kind) -> models.QuerySet[Imported]:
        return Imported.objects.filter(archive=self.archive, kind=kind)


def key(source_id: str) -> str:
    """As the column holds it. Ids that are addresses differ at their end."""
    return source_id[-_LONGEST:]
