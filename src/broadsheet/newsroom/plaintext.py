"""The words of an article's body, without markup: for its history, its length and what it has in common with others."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock

_END_OF_BLOCK = re.compile(
    r"</(?:p|h\d|li|blockquote|div|td|th|figcaption)>|<(?:br|hr)\b[^>]*>", re.IGNORECASE
)

Reader = Callable[[Any, Any], Iterator[str]]


def paragraphs(block: blocks.Block, value: Any) -> Iterator[str]:
    """The texts of a block's value in their order, each without line breaks, none of them empty."""
    for text in _texts(block, value):
        for line in text.splitlines():
            words = " ".join(line.split())
            if words:
                yield words


def _texts(block: blocks.Block, value: Any) -> Iterator[str]:
    for kind, read in _READERS:
        if isinstance(block, kind):
            if value:
                yield from read(block, value)
            return


def _of_struct(block: Any, value: Any) -> Iterator[str]:
    for name, child in block.child_blocks.items():
        yield from _texts(child, value.get(name))


def _of_list(block: Any, value: Any) -> Iterator[str]:
    for item in value:
        yield from _texts(block.child_block, item)


def _of_stream(_block: Any, value: Any) -> Iterator[str]:
    for child in value:
        yield from _texts(child.block, child.value)


def _of_table(_block: Any, value: Any) -> Iterator[str]:
    for row in value.get("data", ()):
        yield " · ".join(str(cell) for cell in row if cell)


def _of_rich_text(_block: Any, value: Any) -> Iterator[str]:
    yield _without_markup(value.source)


def _of_html(_block: Any, value: Any) -> Iterator[str]:
    yield _without_markup(str(value))


def _of_text(_block: Any, value: Any) -> Iterator[str]:
    yield str(value)


def _of_nothing(_block: Any, _value: Any) -> Iterator[str]:
    yield from ()


def _without_markup(html: str) -> str:
    return unescape(strip_tags(_END_OF_BLOCK.sub("\n", html)))


# What a class reads; the first that fits, so special kinds stand before general ones.
_READERS: tuple[tuple[type[blocks.Block], Reader], ...] = (
    (TableBlock, _of_table),
    (blocks.BaseStructBlock, _of_struct),
    (blocks.ListBlock, _of_list),
    (blocks.BaseStreamBlock, _of_stream),
    (blocks.RichTextBlock, _of_rich_text),
    (blocks.RawHTMLBlock, _of_html),
    (blocks.URLBlock, _of_nothing),
    (blocks.CharBlock, _of_text),
    (blocks.TextBlock, _of_text),
)
