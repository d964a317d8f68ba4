"""From a manuscript's blocks to the data of the newsroom's `Body`."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .manuscript import (
    Aside,
    Block,
    Divider,
    Gallery,
    Heading,
    Paragraphs,
    PhotoFigure,
    PullQuote,
    Quotation,
    Table,
    Verse,
)

PhotoIds = Mapping[str, int]
"""Picture name → primary key of its photo."""


def stream(blocks: Iterable[Block], photos: PhotoIds) -> list[dict[str, Any]]:
    """The body as Wagtail stores it. Raises KeyError for a picture that is not in `photos`."""
    found = []
    for block in blocks:
        kind, value_of = _KINDS[type(block)]
        found.append({"type": kind, "value": value_of(block, photos)})
    return found


def _photo(figure: PhotoFigure, photos: PhotoIds) -> dict[str, Any]:
    return {
        "photo": photos[figure.picture],
        "caption": figure.caption,
        "width": figure.width,
    }


def _gallery(gallery: Gallery, photos: PhotoIds) -> dict[str, Any]:
    items = [
        {"photo": photos[figure.picture], "caption": figure.caption} for figure in gallery.photos
    ]
    return {"photos": items, "caption": gallery.caption}


def _table(table: Table, _photos: PhotoIds) -> dict[str, Any]:
    return {
        "data": [list(row) for row in table.rows],
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_header_choice": "both",
        "table_caption": table.caption,
        "cell": [],
        "mergeCells": [],
    }


_KINDS: dict[type[Block], tuple[str, Callable[[Any, PhotoIds], Any]]] = {
    Paragraphs: ("paragraph", lambda block, _: block.html),
    Heading: ("heading", lambda block, _: {"text": block.text, "level": str(block.level)}),
    PhotoFigure: ("photo", _photo),
    Gallery: ("gallery", _gallery),
    Quotation: ("quote", lambda block, _: {"text": block.html, "source": block.source}),
    PullQuote: ("pullquote", lambda block, _: {"text": block.text, "source": block.source}),
    Table: ("table", _table),
    Aside: ("aside", lambda block, _: {"title": block.title, "text": block.html}),
    Verse: ("verse", lambda block, _: block.text),
    Divider: ("divider", lambda _block, _: None),
}
