"""A report for people, as a page that is complete in itself. Plain Python."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from .report import Report


def page(report: Report) -> str:
    """The same as HTML, complete in itself."""
    told = report.as_json()
    title = f"Import of {escape(report.archive)}"
    parts = [
        f"<p>{_VERDICTS[bool(told['unexplained'])]}",
        _counts(report),
        *(_section(name, told[name], report.archive) for name in _SECTIONS if told[name]),
    ]
    return (
        '<!doctype html>\n<html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style><h1>{title}</h1>{''.join(parts)}</html>\n"
    )


_STYLE = (
    ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "h1{line-height:1.2}h1,li,code,a{overflow-wrap:anywhere}table{border-collapse:collapse}"
    "th,td{padding:.2rem .8rem .2rem 0;text-align:start;border-bottom:1px solid #8886;vertical-align:top}"
    "div{overflow-x:auto}td{overflow-wrap:break-word}th.n,td.n{text-align:end}td.n{font-variant-numeric:tabular-nums}"
)
_VERDICTS = {
    False: "Nothing is missing without a reason: what is different from the old site is listed below.",
    True: "Some counts differ without a reason: see “Differences without an explanation”.",
}
_WORDS = {"nav_menu_item": "entries of menus", "by_address": "known by address"}
_SECTIONS = {
    "damage": "Where the file is damaged",
    "repairs": "What was put right in the file while reading",
    "differences": "What is different here, and why",
    "from_earlier_exports": "Here from earlier exports of the old site, and not in this file",
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
        there, here = report.source.get(kind, {}), shown.get(kind, {})
        rows += [
            f"<tr><td>{_worded(kind)}<td>{_worded(status)}"
            f"<td class=n>{there.get(status, 0)}<td class=n>{here.get(status, 0)}"
            for status in dict.fromkeys((*there, *here))
            if there.get(status) or here.get(status)
        ]
    return _tabular("<th>Type<th>Status<th class=n>There<th class=n>Here", "".join(rows))


def _tabular(head: str, rows: str) -> str:
    """A table that scrolls by itself where the screen is narrow, also with the keyboard."""
    return f"<div tabindex=0><table><tr>{head}{rows}</table></div>"


def _worded(name: str) -> str:
    return escape(_WORDS.get(name, name))


def _section(name: str, content: Any, old_site: str) -> str:
    match name, content:
        case _, {"count": 0}:
            return ""
        case "texts_that_differ", _:
            shown = _texts(content)
        case "differences", _:
            shown = _list(map(_difference, content))
        case "unexplained", _:
            shown = _table(content, old_site)
        case "unknown_blocks" | "unknown_shortcodes", _:
            shown = _not_understood(content, old_site)
        case _, {"count": count, "first": entries}:
            more = f"<p>… and {count - len(entries)} more." if count > len(entries) else ""
            shown = _table(entries, old_site) + more
        case _, dict():
            shown = _list(f"{_worded(key)}: {_number(told)}" for key, told in content.items())
        case _:
            shown = f"<p>{escape(str(content))}"
    return f"<h2>{_SECTIONS[name]}</h2>{shown}"


def _number(told: int | Mapping[str, int]) -> str:
    if isinstance(told, int):
        return str(told)
    return ", ".join(f"{number} {escape(status)}" for status, number in told.items())


def _list(entries: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{entry}' for entry in entries)}</ul>"


def _difference(entry: Mapping[str, Any]) -> str:
    becomes = f" → {entry['becomes']}" if "becomes" in entry else ""
    return escape(
        f"{entry['number']} {_WORDS.get(entry['type'], entry['type'])}"
        f" ({entry['status']}{becomes}): {entry['reason']}"
    )


def _not_understood(content: Mapping[str, Any], old_site: str) -> str:
    rows = "".join(
        f"<tr><td>{escape(name)}<td class=n>{entry['count']}<td>"
        + "<br>".join(
            f"<code>{escape(example['written'])}</code> {_linked(example['address'], old_site)}"
            for example in entry["examples"]
        )
        for name, entry in content.items()
    )
    return _tabular("<th>Name<th>How many<th>As written, and where", rows)


def _table(entries: Sequence[Mapping[str, Any]], old_site: str) -> str:
    names = list(dict.fromkeys(name for entry in entries for name in entry))
    head = "".join(f"<th>{escape(name)}" for name in names)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_cell(name, entry.get(name, ''), old_site)}" for name in names)
        for entry in entries
    )
    return _tabular(head, rows)


def _cell(name: str, value: object, old_site: str) -> str:
    return _linked(str(value), old_site) if name == "address" else escape(str(value))


def _linked(address: str, old_site: str) -> str:
    """An address of the old site as a link to where it is looked at there."""
    host = old_site.partition("/")[0]
    url = f"https://{host}{address}" if address.startswith("/") and "." in host else address
    if not url.startswith(("https://", "http://")):
        return escape(address)
    return f'<a href="{escape(url)}" rel="noreferrer">{escape(address)}</a>'


def _texts(content: Any) -> str:
    rows = "".join(
        f"<tr><td>{escape(entry['title'])} ({escape(entry['address'])}, {entry['share']})"
        f"<td>{escape(entry['before'])}<td>{escape(entry['after'])}"
        for entry in content["first"]
    )
    return _tabular("<th>Article<th>There<th>Here", rows)
