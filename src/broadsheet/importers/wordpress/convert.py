"""An item's content → body blocks, as WordPress would have shown it. Plain Python."""

import html
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import nh3

from broadsheet.importers.blocks import Block

from . import gutenberg, shortcodes
from .autop import autop
from .body import body_blocks

_PAGE_BREAK: Final = re.compile(r"<!--\s*nextpage\s*-->")
_MORE: Final = re.compile(r"<!--\s*(?:more|noteaser)[^<>]*?-->")
_ADDRESS_LINE: Final = re.compile(r"^[ \t]*(https?://[^\s<>\"\[\]]+)[ \t]*$", re.MULTILINE)
_REMOVED: Final = re.compile(
    r"<(script|style|object|embed|applet|form|input|select|textarea|button|svg|math)\b",
    re.IGNORECASE,
)
_TAG: Final = re.compile(r"</?[a-zA-Z!][^<>]*>")


@dataclass(frozen=True, slots=True)
class Conversion:
    """Body blocks, and what could not be brought over as it was."""

    blocks: tuple[Block, ...]
    unknown_blocks: Mapping[str, Sequence[str]]  # name → each one's opening as written
    unknown_shortcodes: Mapping[str, Sequence[str]]  # name → each one as written
    removed: Mapping[str, int]  # script, form and the like: tag → how many
    words: str  # what a reader of the old site read, without any markup


def convert(
    content: str,
    *,
    attached: Sequence[int] = (),
    footnotes: str = "",
    shared: Mapping[int, str] | None = None,
) -> Conversion:
    """The body of a post or page. Anything may stand in `content`; nothing in it can fail the conversion.

    `attached`: the ids of its own pictures in their order, which a bare [gallery] shows.
    `footnotes`: the item's metadata of that name, JSON. `shared`: blocks that several posts show, by their number.
    """
    content = gutenberg.with_shared(content, shared or {})
    unknown_blocks: dict[str, list[str]] = {}
    unknown_shortcodes: dict[str, list[str]] = {}
    pages: list[str] = []
    for part in _PAGE_BREAK.split(content):
        reduction = _as_html(_MORE.sub('<span id="more"></span>', part), _footnotes(footnotes))
        expansion = shortcodes.expand(reduction.html, attached=attached)
        pages.append(expansion.text)
        _collect(unknown_blocks, reduction.unknown)
        _collect(unknown_shortcodes, expansion.unknown)
    page = "\n".join(pages)
    return Conversion(
        blocks=body_blocks(page),
        unknown_blocks=unknown_blocks,
        unknown_shortcodes=unknown_shortcodes,
        removed=Counter(found[1].lower() for found in _REMOVED.finditer(content)),
        words=words_of(page),
    )


def plain_text(markup: str) -> str:
    """A title or an excerpt, which may hold HTML, as plain text on one line."""
    return " ".join(html.unescape(_TAG.sub("", markup)).split())


def words_of(page: str) -> str:
    """The words of HTML on one line; what a browser would not show as text is left out."""
    spaced = page.replace("<", " <")
    return plain_text(
        nh3.clean(spaced, tags=set(), clean_content_tags={"script", "style", "template"})
    )


def _as_html(content: str, footnotes: Mapping[str, str]) -> gutenberg.Reduction:
    """Posts made of blocks have their paragraphs; others get them from their blank lines."""
    if gutenberg.has_blocks(content):
        return gutenberg.reduce(content, footnotes=footnotes)
    return gutenberg.Reduction(autop(_ADDRESS_LINE.sub(_embedded, content)))


def _embedded(found: re.Match[str]) -> str:
    """An address alone on its line is shown as what it leads to, before paragraphs are made."""
    return f"\n\n{found[1]}\n\n"


def _footnotes(text: str) -> dict[str, str]:
    try:
        notes = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return {}
    if not isinstance(notes, list):
        return {}
    return {
        str(note.get("id", number)): str(note.get("content", ""))
        for number, note in enumerate(notes)
        if isinstance(note, dict)
    }


def _collect(all_found: dict[str, list[str]], found: Mapping[str, list[str]]) -> None:
    for name, examples in found.items():
        all_found.setdefault(name, []).extend(examples)
