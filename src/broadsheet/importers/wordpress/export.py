"""What a WordPress export says, as frozen records. Plain Python; `wxr` makes them, everything else reads them.

Authors' e-mail addresses stand in the file; they are private and are not read at all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Channel:
    """The old site."""

    version: str  # "1.0", "1.1" or "1.2"
    title: str
    description: str
    language: str
    address: str  # wp:base_blog_url, or the channel's link: "https://old.example/blog"


@dataclass(frozen=True, slots=True)
class Author:
    login: str  # what dc:creator of an item names
    display_name: str
    first_name: str
    last_name: str

    @property
    def name(self) -> str:
        return self.display_name or f"{self.first_name} {self.last_name}".strip() or self.login


@dataclass(frozen=True, slots=True)
class Term:
    """A category, a tag, or a term of another taxonomy."""

    id: int  # 0 when the file gives none
    taxonomy: str  # "category", "post_tag", …
    slug: str  # percent-decoded
    name: str
    parent: str  # the parent's slug, or ""
    description: str


@dataclass(frozen=True, slots=True)
class TermUse:
    """An item's `<category domain nicename>`."""

    taxonomy: str
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Comment:
    id: int
    parent: int  # another comment's id, or 0; it may be missing, come later, or close a circle
    author: str
    email: str  # never published
    url: str
    address: str  # the IP address, as text
    written_at: datetime | None  # aware
    text: str  # HTML as WordPress stores it
    approved: str  # "1", "0", "spam", "trash" or "post-trashed"
    type: str  # "comment", "pingback", "trackback", "note", …
    user_agent: str = ""  # not in an export


@dataclass(frozen=True, slots=True)
class Item:
    """A post, a page, an attachment, a menu entry, or something of a custom type."""

    id: int  # 0 when the file gives none
    type: str
    status: str
    title: str  # may hold HTML
    slug: str  # percent-decoded; "" for most drafts
    link: str
    guid: str
    creator: str  # a login
    content: str
    excerpt: str
    published_at: datetime | None  # aware
    modified_at: datetime | None  # aware
    parent: int
    order: int
    password: str
    is_sticky: bool
    comments_open: bool
    attachment_url: str
    terms: tuple[TermUse, ...] = ()
    meta: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # a key may be given several times
    comments: tuple[Comment, ...] = ()

    @property
    def standing(self) -> str:
        """The status, and "password" for what is published behind one."""
        return "password" if self.password and self.status == "publish" else self.status

    def first_meta(self, key: str) -> str:
        """The first value of a key, or ""."""
        return self.meta.get(key, ("",))[0]

    def terms_of(self, taxonomy: str) -> Iterator[TermUse]:
        return (use for use in self.terms if use.taxonomy == taxonomy)


Record = Channel | Author | Term | Item
