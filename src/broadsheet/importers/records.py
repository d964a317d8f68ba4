"""What any archive holds, whichever system wrote it: frozen records that `load` takes. Plain Python.

Ids are the source's own, as text; they are how the second import of a file knows what the first one did.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from .blocks import Block, PhotoReference


class State(StrEnum):
    """What readers of the new site see of a story."""

    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    DRAFT = "draft"


class CommentState(StrEnum):
    PUBLISHED = "published"
    HELD = "held"
    SPAM = "spam"
    TRASHED = "trash"


class Kind(StrEnum):
    """What a story becomes."""

    ARTICLE = "articles"
    PAGE = "pages"


@dataclass(frozen=True, slots=True)
class Contributor:
    id: str
    name: str
    slug: str
    biography: str = ""  # rich text
    web_address: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    name: str
    slug: str
    parent: str = ""  # another section's id
    description: str = ""  # plain text
    in_menu: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Link:
    """A menu's way to somewhere that is neither a page nor a list of articles."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of the old site's library."""

    id: str
    url: str
    file: str  # below the uploads folder: "2021/03/pier.jpg"; "" when that is not known
    title: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    copyright: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    id: str
    parent: str  # another comment's id, or ""
    author: str
    email: str  # never served
    web_address: str
    network_address: str
    text: str  # the small Markdown of our own comments
    written_at: datetime | None  # aware
    state: CommentState


@dataclass(frozen=True, slots=True)
class Losses:
    """What could not be brought over as it was: name → examples as written; tag → how many."""

    blocks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    shortcodes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    removed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """An article or a page, with its comments."""

    id: str
    kind: Kind
    headline: str
    slug: str
    state: State
    blocks: tuple[Block, ...]
    published_at: datetime | None  # aware
    updated_at: datetime | None  # aware
    standfirst: str = ""
    contributors: tuple[str, ...] = ()  # ids
    section: str = ""  # an id; "" has none
    tags: tuple[Tag, ...] = ()
    hero: PhotoReference | None = None
    parent: str = ""  # of a page: another page's id
    comments_open: bool = False
    is_pinned: bool = False
    in_menu: bool = False
    seo_title: str = ""
    search_description: str = ""
    note: str = ""  # for the editors: why it is a draft
    addresses: tuple[
        str, ...
    ] = ()  # old ones, from the old site's root: "/2021/03/ferry/", "/?p=12"
    comments: tuple[Comment, ...] = ()
    words: str = ""  # the text as the old site showed it, to compare with ours
    losses: Losses = field(default_factory=Losses)
