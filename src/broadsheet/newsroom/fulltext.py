"""The full texts of many articles, for feeds: as many queries for all of them as for one."""

from collections.abc import Iterator, Sequence
from typing import Any

from wagtail.rich_text import RichText, expand_db_html

from . import body
from .models import ArticlePage
from .models.photos import fetch_renditions
from .models.stories import figures

_BETWEEN = "\0"  # in no text that a database holds


def texts_of(articles: Sequence[ArticlePage]) -> Iterator[str]:
    """Each article's body as HTML, in their order."""
    blocks = ArticlePage.body.field.stream_block
    streams = blocks.bulk_to_python([list(article.body.raw_data) for article in articles])
    fetch_renditions([figure.photo for stream in streams for figure in figures(stream)])
    _expand([text for stream in streams for block in stream for text in _rich(block.value)])
    for stream in streams:
        yield body.html_of(stream, notes_beside=False)


def _rich(value: Any) -> Iterator[RichText]:
    """The rich texts in a block's value."""
    if isinstance(value, RichText):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _rich(each)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for each in value:
            yield from _rich(each)


def _expand(texts: Sequence[RichText]) -> None:
    """Put addresses in the place of what the editor stored for pages and files, for all texts at once."""
    html = expand_db_html(_BETWEEN.join(text.source for text in texts))
    for text, source in zip(texts, html.split(_BETWEEN), strict=False):
        text.source = source
