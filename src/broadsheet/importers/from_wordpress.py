"""Take over a WordPress export: read it once to see that it is whole, and again to bring what is in it.

survey → sections, contributors → photos → articles and top pages in batches → pages below pages → old addresses → menu
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import tzinfo
from itertools import chain, islice
from pathlib import Path
from urllib.parse import urlsplit

from . import accounts, archives, census, fidelity, menu, naming, old_site, places
from .announcing import announced
from .arrivals import Arrival, Arrivals
from .files import Files
from .from_old_site import Errand, Media, fetched
from .ledger import Ledger
from .media import Uploads
from .models import Archive
from .photos import Photos
from .pinning import Sticky
from .progress import Display
from .records import Kind, State, Story
from .report import Report
from .stories import Places, Stories
from .tally import Tally
from .wordpress import categories, wxr
from .wordpress.export import Item, Record
from .wordpress.repair import Repaired
from .wordpress.survey import Survey, survey
from .wordpress.translate import Choices, contributors_of, kind_of, links_of, sections_of, translate
from .wordpress.wxr import InvalidExport

BATCH = 50  # stories in one transaction


@dataclass(frozen=True, slots=True)
class Order:
    """What the operator asked for."""

    file: Path
    uploads: Uploads | None  # a local copy; None where there is none, or files are fetched
    choices: Choices
    zone: tzinfo  # of dates that the file gives in local time only
    dry_run: bool = False
    partial: bool = False  # take what stands before the damage
    categories: Path | None = None  # the operator's table of what becomes of each
    errand: Errand | None = None  # to fetch photos and files from the old site
    ask: int = 0  # how many old addresses to ask the site for, besides looking all of them up


class Run:
    """One import, from the file's first reading to the report."""

    def __init__(self, order: Order, display: Display) -> None:
        self._order, self._display = order, display
        self._tally = Tally()
        self._damage = ""
        self._tags: set[str] = set()  # slugs that articles carry
        self._sticky = Sticky()
        self._rules: categories.Rules = _rules(order)

    def run(self) -> Report:
        """Bring the archive over. Raises InvalidExport before anything is written, and OSError."""
        began = time.monotonic()
        found = self._survey()
        address = _address(found)
        source = accounts.source_counts(found, self._order.choices)
        self._tally.credits = sum(
            bool(photo.credit or photo.copyright) for photo in found.photos.values()
        )
        site: accounts.Counts = {}
        if self._order.dry_run:
            self._rehearse(found)
            self._write_table(found)
        else:
            archive = archives.of(address)
            self._bring(found, archive)
            site = census.count(archive)
        accounts.account_for_terms(found, self._tags, self._tally)
        accounts.account_for_files(source, site, self._tally)
        return Report(
            file=str(self._order.file),
            archive=address,
            source=source,
            source_as_written=accounts.as_written(found),
            site=site,
            tally=self._tally,
            seconds=time.monotonic() - began,
            dry_run=self._order.dry_run,
            damage=self._damage,
        )

    def _survey(self) -> Survey:
        size = self._order.file.stat().st_size
        with self._display.bar("Checking the file", size, in_bytes=True) as advance:
            found = survey(self._records(advance), zone=self._order.zone)
        if not found.channel.version:
            raise InvalidExport(self._damage.partition(": ")[2] or "nothing could be read.", 1)
        return found

    def _records(self, advance: Callable[[int], None]) -> Iterator[Record]:
        with self._order.file.open("rb") as raw:
            file = Repaired(raw)
            try:
                for record in wxr.read(file, zone=self._order.zone, progress=advance):
                    if isinstance(record, Item):
                        yield categories.apply(record, self._rules)
                    else:
                        yield record
            except InvalidExport as error:
                if not self._order.partial:
                    raise
                self._damage = str(error)
            self._tally.repairs = file.repairs

    def _rehearse(self, found: Survey) -> None:
        for _story in chain.from_iterable(self._readings(found)):
            pass  # converting them counts what is not understood

    def _write_table(self, found: Survey) -> None:
        """The table of categories to edit, unless there is one."""
        table = self._order.categories
        if table and not table.exists():
            table.write_text(categories.write(found), encoding="utf-8")

    def _bring(self, found: Survey, archive: Archive) -> None:
        ledger = Ledger(archive)
        with announced(archive, self._tally), self._media(found, ledger) as media:
            naming.name_after(found.channel)
            ground = places.lay(
                sections_of(found),
                contributors_of(found),
                ledger=ledger,
                pages=[place.slug for place in found.pages.values()],
                site=found.channel.address,
                tally=self._tally,
            )
            photos = Photos(
                found.photos.values(),
                ledger=ledger,
                media=media,
                site=found.channel.address,
                tally=self._tally,
            )
            with self._display.bar("Photos", len(found.photos)) as advance:
                photos.bring(progress=advance)
            files = Files(ledger, media.uploads)
            files.bring(found.files.values())
            self._bring_stories(found, ground, ledger, photos, files)
            photos.list_missing()
            places.clear(ledger)

    def _media(self, found: Survey, ledger: Ledger) -> AbstractContextManager[Media]:
        """The local copy of the uploads folder, or what is fetched for the time of the import."""
        if self._order.errand is None:
            return nullcontext(Media(self._order.uploads))
        return fetched(
            found,
            self._records(lambda _bytes: None),
            errand=self._order.errand,
            ledger=ledger,
            display=self._display,
        )

    def _bring_stories(
        self, found: Survey, ground: Places, ledger: Ledger, photos: Photos, files: Files
    ) -> None:
        tally = self._tally
        stories = Stories(
            ground,
            ledger=ledger,
            photos=photos,
            files=files,
            tally=tally,
            now=self._order.choices.now,
        )
        arrivals = Arrivals(tally, sample=self._order.ask)
        for reading in self._readings(found):
            for batch in _batches(reading):
                _check(batch, stories.bring(batch), arrivals)
        old_site.redirect(found, ground, ledger, tally, self._rules, arrivals)
        menu.bring(links_of(found), ledger, arrivals, tally)
        if tally.added[Kind.ARTICLE]:
            self._sticky.pin(ledger)
        arrivals.ask()

    def _readings(self, found: Survey) -> Iterator[Iterator[Story]]:
        """Articles and the pages on top; then, in one more reading for each level, the pages below them."""
        deepest = max(map(found.page_depth, found.pages), default=0)
        for level in range(deepest + 1):
            yield self._stories(found, level)

    def _stories(self, found: Survey, level: int) -> Iterator[Story]:
        words = f"Pages, level {level + 1}" if level else "Articles and pages"
        with self._display.bar(words, sum(found.items.values())) as advance:
            for record in self._records(lambda _bytes: None):
                if isinstance(record, Item):
                    yield from self._stories_of(record, found, level)
                    advance(1)

    def _stories_of(self, item: Item, found: Survey, level: int) -> Iterator[Story]:
        choices = self._order.choices
        kind = kind_of(item, choices)
        depth = found.page_depth(item.id) if kind is Kind.PAGE else 0
        if depth != level:
            return
        story = translate(item, kind, found, choices) if kind else None
        accounts.account_for_item(item, story, choices, self._tally)
        if story:
            self._look_at(story)
            yield story

    def _look_at(self, story: Story) -> None:
        self._tags.update(tag.slug for tag in story.tags)
        self._tally.losses(story.losses, next(iter(story.addresses), story.id))
        fidelity.look_at(story, self._tally)
        self._sticky.look_at(story)


def _check(batch: Sequence[Story], pages: Mapping[str, int], arrivals: Arrivals) -> None:
    """Whether readers who follow an old link find each story that is public."""
    for kind in Kind:
        arrivals.check(
            kind,
            (
                Arrival(address, page_id=pages[story.id])
                for story in batch
                if story.kind is kind and story.state is State.PUBLISHED
                for address in story.addresses
            ),
        )


def _rules(order: Order) -> categories.Rules:
    table = order.categories
    if table is None or (order.dry_run and not table.exists()):
        return {}
    return categories.read(table.read_text(encoding="utf-8"))


def _batches(stories: Iterator[Story]) -> Iterator[list[Story]]:
    while batch := list(islice(stories, BATCH)):
        yield batch


def _address(found: Survey) -> str:
    """What the old site is known by here: "old.example/news"."""
    parts = urlsplit(found.channel.address)
    return (
        f"{parts.netloc}{parts.path}".rstrip("/")[:200] or found.channel.title[:200] or "wordpress"
    )
