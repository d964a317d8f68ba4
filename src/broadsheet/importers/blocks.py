"""The blocks of an article's body, as plain data, before photos and files have a row here. Plain Python.

A block's `value` has the shape of the newsroom's StreamField, with two exceptions that `load` resolves: where
that holds a photo's id, this holds a PhotoReference, and where that holds a document's id, a FileReference.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PhotoReference:
    """A picture as the old site showed it; what is not known is "" or 0."""

    url: str  # perhaps of a reduced size
    source_id: int = 0  # the attachment's id on the old site
    alt: str = ""
    caption: str = ""  # plain text
    credit: str = ""
    link: str = ""  # where a click on it led


@dataclass(frozen=True, slots=True)
class FileReference:
    """A file as the old site offered it: sound, film, PDF …"""

    url: str
    source_id: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    type: str  # a name of the newsroom's body blocks
    value: Any  # JSON-like


def references(block: Block) -> Iterator[PhotoReference | FileReference]:
    """The photos and files that a block shows."""
    match block.type:
        case "photo":
            yield block.value["photo"]
        case "gallery":
            yield from (entry["photo"] for entry in block.value["photos"])
        case "file":
            yield block.value["document"]
        case _:
            return
