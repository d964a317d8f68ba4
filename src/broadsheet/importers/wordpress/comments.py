"""Comments of an item → records. Plain Python.

An internal remark (`note`, WordPress 6.9 and later) is never a reader's comment. Pingbacks and trackbacks are
no reader's words either: they are counted apart.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Final

import lxml.html
import nh3

from broadsheet.importers.records import Comment as CommentRecord
from broadsheet.importers.records import CommentState

from . import cleaning
from .export import Comment, Item
from .richtext import Element, safe_address

WRITTEN_BY_READERS: Final = frozenset(("comment", "review"))
STATES: Final = {
    "1": CommentState.PUBLISHED,
    "0": CommentState.HELD,
    "spam": CommentState.SPAM,
    "trash": CommentState.TRASHED,
    "post-trashed": CommentState.TRASHED,
}
_MARKS: Final = {"em": "*", "i": "*", "strong": "**", "b": "**", "code": "`"}
_APART: Final = {
    *(
        "p",
        "ul",
        "ol",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "address",
        "figure",
        "figcaption",
    ),
    *("dl", "dt", "dd", "table", "caption", "tr", "td", "th"),
}
_TAGS: Final = {"br", "a", "blockquote", "pre", "li", *_APART, *_MARKS}
_SPECIAL: Final = re.compile(r"([\\`*_\[\]~]|&(?=#?\w+;)|<(?=\w))")
_AT_LINE_START: Final = re.compile(
    r"^(\s*(?:\d+(?=[.)]))?)(>|(?<=\d)[.)](?=\s|$)|[+-](?=\s|$))", re.MULTILINE
)
_ADDRESS: Final = re.compile(r"(https?://[^\s<>\[\]]+)")  # becomes a link by itself
_BLANK_LINES: Final = re.compile(r"\n{3,}")
DEEPEST: Final = 20  # elements within elements


def comments_of(item: Item, *, with_spam: bool, with_trash: bool) -> tuple[CommentRecord, ...]:
    """Readers' comments that are to come over."""
    left_out = {
        *(() if with_spam else (CommentState.SPAM,)),
        *(() if with_trash else (CommentState.TRASHED,)),
    }
    return tuple(
        _record(comment, number, item)
        for number, comment in enumerate(item.comments)
        if comment.type in WRITTEN_BY_READERS and state_of(comment.approved) not in left_out
    )


def state_of(approved: str) -> CommentState:
    """What is not known to be approved waits for a moderator."""
    return STATES.get(approved, CommentState.HELD)


def _record(comment: Comment, number: int, item: Item) -> CommentRecord:
    record = record_of(comment)
    return replace(
        record,
        id=record.id or f"{item.id or item.link}#{number}",
        written_at=record.written_at or item.published_at,
    )


def record_of(comment: Comment) -> CommentRecord:
    """A reader's comment in our words; its id is "" where it has none."""
    return CommentRecord(
        id=str(comment.id) if comment.id else "",
        parent=str(comment.parent) if comment.parent else "",
        author=_name(comment.author)[:80],
        email=comment.email[:254],
        web_address=comment.url
        if safe_address(comment.url).startswith(("http:", "https:"))
        else "",
        network_address=comment.address,
        text=markdown(comment.text),
        written_at=comment.written_at,
        state=state_of(comment.approved),
    )


def _name(author: str) -> str:
    has_markup = "<" in author or "&" in author
    return unescape(nh3.clean(author, tags=set())) if has_markup else author


def markdown(html: str) -> str:
    """A comment's HTML in the small Markdown of our own comments; plain words stay plain."""
    if "<" not in html and "&" not in html:
        return _plain(html).strip()
    cleaned = nh3.clean(
        html, tags=_TAGS, attributes={"a": {"href"}}, link_rel=None, strip_comments=True
    )
    if cleaning.depth(cleaned) > DEEPEST:
        cleaned = nh3.clean(cleaned.replace("<", " <"), tags={"br"})
    root = lxml.html.fragment_fromstring(cleaned.replace("\x00", ""), create_parent="div")
    return _BLANK_LINES.sub("\n\n", "".join(_written(root))).strip()


def _written(element: Element) -> Iterator[str]:
    if element.text:
        yield _plain(element.text)
    for child in element:
        yield _element(child)
        if child.tail:
            yield _plain(child.tail)


def _element(element: Element) -> str:
    inner = "".join(_written(element))
    match element.tag:
        case "br":
            return "" if (element.tail or "").startswith("\n") else "\n"
        case "a":
            href = safe_address(element.get("href", "")).replace(")", "%29").replace(" ", "%20")
            return f"[{inner}]({href})" if href.startswith("http") and inner else inner
        case tag if tag in _APART:
            return f"\n\n{inner.strip()}\n\n"
        case "li":
            return f"- {inner.strip()}\n"
        case "blockquote":
            quoted = "\n".join(f"> {line}".rstrip() for line in inner.strip().split("\n"))
            return f"\n\n{quoted}\n\n"
        case "pre":
            return f"\n\n```\n{element.text_content().strip()}\n```\n\n"  # type: ignore[attr-defined]
        case tag:
            mark = _MARKS.get(str(tag), "")
            return f"{mark}{inner.strip()}{mark}" if inner.strip() else inner


def _plain(text: str) -> str:
    """Words that Markdown shows as they are; addresses stay whole."""
    parts = _ADDRESS.split(text)
    parts[::2] = [_SPECIAL.sub(r"\\\1", words) for words in parts[::2]]
    return _AT_LINE_START.sub(r"\1\\\2", "".join(parts))
