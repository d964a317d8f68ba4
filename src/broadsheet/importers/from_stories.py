"""Take over the articles and pages of another system than WordPress: the same records, the same places, the same report."""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from . import archives, census, fidelity, places
from .announcing import announced
from .files import Files
from .from_old_site import Media
from .ledger import Ledger
from .media import Uploads
from .models import Archive
from .others.holdings import Paper
from .photos import Photos
from .records import Kind, State
from .report import Report
from .stories import Stories
from .tally import Tally

_BATCH = 50  # stories in one transaction


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the operator asked for."""

    now: datetime
    uploads: Uploads | None
    dry_run: bool = False


def bring(file: Path, paper: Paper, wishes: Wishes) -> Report:
    """Bring what is new, and compare the words of each text before and after."""
    began = time.monotonic()
    tally = Tally()
    parts = urlsplit(paper.address)
    address = f"{parts.netloc}{parts.path}".rstrip("/")[:200]
    for story in paper.stories:
        fidelity.look_at(story, tally)
        tally.losses(story.losses, next(iter(story.addresses), story.id))
    site: dict[str, dict[str, int]] = {}
    if not wishes.dry_run:
        archive = archives.of(address)
        _bring(paper, archive, wishes, tally)
        site = census.count(archive)
    return Report(
        file=str(file),
        archive=address,
        source=_counts(paper),
        source_as_written={},
        site=site,
        tally=tally,
        seconds=time.monotonic() - began,
        dry_run=wishes.dry_run,
    )


def _counts(paper: Paper) -> dict[str, dict[str, int]]:
    counts = Counter((story.kind, story.state) for story in paper.stories)
    found: dict[str, dict[str, int]] = {
        kind: {state: counts[kind, state] for state in State if counts[kind, state]}
        for kind in Kind
    }
    return found | {
        "contributors": {"published": len(paper.contributors)},
        "categories": {"published": len(paper.sections)},
        "tags": {"published": len({tag.slug for story in paper.stories for tag in story.tags})},
    }


def _bring(paper: Paper, archive: Archive, wishes: Wishes, tally: Tally) -> None:
    ledger = Ledger(archive)
    tops = [story.slug for story in paper.stories if story.kind is Kind.PAGE]
    with announced(archive, tally):
        ground = places.lay(
            paper.sections,
            paper.contributors,
            ledger=ledger,
            pages=tops,
            site=paper.address,
            tally=tally,
        )
        photos = Photos(
            (), ledger=ledger, media=Media(wishes.uploads), site=paper.address, tally=tally
        )
        photos.bring(progress=lambda _done: None)
        files = Files(ledger, wishes.uploads)
        stories = Stories(
            ground, ledger=ledger, photos=photos, files=files, tally=tally, now=wishes.now
        )
        for start in range(0, len(paper.stories), _BATCH):
            stories.bring(paper.stories[start : start + _BATCH])
        photos.list_missing()
        places.clear(ledger)
