"""HTML elements → the newsroom's rich text: paragraphs, lists, links, and a few marks. Plain Python.

Everything is written out anew from the element tree, escaped, so that nothing but these tags can come out.
Pictures amid text are set aside: those before the first word go above the paragraph, the others below it.
"""

import re
from dataclasses import dataclass, field
from html import escape
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from broadsheet.importers.blocks import PhotoReference

Element = etree._Element

MARKS: Final = {
    **dict.fromkeys(("b", "strong"), "b"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "i"),
    **dict.fromkeys(("s", "del", "strike"), "s"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    "sub": "sub",
    "sup": "sup",
}
INLINE: Final = frozenset((*MARKS, "a", "q", "br", "img", "abbr"))
_EDGE_BREAKS: Final = re.compile(r"^(?:\s|<br/>)+|(?<!\s)(?<!<br/>)(?:\s|<br/>)+$")
_SIZE_OF_WORDPRESS: Final = re.compile(r"(?:^|\s)wp-image-(\d{1,18})(?=\s|$)")
_SAFE_SCHEMES: Final = frozenset(("http", "https", "mailto", "tel"))


@dataclass(slots=True)
class Inline:
    """A run of text being written, with the pictures found in it."""

    pieces: list[str] = field(default_factory=list)
    before: list[PhotoReference] = field(default_factory=list)
    after: list[PhotoReference] = field(default_factory=list)
    has_text: bool = False

    def text(self, text: str | None) -> None:
        if text:
            self.has_text = self.has_text or not text.isspace()
            self.pieces.append(escape(text, quote=False))

    def element(self, element: Element, link: str = "") -> None:
        """Write an inline element and what it holds (not its tail)."""
        match element.tag:
            case "br":
                self.pieces.append("<br/>")
            case "img":
                self._picture(element, link)
            case "a":
                self._marked(element, "a", safe_address(element.get("href", "")))
            case "q":
                self.text("“")
                self.children(element, link)
                self.text("”")
            case _:
                self._marked(element, MARKS.get(str(element.tag), ""), link)

    def children(self, element: Element, link: str = "") -> None:
        self.text(element.text)
        for child in element:
            self.element(child, link)
            self.text(child.tail)

    def html(self) -> str:
        """What was written, without white space and breaks at its edges; "" without a word."""
        return trim("".join(self.pieces)) if self.has_text else ""

    def _picture(self, element: Element, link: str) -> None:
        classes = element.get("class", "")
        if "smiley" in classes or "emoji" in classes:
            self.text(element.get("alt"))
        else:
            (self.after if self.has_text else self.before).append(photo_of(element, link=link))

    def _marked(self, element: Element, tag: str, link: str) -> None:
        outer, self.pieces = self.pieces, []
        self.children(element, link_of_picture(element) if tag == "a" else link)
        inner = "".join(self.pieces)
        self.pieces = outer
        if not tag or not inner.strip() or (tag == "a" and not link):
            outer.append(inner)
        elif tag == "a":
            outer.append(f'<a href="{escape(link)}">{inner}</a>')
        else:
            outer.append(f"<{tag}>{inner}</{tag}>")


def trim(html: str) -> str:
    html = html.strip()
    has_breaks = html.startswith("<br/>") or html.endswith("<br/>")
    return _EDGE_BREAKS.sub("", html) if has_breaks else html


def plain(element: Element) -> str:
    """All its words on one line."""
    return " ".join(" ".join(_texts(element)).split())


def lines(element: Element) -> str:
    """Its text with the line breaks that it was written with, `<br>` included."""
    return "".join(_texts(element, line_break="\n")).strip("\n")


def _texts(element: Element, line_break: str = " ") -> list[str]:
    texts = []
    for event, part in etree.iterwalk(element, events=("start", "end")):
        apart = line_break if line_break != "\n" and part.tag not in INLINE else ""
        if event == "start":
            texts.append(line_break if part.tag == "br" else f"{apart}{part.text or ''}")
        elif part is not element:
            texts.append(f"{apart}{part.tail or ''}")
    # words of neighbouring elements must not grow together, letters of neighbouring marks must not part
    return ["".join(texts)]


def safe_address(href: str) -> str:
    """The address when a link may lead there, or "". Anchors within the page are dropped: their targets are."""
    href = href.strip()
    try:
        scheme = urlsplit(href).scheme
    except ValueError:
        return ""
    return (
        href
        if href and not href.startswith("#") and (not scheme or scheme in _SAFE_SCHEMES)
        else ""
    )


def link_of_picture(anchor: Element) -> str:
    """Where a click on the picture in an `<a>` led; not to the page that WordPress makes of each attachment."""
    href = safe_address(anchor.get("href", ""))
    return "" if "attachment" in anchor.get("rel", "") or "attachment_id=" in href else href


def photo_of(element: Element, *, caption: str = "", link: str = "") -> PhotoReference:
    """What an `<img>` says of itself. Lazily loaded ones keep their address aside."""
    url = next(
        (
            address
            for name in ("data-full-url", "data-orig-file", "data-lazy-src", "data-src", "src")
            if (address := _web_address(element.get(name, "")))
        ),
        "",
    )
    number = _SIZE_OF_WORDPRESS.search(element.get("class", ""))
    data_id = element.get("data-id", "")
    source_id = (
        int(number[1]) if number else int(data_id) if re.fullmatch(r"[0-9]{1,18}", data_id) else 0
    )
    return PhotoReference(
        url=url,
        source_id=source_id,
        alt=" ".join(element.get("alt", "").split()),
        caption=caption,
        link="" if _is_picture(link) else link,
    )


def _web_address(text: str) -> str:
    address = safe_address(text)
    return "" if address.startswith(("mailto:", "tel:")) else address


def _is_picture(link: str) -> bool:
    return (
        link.partition("?")[0]
        .lower()
        .endswith((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"))
    )
