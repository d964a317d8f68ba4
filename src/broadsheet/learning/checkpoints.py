"""Filters that are kept in the database, so that every process of every node goes on from the same ones.

They save learning everything again when a process starts or a recent lesson is taken back. Where texts were erased, they
are more: what those had taught is nowhere else. So whoever erases keeps one first, in the same transaction.
"""

import logging
from dataclasses import dataclass

from django.db.models import Max

from broadsheet.spam import DamagedModel, SpamFilter

from .models import FIRST, KeptFilter

log = logging.getLogger(__name__)

KEPT = 4  # of each newspaper; each has some hundred kilobytes


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A filter and how far in the log it has learnt."""

    spam_filter: SpamFilter
    position: int
    paper: int = FIRST  # from whose decisions


def positions(paper: int = FIRST) -> list[int]:
    """Where there are checkpoints, newest first."""
    rows = KeptFilter.objects.filter(paper=paper).order_by("-position")
    return list(rows.values_list("position", flat=True))


def newest(paper: int = FIRST) -> int:
    """Where the newest one is; 0 without any."""
    found = KeptFilter.objects.filter(paper=paper).aggregate(newest=Max("position"))
    return found["newest"] or 0


def read(position: int, paper: int = FIRST) -> Checkpoint | None:
    """The checkpoint at `position`; None if it is gone, or, with a line in the log, if it is damaged."""
    row = KeptFilter.objects.filter(paper=paper, position=position).first()
    if row is None:
        return None
    try:
        kept = SpamFilter.from_bytes(bytes(row.file), f"kept at {position}")
    except DamagedModel as error:
        log.warning("%s An older one is used instead.", error)
        return None
    return Checkpoint(kept, position, paper)


def write(checkpoint: Checkpoint) -> None:
    """Keep it and let the oldest go. To be called by who holds the log's Head, and has learnt all that it names."""
    paper = checkpoint.paper
    KeptFilter.objects.update_or_create(
        paper=paper,
        position=checkpoint.position,
        defaults={"file": checkpoint.spam_filter.to_bytes()},
    )
    KeptFilter.objects.filter(paper=paper, position__in=positions(paper)[KEPT:]).delete()


def remove(paper: int = FIRST, *, since: int = 0) -> None:
    """Remove a newspaper's checkpoints from the position `since` on."""
    KeptFilter.objects.filter(paper=paper, position__gte=since).delete()
