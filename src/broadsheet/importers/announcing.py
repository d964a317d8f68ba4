"""Telling the press once, when an import has ended, however it ended; and the next time if it was killed before it could."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from broadsheet.newsroom.signals import archive_changed

from .models import Archive
from .searching import weigh_titles
from .tally import Tally


@contextmanager
def announced(archive: Archive, tally: Tally) -> Iterator[None]:
    """Do the block's work; then have everything printed if it wrote anything, or an earlier run was cut off."""
    was_cut_off = archive.is_unfinished
    _note(archive, is_unfinished=True)
    try:
        yield
    finally:
        with transaction.atomic():
            if was_cut_off or tally.has_written():
                weigh_titles()
                archive_changed.send(Archive)
            _note(archive, is_unfinished=False)


def _note(archive: Archive, *, is_unfinished: bool) -> None:
    Archive.objects.filter(pk=archive.pk).update(is_unfinished=is_unfinished)
