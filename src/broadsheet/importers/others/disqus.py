"""Disqus: its export is XML. Format: https://docs.disqus.com/developers/export/ (names are its own). Plain Python."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

from broadsheet.importers.records import Comment, CommentState
from broadsheet.importers.wordpress.comments import markdown

from .holdings import OldThread, Threads, UnreadableSource, moment

_NAME: Final = "{http://disqus.com}"
_ID: Final = "{http://disqus.com/disqus-internals}id"


def read(path: Path) -> Threads:
    """The threads of an export. Raises UnreadableSource, OSError."""
    addresses: dict[str, str] = {}
    comments: dict[str, list[Comment]] = {}
    for element in _elements(path):
        if element.tag == f"{_NAME}thread":
            addresses[element.get(_ID, "")] = _text(element, "link")
        else:
            thread = element.find(f"{_NAME}thread")
            if thread is not None:
                comments.setdefault(thread.get(_ID, ""), []).append(_comment(element))
    for thread_id, found in comments.items():
        yield OldThread(addresses.get(thread_id, ""), tuple(found))


def _elements(path: Path) -> Iterator[etree._Element]:
    """Threads and posts, each forgotten after its turn."""
    try:
        parsing = etree.iterparse(
            path,
            tag=(f"{_NAME}thread", f"{_NAME}post"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=True,
        )
        for _event, element in parsing:
            parent = element.getparent()
            if parent is None or parent.getparent() is not None:
                continue  # a post names its thread by an element of the same name
            if element.getroottree().docinfo.internalDTD is not None:
                raise UnreadableSource("a document type declaration has no place in an export.")
            yield element
            element.clear()
        if parsing.root.tag != f"{_NAME}disqus":
            raise UnreadableSource(f"it begins with <{etree.QName(parsing.root).localname[:40]}>.")
    except etree.XMLSyntaxError as error:
        raise UnreadableSource(f"not well-formed XML: {error.msg}.") from error


def _text(element: etree._Element, name: str) -> str:
    return (element.findtext(f"{_NAME}{name}") or "").strip()


def _comment(post: etree._Element) -> Comment:
    author, parent = post.find(f"{_NAME}author"), post.find(f"{_NAME}parent")
    return Comment(
        id=post.get(_ID, ""),
        parent=parent.get(_ID, "") if parent is not None else "",
        author=_text(author, "name") if author is not None else "",
        email=_text(author, "email") if author is not None else "",
        web_address="",
        network_address=_text(post, "ipAddress"),
        text=markdown(_text(post, "message")),
        written_at=moment(_text(post, "createdAt")),
        state=_state(post),
    )


def _state(post: etree._Element) -> CommentState:
    if _text(post, "isSpam") == "true":
        return CommentState.SPAM
    return CommentState.TRASHED if _text(post, "isDeleted") == "true" else CommentState.PUBLISHED
