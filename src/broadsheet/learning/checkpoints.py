"""Copies of the filter on disk: `model/00000000000000000042.model` has learnt the log up to position 42.

Those of a further newspaper are in a folder of its own, `model/7/`. They save learning everything again when a process starts or a recent lesson is taken back; all can be thrown away.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from broadsheet.spam import DamagedModel, SpamFilter

from .models import FIRST

log = logging.getLogger(__name__)

KEPT = 4


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A filter and how far in the log it has learnt."""

    spam_filter: SpamFilter
    position: int
    paper: int = FIRST  # from whose decisions


def positions(paper: int = FIRST) -> list[int]:
    """Where there are checkpoints, newest first."""
    return sorted((int(path.stem) for path in _folder(paper).glob("*.model")), reverse=True)


def read(position: int, paper: int = FIRST) -> Checkpoint | None:
    """The checkpoint at `position`; None, and a line in the log, if its file is damaged."""
    try:
        return Checkpoint(SpamFilter.load(_path(position, paper)), position, paper)
    except DamagedModel as error:
        log.warning("%s An older one is used instead.", error)
        return None


def write(checkpoint: Checkpoint) -> None:
    """Save it and let the oldest go."""
    paper = checkpoint.paper
    _folder(paper).mkdir(parents=True, exist_ok=True)
    checkpoint.spam_filter.save(_path(checkpoint.position, paper))
    for position in positions(paper)[KEPT:]:
        _path(position, paper).unlink(missing_ok=True)


def clear(paper: int = FIRST) -> None:
    """Remove all checkpoints of a newspaper."""
    for position in positions(paper):
        _path(position, paper).unlink(missing_ok=True)


def _folder(paper: int) -> Path:
    folder: Path = settings.MODEL_ROOT
    return folder if paper == FIRST else folder / str(paper)


def _path(position: int, paper: int) -> Path:
    return _folder(paper) / f"{position:020}.model"
