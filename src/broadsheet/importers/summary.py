"""A report for people: a few lines for the terminal, a page for the browser. Plain Python."""

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from .report import Report

TYPES = ("articles", "pages", "comments", "photos", "contributors", "categories", "tags")


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
        if kind in report.source or kind in shown:
            before, here = _sum(report.source.get(kind, {})), _sum(shown.get(kind, {}))
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


def page(report: Report) -> str:
    """The same as HTML, complete in itself."""
    told = report.as_json()
    title = f"Import of {escape(report.archive)}"
    parts = [_counts(report), *(_section(name, told[name]) for name in _SECTIONS if told[name])]
    return (
        '<!doctype html>\n<html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style><h1>{title}</h1>{''.join(parts)}</html>\n"
    )


_STYLE = (
    "body{font:1rem/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse}th,td{padding:.2rem .8rem;text-align:start;border-bottom:1px solid #ccc;"
    "vertical-align:top}td.n{text-align:end}pre{white-space:pre-wrap}"
)
_SECTIONS = {
    "damage": "Where the file is damaged",
    "repairs": "What was put right in the file while reading",
    "differences": "What is different here, and why",
    "unexplained": "Differences without an explanation",
    "edited_here": "Edited here since they came, and left as they are",
    "changed_there": "Changed on the old site since they came, and left as they are here",
    "unknown_blocks": "Blocks that were not understood (their content was kept)",
    "unknown_shortcodes": "Shortcodes that were not understood (their content was kept)",
    "removed": "Elements that were removed from texts",
    "addresses_checked": "Old addresses that were checked, by what they led to",
    "addresses_broken": "Old addresses that do not arrive in one step",
    "lessons": "What the spam filter has learnt from",
    "photos_missing": "Photos that are missing (their places are marked)",
    "homeless_comments": "Comments whose addresses lead nowhere here",
    "texts_that_differ": "Texts whose words differ by more than 1 %",
}


def _counts(report: Report) -> str:
    shown = report.expected() if report.dry_run else report.site
    rows = []
    for kind in dict.fromkeys((*report.source, *shown)):
        statuses = dict.fromkeys((*report.source.get(kind, {}), *shown.get(kind, {})))
        rows += [
            f"<tr><td>{escape(kind)}<td>{escape(status)}"
            f"<td class=n>{report.source.get(kind, {}).get(status, 0)}"
            f"<td class=n>{shown.get(kind, {}).get(status, 0)}"
            for status in statuses
        ]
    return f"<table><tr><th>Type<th>Status<th>There<th>Here{''.join(rows)}</table>"


def _section(name: str, content: Any) -> str:
    if isinstance(content, dict) and content.get("count") == 0:
        return ""
    if name == "texts_that_differ":
        shown = _texts(content)
    elif name == "differences":
        shown = "".join(
            f"<li>{entry['number']} {escape(entry['type'])} ({escape(entry['status'])}"
            f"{' → ' + escape(entry['becomes']) if 'becomes' in entry else ''}): {escape(entry['reason'])}"
            for entry in content
        )
        shown = f"<ul>{shown}</ul>"
    else:
        shown = f"<pre>{escape(json.dumps(content, ensure_ascii=False, indent=1))}</pre>"
    return f"<h2>{_SECTIONS[name]}</h2>{shown}"


def _texts(content: Any) -> str:
    rows = "".join(
        f"<tr><td>{escape(entry['title'])} ({escape(entry['address'])}, {entry['share']})"
        f"<td>{escape(entry['before'])}<td>{escape(entry['after'])}"
        for entry in content["first"]
    )
    return f"<table><tr><th>Article<th>There<th>Here{rows}</table>"
