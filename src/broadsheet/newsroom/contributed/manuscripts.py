"""A manuscript as it came → clean HTML → the blocks of an article's body."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import nh3
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from . import docx, odt
from .archives import BrokenManuscript

LONGEST = 200_000  # characters
KINDS = (".txt", ".md", ".markdown", ".docx", ".odt")

_INLINE = {"a", "b", "i", "br", "code", "sub", "sup"}
_TAGS = _INLINE | {"p", "h2", "ul", "ol", "li", "blockquote"}
_SAME = (
    ("strong", "b"),
    ("em", "i"),
    ("h1", "h2"),
    ("h3", "h2"),
    ("h4", "h2"),
    ("h5", "h2"),
    ("h6", "h2"),
)


def html_of_upload(name: str, body: bytes) -> str:
    """Clean HTML. Raises BrokenManuscript for what is damaged, empty, too long, or of another kind."""
    kind = PurePosixPath(name.lower()).suffix
    if kind == ".docx":
        return clean(docx.html_of(body))
    if kind == ".odt":
        return clean(odt.html_of(body))
    if kind not in KINDS:
        raise BrokenManuscript(f"it is none of {', '.join(KINDS)}")
    try:
        return html_of_text(body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BrokenManuscript("its text is not in UTF-8") from error


def html_of_text(text: str) -> str:
    """Of Markdown, or of plain text, which is Markdown too. Raises BrokenManuscript when it is too long."""
    if len(text) > LONGEST:
        raise BrokenManuscript(f"it is longer than {LONGEST} characters")
    return clean(MarkdownIt("commonmark", {"html": False}).render(text))


def clean(html: str) -> str:
    """Only the few tags that a manuscript needs; raises BrokenManuscript when nothing or too much is left."""
    for given, kept in _SAME:
        html = re.sub(rf"<(/?){given}\b[^>]*>", rf"<\1{kept}>", html)
    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    if len(cleaned) > 2 * LONGEST:
        raise BrokenManuscript(f"it is longer than {LONGEST} characters")
    if not re.sub(r"<[^>]*>|\s", "", cleaned):
        raise BrokenManuscript("there is no text in it")
    return cleaned


def blocks(html: str) -> Iterator[tuple[str, Any]]:
    """The body's blocks: neighbouring paragraphs and lists make one, headings and quotations stand alone."""
    waiting: list[str] = []
    element: Any
    fragments: Any = lxml_html.fragments_fromstring(html)
    for element in fragments:
        if isinstance(element, str):
            waiting += [f"<p>{_escaped(element)}</p>"] if element.strip() else []
            continue
        element.tail = None
        if element.tag in {"h2", "blockquote"}:
            if waiting:
                yield "paragraph", "".join(waiting)
                waiting = []
            yield _alone(element)
        else:
            waiting.append(lxml_html.tostring(element, encoding="unicode"))
    if waiting:
        yield "paragraph", "".join(waiting)


def _alone(element: Any) -> tuple[str, Any]:
    if element.tag == "h2":
        return "heading", {"text": element.text_content().strip()[:200], "level": "2"}
    inside = "".join(lxml_html.tostring(child, encoding="unicode") for child in element)
    return "quote", {"text": inside or f"<p>{_escaped(element.text or '')}</p>", "source": ""}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
