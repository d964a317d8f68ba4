"""A report for people at a terminal: a few lines. Plain Python."""

from collections.abc import Iterator
from typing import Any

from .report import Report

TYPES = ("articles", "pages", "comments", "photos", "contributors", "categories", "tags", "links")


def text(report: Report) -> str:
    """A dozen lines."""
    first = (
        "Nothing was written: this is what would be."
        if report.dry_run
        else f"From {report.archive}:"
    )
    return "\n".join([first, *_numbers(report), *(f"  {line}" for line in _remarks(report))])


def _numbers(report: Report) -> Iterator[str]:
    shown = report.expected() if report.dry_run else report.site
    for kind in TYPES:
        before, here = _sum(report.source.get(kind, {})), _sum(shown.get(kind, {}))
        if kind in report.source or here:
            yield f"  {kind:13}{before:>8} there {here:>8} here"


def _remarks(report: Report) -> Iterator[str]:
    tally = report.tally
    for difference in report.differences():
        yield "{number} {type} ({status}): {reason}".format_map(difference)
    for words, found in (
        ("blocks", tally.unknown_blocks),
        ("shortcodes", tally.unknown_shortcodes),
    ):
        if found:
            names = ", ".join(f"{name} ({entry.count})" for name, entry in list(found.items())[:8])
            yield f"{words} not understood, their content kept: {names}"
    changed, missing = tally.changed_there.count, tally.photos_missing.count
    checked, broken = tally.addresses_checked.total(), tally.addresses_broken.count
    repairs = ", ".join(f"{name} ({number})" for name, number in tally.repairs.items())
    lines = {
        f"Put right in the file while reading: {repairs}.": repairs,
        f"{tally.edited_here} were edited here: they stay as they are.": tally.edited_here,
        f"{changed} have changed on the old site since they came: they stay, too.": changed,
        f"The filter has learnt from {tally.lessons['spam']} spam comments and"
        f" {tally.lessons['ham']} good ones.": tally.lessons.total(),
        f"{missing} photos are missing: their places are marked.": missing,
        f"{checked} old addresses were looked up, and {tally.addresses_asked} asked of the site:"
        f" {broken} do not arrive.": checked,
        f"The file is damaged, {report.damage} What stood before that was taken.": report.damage,
    }
    yield from (line for line, is_so in lines.items() if is_so)


def _sum(statuses: Any) -> int:
    return sum(statuses.values())
