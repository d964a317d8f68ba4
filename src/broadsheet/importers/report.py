"""The proof of an import: what the source had, what the site has, and why they differ. Plain Python.

The JSON's keys are documented in docs/importing.md and checked there by a test.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .tally import Listing, NotUnderstood, Tally

Counts = Mapping[str, Mapping[str, int]]  # type → status → how many


@dataclass(frozen=True, slots=True)
class Report:
    """One run, told to the end."""

    file: str
    archive: str  # the old site's address
    source: Counts
    source_as_written: Counts  # in the source system's own words
    site: Counts
    tally: Tally
    seconds: float
    dry_run: bool = False
    damage: str = ""  # where the file ended early, of an import with --partial

    def as_json(self) -> dict[str, Any]:
        """The documented form."""
        tally = self.tally
        return {
            "file": self.file,
            "archive": self.archive,
            "dry_run": self.dry_run,
            "seconds": round(self.seconds, 3),
            "damage": self.damage,
            "repairs": dict(tally.repairs),
            "source": _plain(self.source),
            "site": _plain(self.expected() if self.dry_run else self.site),
            "source_as_written": _plain(self.source_as_written),
            "added": dict(tally.added),
            "known": {name: number for name, number in tally.known.items() if number},
            "differences": self.differences(),
            "from_earlier_exports": self.from_earlier_exports(),
            "unexplained": self.unexplained(),
            "edited_here": tally.edited_here,
            "changed_there": _listing(tally.changed_there),
            "unknown_blocks": _not_understood(tally.unknown_blocks),
            "unknown_shortcodes": _not_understood(tally.unknown_shortcodes),
            "removed": dict(tally.removed),
            "photos_missing": _listing(tally.photos_missing),
            "photos_filled": tally.photos_filled,
            "homeless_comments": _listing(tally.homeless),
            "credits_recovered": tally.credits,
            "redirects_added": tally.redirects,
            "lessons": dict(tally.lessons),
            "addresses_checked": dict(tally.addresses_checked),
            "addresses_asked": tally.addresses_asked,
            "addresses_broken": _listing(tally.addresses_broken),
            "texts_compared": tally.texts_compared,
            "texts_that_differ": _listing(tally.texts_that_differ),
        }

    def differences(self) -> list[dict[str, Any]]:
        """Each reason for which something of the source is not in the site as it was: how many, of what."""
        left_out = [
            {"type": kind, "status": status, "number": number, "reason": reason}
            for (kind, status, reason), number in sorted(self.tally.left_out.items())
            if number
        ]
        changed = [
            {"type": kind, "status": before, "becomes": after, "number": number, "reason": reason}
            for (kind, before, after, reason), number in sorted(self.tally.changed.items())
            if number
        ]
        return left_out + changed

    def expected(self) -> dict[str, dict[str, int]]:
        """What the site should have: the source's counts, less what was left out, with what was changed."""
        expected = {kind: dict(statuses) for kind, statuses in self.source.items()}
        for (kind, status, _reason), number in self.tally.left_out.items():
            _add(expected, kind, status, -number)
        for (kind, before, after, _reason), number in self.tally.changed.items():
            _add(expected, kind, before, -number)
            _add(expected, kind, after, number)
        return {kind: {s: n for s, n in counts.items() if n} for kind, counts in expected.items()}

    def unexplained(self) -> list[dict[str, Any]]:
        """Counts that no reason explains: there should be none. Only what has one counterpart here is compared."""
        if self.dry_run:
            return []
        expected, earlier = self.expected(), self.from_earlier_exports()
        return [
            {"type": kind, "status": status, "expected": number, "site": found}
            for kind in _COMPARED
            for status in dict.fromkeys((*expected.get(kind, {}), *self.site.get(kind, {})))
            if (number := expected.get(kind, {}).get(status, 0))
            != (found := self.site.get(kind, {}).get(status, 0))
            - earlier.get(kind, {}).get(status, 0)
        ]

    def from_earlier_exports(self) -> dict[str, dict[str, int]]:
        """What this archive has brought before and this file does not name: exports may be of a year each."""
        expected = self.expected()
        found: dict[str, dict[str, int]] = {}
        for kind in () if self.dry_run else _COMPARED:
            here, named = self.site.get(kind, {}), self.tally.added[kind] + self.tally.known[kind]
            spare = sum(here.values()) - named
            for status, number in here.items():
                earlier = min(number - expected.get(kind, {}).get(status, 0), spare)
                if earlier > 0:
                    _add(found, kind, status, earlier)
                    spare -= earlier
        return found


# sections may be shared with others, tags come from categories too
_COMPARED = ("articles", "pages", "comments", "contributors")


def _add(counts: dict[str, dict[str, int]], kind: str, status: str, number: int) -> None:
    statuses = counts.setdefault(kind, {})
    statuses[status] = statuses.get(status, 0) + number


def _plain(counts: Counts) -> dict[str, dict[str, int]]:
    return {
        kind: {status: n for status, n in statuses.items() if n}
        for kind, statuses in counts.items()
    }


def _not_understood(found: Mapping[str, NotUnderstood]) -> dict[str, Any]:
    by_count = sorted(found.items(), key=lambda entry: -entry[1].count)
    return {name: {"count": entry.count, "examples": entry.examples} for name, entry in by_count}


def _listing(listing: Listing) -> dict[str, Any]:
    return {"count": listing.count, "first": listing.entries}
