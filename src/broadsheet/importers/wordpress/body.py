"""HTML of an article → body blocks. Plain Python.

The HTML is cleaned first, then walked once. Neighbouring paragraphs and lists share one paragraph block.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Final

from broadsheet.importers.blocks import Block, PhotoReference

from . import cleaning, embeds, figures
from .richtext import INLINE, Element, Inline, lines, plain

LONGEST_HEADING: Final = 200  # characters that the heading block takes


@dataclass(slots=True)
class Body:
    """The blocks so far, and the rich text that is still growing."""

    blocks: list[Block] = field(default_factory=list)
    _rich: list[str] = field(default_factory=list)

    def rich(self, html: str) -> None:
        if html:
            self._rich.append(html)

    def add(self, *blocks: Block) -> None:
        for block in blocks:
            if self._rich:
                self.blocks.append(Block("paragraph", "".join(self._rich)))
                self._rich.clear()
            self.blocks.append(block)
            if block.type == "photo" and block.value["photo"].link:
                self.rich(_link_below(block.value["photo"]))

    def photos(self, photos: list[PhotoReference]) -> None:
        self.add(*(figures.photo_block(photo) for photo in photos))

    def finish(self) -> tuple[Block, ...]:
        self.add(Block("divider", {}))
        return tuple(self.blocks[:-1])


def _link_below(photo: PhotoReference) -> str:
    """Photos here open nothing, so the link stands below them, in the words that a screen reader said."""
    return f'<p><a href="{escape(photo.link)}">{escape(photo.alt or photo.link)}</a></p>'


def body_blocks(html: str) -> tuple[Block, ...]:
    """The blocks that hold what a reader would see of `html`, which may be anything."""
    cleaned = cleaning.cleaned(html)
    if not cleaned.strip():
        return ()
    body = Body()
    if cleaning.depth(cleaned) > cleaning.DEEPEST:
        words = cleaning.words(cleaned)
        body.rich(f"<p>{words}</p>" if words else "")
    else:
        flow(cleaning.tree(cleaned), body)
    return body.finish()


def flow(container: Element, body: Body) -> None:
    """Blocks of an element's children. Text between block elements is a paragraph."""
    run = Inline()
    run.text(container.text)
    for child in container:
        if child.tag in INLINE and not cleaning.holds_blocks(child):
            run.element(child)
        else:
            _end_run(run, body)
            run = Inline()
            _block(child, body)
        run.text(child.tail)
    _end_run(run, body)


def _end_run(run: Inline, body: Body) -> None:
    body.photos(run.before)
    html = run.html()
    address = embeds.address_alone(html.replace("&amp;", "&"))
    if address and embeds.is_known(address):
        body.add(Block("embed", {"url": address, "title": ""}))
    elif address:
        body.rich(f'<p><a href="{escape(address)}">{html}</a></p>')
    elif html:
        body.rich(f"<p>{html}</p>")
    body.photos(run.after)


def _block(element: Element, body: Body) -> None:
    _HANDLERS.get(str(element.tag), flow)(element, body)


def _heading(element: Element, body: Body) -> None:
    level = min(max(int(str(element.tag)[1]), 2), 4)
    text = plain(element)
    if len(text) > LONGEST_HEADING:
        body.rich(f"<p><b>{escape(text)}</b></p>")
    elif text:
        body.add(Block("heading", {"text": text, "level": str(level)}))
    body.photos(figures.pictures(element))


def _list(element: Element, body: Body) -> None:
    if "gallery" in element.get("class", ""):  # as the block editor wrote them until 2022
        body.add(*(figures.figure_blocks(element) or ()))
        return
    body.rich(_list_html(element))
    body.photos(figures.pictures(element))


def _list_html(element: Element) -> str:
    """A list in rich text; whatever its entries hold is set in one line each, lists within them excepted."""
    entries = []
    for child in element:
        inner, nested = _entry(child)
        if inner or nested:
            entries.append(f"<li>{inner}{nested}</li>")
    return f"<{element.tag}>{''.join(entries)}</{element.tag}>" if entries else ""


def _entry(element: Element) -> tuple[str, str]:
    """The text of a list's entry, and the lists within it."""
    if element.tag in {"ul", "ol"}:
        return "", _list_html(element)
    rows, nested = [], []
    run = Inline()
    run.text(element.text)
    for child in element:
        if child.tag in INLINE and not cleaning.holds_blocks(child):
            run.element(child)
        else:
            rows.append(run.html())
            run = Inline()
            text, lists = _entry(child)
            rows.append(text)
            nested.append(lists)
        run.text(child.tail)
    rows.append(run.html())
    return "<br/>".join(filter(None, rows)), "".join(nested)


def _division(element: Element, body: Body) -> None:
    link = element.find("a") if "wp-block-file" in element.get("class", "") else None
    file = figures.file_block(link.get("href", ""), plain(link)) if link is not None else None
    if file:
        body.add(file)
    else:
        flow(element, body)


def _quote(element: Element, body: Body) -> None:
    source = figures.take_source(element)
    if "pullquote" in element.get("class", ""):
        body.add(Block("pullquote", {"text": plain(element), "source": source}))
        body.photos(figures.pictures(element))
        return
    rich, others = _rich_and_others(element)
    if rich:
        body.add(Block("quote", {"text": rich, "source": source}))
    elif source:
        body.rich(f"<p>{escape(source)}</p>")
    body.add(*others)


def _details(element: Element, body: Body) -> None:
    summary = element.find("summary")
    title = ""
    if summary is not None:
        title = plain(summary)
        summary.drop_tree()  # type: ignore[attr-defined]  # lxml.html's elements have it
    rich, others = _rich_and_others(element)
    if rich or title:
        body.add(Block("aside", {"title": title, "text": rich}))
    body.add(*others)


def _rich_and_others(element: Element) -> tuple[str, list[Block]]:
    """The rich text in an element, headings as bold lines, and the blocks that cannot stand within rich text."""
    inner = Body()
    flow(element, inner)
    rich, others = [], []
    for block in inner.finish():
        if block.type == "paragraph":
            rich.append(block.value)
        elif block.type == "heading":
            rich.append(f"<p><b>{escape(block.value['text'])}</b></p>")
        else:
            others.append(block)
    return "".join(rich), others


def _preformatted(element: Element, body: Body) -> None:
    language = re.search(
        r"\b(?:language|lang|brush)[-:]\s?([\w+#-]{1,30})",
        " ".join(part.get("class", "") for part in element.iter("pre", "code")),
    )
    is_code = language or element.find("code") is not None or "code" in element.get("class", "")
    text = lines(element)
    if is_code:
        body.add(Block("code", {"language": language[1] if language else "", "code": text}))
    elif text.strip():
        body.add(Block("verse", text))


def _figure(element: Element, body: Body) -> None:
    blocks = figures.figure_blocks(element)
    if blocks is None:
        flow(element, body)
    else:
        body.add(*blocks)


def _ready(make: Callable[[Element], list[Block]]) -> Callable[[Element, Body], None]:
    return lambda element, body: body.add(*make(element))


_HANDLERS: Final[Mapping[str, Callable[[Element, Body], None]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("ul", "ol"), _list),
    "div": _division,
    "blockquote": _quote,
    "details": _details,
    "pre": _preformatted,
    "figure": _figure,
    "hr": _ready(lambda _element: [Block("divider", {})]),
    "table": _ready(figures.table_blocks),
    "dl": _ready(figures.markup_blocks),
    **dict.fromkeys(("iframe", "video", "audio"), _ready(figures.player_blocks)),
}
