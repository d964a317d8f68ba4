"""Footnotes: what stands ((in double parentheses)) in a text moves to its end, and on wide screens beside it.

The marks are numbered when the text is printed, so that an editor can move, add and copy paragraphs. In a page each note
stands twice: at its mark, where a style sheet may show it beside the text, and in the list at the end; one of them is hidden.
"""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

# A note ends where its paragraph, list item or cell does. What stands in code is code.
_NOTE = re.compile(
    r"<(?P<code>pre|code)\b.*?</(?P=code)>"
    r"|\s*\(\((?P<note>(?:(?!\(\(|\)\)|</?(?:p|li|ul|ol|h\d|div|blockquote|td|th|figcaption)\b).)+)\)\)",
    re.DOTALL,
)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>\w+)[^>]*?(?P<alone>/?)>")


def with_notes(html: str, *, beside: bool = True) -> SafeString:
    """`html`, which is safe, with its notes at the end; without a second copy at each mark unless they may stand `beside` it."""
    notes: list[str] = []

    def mark(found: re.Match[str]) -> str:
        note = (found["note"] or "").strip()
        if not note or not _is_whole(note):
            return found[0]
        notes.append(note)
        return _mark(len(notes), note if beside else "")

    marked = _NOTE.sub(mark, html)
    return SafeString(marked + _list(notes))


def _mark(number: int, note: str) -> str:
    aside = f'<small class="sidenote" hidden>{number} {note}</small>' if note else ""
    link = f'<a id="mark-{number}" href="#note-{number}" role="doc-noteref">{number}</a>'
    return f'<sup class="note-mark">{link}</sup>{aside}'


def _list(notes: list[str]) -> SafeString:
    if not notes:
        return SafeString("")
    back = _("Back to the text")
    items = format_html_join(
        "",
        '<li id="note-{}">{} <a href="#mark-{}" role="doc-backlink" aria-label="{}">↩</a></li>',
        ((number, SafeString(note), number, back) for number, note in enumerate(notes, 1)),
    )
    return format_html(
        '<section class="notes" role="doc-endnotes" aria-label="{}"><ol>{}</ol></section>',
        _("Notes"),
        items,
    )


def _is_whole(html: str) -> bool:
    """Does every element that begins in it end in it?"""
    open_elements: list[str] = []
    for tag in _TAG.finditer(html):
        if tag["end"]:
            if not open_elements or open_elements.pop() != tag["name"]:
                return False
        elif not tag["alone"] and tag["name"] != "br":
            open_elements.append(tag["name"])
    return not open_elements
