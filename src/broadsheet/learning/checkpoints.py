"""Copies of the filter on disk: `model/00000000000000000042.model` has learnt the log up to position 42.

They save learning everything again when a process starts or a recent lesson is taken back; all can be thrown away.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from broadsheet.spam import DamagedModel, SpamFilter

log = logging.getLogger(__name__)

KEPT = 4


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A filter and how far in the log it has learnt."""

    spam_filter: SpamFilter
    position: int


def positions() -> list[int]:
    """Where there are checkpoints, newest first."""
    return sorted((int(path.stem) for path in _folder().glob("*.model")), reverse=True)


def read(position: int) -> Checkpoint | None:
    """The checkpoint at `position`; None, and a line in the log, if its file is damaged."""
    try:
        return Checkpoint(SpamFilter.load(_path(position)), position)
    except DamagedModel as error:
        log.warning("%s An older one is used instead.", error)
        return None


def write(checkpoint: Checkpoint) -> None:
    """Save it and let the oldest go."""
    _folder().mkdir(parents=True, exist_ok=True)
    checkpoint.spam_filter.save(_path(checkpoint.position))
    for position in positions()[KEPT:]:
        _path(position).unlink(missing_ok=True)


def clear() -> None:
    """Remove all checkpoints."""
    for position in positions():
        _path(position).unlink(missing_ok=True)


def _folder() -> Path:
    folder: Path = settings.MODEL_ROOT
    return folder


def _path(position: int) -> Path:
    return _folder() / f"{position:020}.model"
