"""An article's body as it prints, and whether its first letter drops."""

import re

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue

from .footnotes import with_notes

DROP_FROM = (
    160  # characters of a first paragraph that carries a drop cap: it needs lines to stand in
)
_EDITORS_KEY = re.compile(r'(<\w+) data-block-key="\w+"')  # the editor's, of no use to readers


def html_of(body: StreamValue, *, notes_beside: bool = True) -> SafeString:
    """All blocks in their order, footnotes at the end; a first paragraph that opens with a capital letter gets the class `opens`."""
    html = _EDITORS_KEY.sub(r"\1", str(body.render_as_block()))
    if body and body[0].block_type == "paragraph" and takes_a_drop_cap(body[0].value.source):
        html = html.replace("<p", '<p class="opens"', 1)
    return with_notes(html, beside=notes_beside)


def takes_a_drop_cap(html: str) -> bool:
    """Whether the first paragraph is long and begins with a letter of a script that has capitals."""
    opening, _end, _rest = html.lstrip().partition("</p>")
    text = strip_tags(opening).strip()
    return opening.startswith("<p") and len(text) >= DROP_FROM and text[0].isupper()
