"""What an import finds, brings, and leaves behind, counted while it runs. Plain Python."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from .records import Losses

EXAMPLES: Final = 5  # of each thing that was not understood
LISTED: Final = 1000  # entries of a list in the report; what is beyond is counted


@dataclass(slots=True)
class NotUnderstood:
    """A kind of block or shortcode that we don't know."""

    count: int = 0
    examples: list[dict[str, str]] = field(default_factory=list)  # "written", "address"

    def add(self, written: str, address: str) -> None:
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append({"written": written, "address": address})


@dataclass(slots=True)
class Listing:
    """The first entries of a list that may be very long."""

    count: int = 0
    entries: list[dict[str, str]] = field(default_factory=list)

    def add(self, **entry: str) -> None:
        self.count += 1
        if len(self.entries) < LISTED:
            self.entries.append(entry)


@dataclass(slots=True)
class Tally:
    """Counts of one run."""

    added: Counter[str] = field(default_factory=Counter)  # "articles" → new in this run
    known: Counter[str] = field(default_factory=Counter)  # "articles" → here since an earlier run
    left_out: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # type, status, reason
    changed: Counter[tuple[str, str, str, str]] = field(
        default_factory=Counter
    )  # type, from, to, reason
    unknown_blocks: dict[str, NotUnderstood] = field(default_factory=dict)
    unknown_shortcodes: dict[str, NotUnderstood] = field(default_factory=dict)
    removed: Counter[str] = field(default_factory=Counter)  # tag → how many elements
    photos_missing: Listing = field(default_factory=Listing)
    homeless: Listing = field(default_factory=Listing)  # comments below addresses that lead nowhere
    photos_filled: int = 0
    credits: int = 0
    texts_that_differ: Listing = field(default_factory=Listing)
    texts_compared: int = 0
    redirects: int = 0
    repairs: Counter[str] = field(default_factory=Counter)  # of the file: what → how often
    edited_here: int = 0  # stories that came earlier and that an editor has touched since
    changed_there: Listing = field(default_factory=Listing)  # and those that the old site changed
    lessons: Counter[str] = field(default_factory=Counter)  # "spam", "ham" → taught the filter
    addresses_checked: Counter[str] = field(default_factory=Counter)  # "articles" → how many
    addresses_asked: int = 0  # of the site itself
    addresses_broken: Listing = field(default_factory=Listing)

    def has_written(self) -> bool:
        return bool(self.added.total() or self.photos_filled or self.redirects)

    def losses(self, losses: Losses, address: str) -> None:
        for found, kept in (
            (losses.blocks, self.unknown_blocks),
            (losses.shortcodes, self.unknown_shortcodes),
        ):
            for name, examples in found.items():
                entry = kept.setdefault(name, NotUnderstood())
                for written in examples:
                    entry.add(written, address)
        self.removed.update(losses.removed)
