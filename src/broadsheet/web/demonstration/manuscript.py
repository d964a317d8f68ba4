"""Manuscripts: front matter in TOML between two lines of `+++`, then prose with a little Markdown and fenced directives.

    +++
    headline = "…"
    +++
    A paragraph with **bold**, *italics* and [a link](https://example.org).

    ## A heading

    > A quotation
    > — its source

    :::photo market-hall wide
    The caption.
    :::

Directives: photo, gallery, pullquote, table, aside, verse. Three dashes make a divider.
The parser is strict: what it does not know is a ManuscriptError with the line's number.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt

FENCE = ":::"
WIDTHS = frozenset({"column", "wide", "full"})


class ManuscriptError(ValueError):
    """A manuscript that cannot be read; `.line` counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Paragraphs:
    html: str  # <p>, <b>, <i>, <a>, <ul>, <ol> alone


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int  # 2 to 4


@dataclass(frozen=True, slots=True)
class PhotoFigure:
    picture: str
    caption: str
    width: str = "column"


@dataclass(frozen=True, slots=True)
class Gallery:
    photos: tuple[PhotoFigure, ...]
    caption: str


@dataclass(frozen=True, slots=True)
class Quotation:
    html: str
    source: str


@dataclass(frozen=True, slots=True)
class PullQuote:
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[str, ...], ...]  # the first one is the head
    caption: str


@dataclass(frozen=True, slots=True)
class Aside:
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Verse:
    text: str


@dataclass(frozen=True, slots=True)
class Divider:
    pass


Block = (
    Paragraphs | Heading | PhotoFigure | Gallery | Quotation | PullQuote | Table | Aside | Verse
    | Divider
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Manuscript:
    front: dict[str, Any]
    body: tuple[Block, ...]


def read(text: str) -> Manuscript:
    """Raises ManuscriptError."""
    lines = text.splitlines()
    if not lines or lines[0] != "+++" or "+++" not in lines[1:]:
        raise ManuscriptError(1, "a manuscript begins with front matter between two lines of +++")
    end = lines.index("+++", 1)
    try:
        front = tomllib.loads("\n".join(lines[1:end]))
    except tomllib.TOMLDecodeError as error:
        raise ManuscriptError(2, str(error)) from error
    return Manuscript(front, tuple(_blocks(lines, end + 1)))


def _blocks(lines: list[str], start: int) -> Iterator[Block]:
    at = start
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif line.startswith(FENCE):
            end = _end_of_fence(lines, at)
            yield _directive(lines[at : end + 1], at + 1)
            at = end + 1
        else:
            end = at
            while end < len(lines) and lines[end].strip() and not lines[end].startswith(FENCE):
                end += 1
            yield _plain(lines[at:end], at + 1)
            at = end


def _end_of_fence(lines: list[str], start: int) -> int:
    for index in range(start + 1, len(lines)):
        if lines[index] == FENCE:
            return index
    raise ManuscriptError(start + 1, f"{lines[start]!r} is never closed")


def _plain(lines: list[str], number: int) -> Block:
    heading = re.fullmatch(r"(#{2,4}) (.+)", lines[0])
    if heading is not None and len(lines) == 1:
        return Heading(heading[2], len(heading[1]))
    if lines == ["---"]:
        return Divider()
    if lines[0].startswith("> "):
        return _quotation(lines, number)
    if lines[0].startswith("#"):
        raise ManuscriptError(number, "a heading is two to four # and stands alone")
    return Paragraphs(html("\n".join(lines)))


def _quotation(lines: list[str], number: int) -> Quotation:
    if not all(line.startswith("> ") for line in lines):
        raise ManuscriptError(number, "every line of a quotation begins with '> '")
    words = [line[2:] for line in lines]
    source = words.pop()[2:] if words[-1].startswith("— ") else ""
    return Quotation(html("\n".join(words)), source)


def _directive(lines: list[str], number: int) -> Block:
    name, _, rest = lines[0].removeprefix(FENCE).partition(" ")
    if name not in _DIRECTIVES:
        raise ManuscriptError(number, f"there is no directive {name!r}")
    return _DIRECTIVES[name](rest.strip(), lines[1:-1], number)


def _photo(rest: str, lines: list[str], number: int) -> PhotoFigure:
    picture, _, width = rest.partition(" ")
    if not picture or (width or "column") not in WIDTHS:
        raise ManuscriptError(number, "a photo has a name and a width: column, wide or full")
    return PhotoFigure(picture, " ".join(lines), width or "column")


def _gallery(rest: str, lines: list[str], number: int) -> Gallery:
    photos = []
    for offset, line in enumerate(lines, 1):
        picture, bar, caption = line.partition("|")
        if not bar:
            raise ManuscriptError(number + offset, "a gallery's line is: name | caption")
        photos.append(PhotoFigure(picture.strip(), caption.strip()))
    return Gallery(tuple(photos), rest)


def _table(rest: str, lines: list[str], number: int) -> Table:
    rows = tuple(tuple(cell.strip() for cell in line.split("|")) for line in lines)
    for offset, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise ManuscriptError(
                number + offset, f"{len(row)} cells where the head has {len(rows[0])}"
            )
    return Table(rows, rest)


def _pull_quote(rest: str, lines: list[str], _number: int) -> PullQuote:
    return PullQuote(" ".join(lines), rest)


def _aside(rest: str, lines: list[str], _number: int) -> Aside:
    return Aside(rest, html("\n".join(lines)))


def _verse(_rest: str, lines: list[str], _number: int) -> Verse:
    return Verse("\n".join(lines))


_DIRECTIVES: dict[str, Callable[[str, list[str], int], Block]] = {
    "photo": _photo,
    "gallery": _gallery,
    "table": _table,
    "pullquote": _pull_quote,
    "aside": _aside,
    "verse": _verse,
}
_MARKDOWN = MarkdownIt("zero", {"html": False}).enable(
    ["emphasis", "link", "list", "escape", "entity"]
)
_TAGS = {"<strong>": "<b>", "</strong>": "</b>", "<em>": "<i>", "</em>": "</i>"}


def html(markdown: str) -> str:
    """Paragraphs and lists with emphasis and links; everything else stays the text that it is."""
    rendered: str = _MARKDOWN.render(markdown)
    for theirs, ours in _TAGS.items():
        rendered = rendered.replace(theirs, ours)
    return rendered.strip()
