"""Filters that earlier versions kept in files: `model/42.model` had learnt the log up to position 42, `model/7/` was another paper's."""

import logging
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.db import transaction

from broadsheet.spam import DamagedModel, SpamFilter

from . import checkpoints, trainer
from .checkpoints import Checkpoint
from .models import FIRST, Amendment, Head

log = logging.getLogger(__name__)


def adopt(folder: Path) -> None:
    """Have every node go on from what these files know that the log no longer tells, and remove them.

    Of nodes that had a folder each, the first one's are taken: theirs were the same, but for texts erased while one was away.
    """
    for paper, files in _folders(folder):
        with transaction.atomic():
            head = Head.locked()
            found = None if checkpoints.newest(paper) else _newest_that_holds(files, paper, head)
            if found is not None:
                trainer.replace(trainer.taught(found, until=head.position), head)
        for file in files:
            file.unlink(missing_ok=True)
        with suppress(OSError):  # what else is in it stays
            files[0].parent.rmdir()


def _folders(folder: Path) -> Iterator[tuple[int, list[Path]]]:
    """Papers with their files, the newest first."""
    for place in (*folder.glob("[0-9]*/"), folder):
        files = sorted(place.glob("[0-9]*.model"), key=lambda file: int(file.stem), reverse=True)
        if files:
            yield FIRST if place == folder else int(place.name), files


def _newest_that_holds(files: list[Path], paper: int, head: Head) -> Checkpoint | None:
    """One that knows no lesson that the log does not have, or that was taken back."""
    for file in files:
        position = int(file.stem)
        since = Amendment.objects.filter(paper=paper, position__gt=position, lesson__lte=position)
        if position > head.position or since.exists():
            continue
        try:
            return Checkpoint(SpamFilter.load(file), position, paper)
        except DamagedModel as error:
            log.warning("%s An older one is used instead.", error)
    return None
