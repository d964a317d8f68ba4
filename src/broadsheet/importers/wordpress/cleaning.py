"""Any HTML → a small tree that can be walked. Plain Python.

nh3 cleans it with a browser's parser: what comes out is well-nested, without script, style, handlers or odd addresses.
"""

import re
from typing import Final

import lxml.html
import nh3

from .richtext import INLINE, Element

DEEPEST: Final = 120  # elements within elements; what nests deeper keeps its words only
_FLOW: Final = (
    *("div", "section", "article", "aside", "header", "footer", "main", "nav", "center", "address"),
    *("li", "dt", "dd", "picture"),
)
_BLOCKS: Final = (
    *_FLOW,
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "pre", "hr"),
    *("table", "figure", "details", "iframe", "video", "audio"),
)
_OTHERS: Final = (
    *("figcaption", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "summary", "source"),
)
_CLASSES: Final = {"class"}
_ATTRIBUTES: Final = {
    "a": {"href", "class", "rel"},
    "img": {
        *("src", "alt", "class", "data-id"),
        *("data-src", "data-lazy-src", "data-full-url", "data-orig-file"),
    },
    "iframe": {"src", "title", "data-src"},
    "video": {"src", "title"},
    "audio": {"src", "title"},
    "source": {"src"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    **dict.fromkeys(("figure", "blockquote", "pre", "code", "div", "ul"), _CLASSES),
}
_CLEANER: Final = nh3.Cleaner(
    tags={*_BLOCKS, *_OTHERS, *INLINE},
    attributes=_ATTRIBUTES,
    clean_content_tags={"script", "style", "template", "select", "textarea", "math", "svg"},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
    strip_comments=True,
)
_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)  # they would end libxml2's reading
_TAG: Final = re.compile(r"<(/?)(?!img|br|hr|source)[a-z]")
_HOLDS_BLOCKS: Final = "data-holds-blocks"


def cleaned(html: str) -> str:
    """What a reader would see of `html`, which may be anything."""
    return _CLEANER.clean(_CONTROL.sub("", html))


def words(cleaned: str) -> str:
    """The words alone, with single spaces between them; `&` and `<` stay escaped."""
    return " ".join(nh3.clean(cleaned.replace("<", " <"), tags=set()).split())


def tree(cleaned: str) -> Element:
    """An element with the cleaned HTML in it, where `holds_blocks` can be asked."""
    parser = lxml.html.HTMLParser(huge_tree=True, encoding="utf-8")
    root: Element = lxml.html.fragment_fromstring(
        cleaned.encode(), create_parent="div", parser=parser
    )
    _mark_holders(root)
    return root


def holds_blocks(element: Element) -> bool:
    """Whether there is a block in an inline element."""
    return element.get(_HOLDS_BLOCKS) is not None


def depth(cleaned: str) -> int:
    """How many elements stand within each other. What nh3 writes closes each that it opens, the empty ones excepted."""
    here = deepest = 0
    for found in _TAG.finditer(cleaned):
        here += -1 if found[1] else 1
        deepest = max(deepest, here)
    return deepest


def _mark_holders(root: Element) -> None:
    """Mark the inline elements that have blocks in them, so that the walk need not look ahead."""
    for block in root.iterdescendants(*_BLOCKS):
        for ancestor in block.iterancestors():
            if ancestor is root or ancestor.get(_HOLDS_BLOCKS):
                break
            ancestor.set(_HOLDS_BLOCKS, "1")
