"""The first reading of an export: is it whole, and what is in it? Plain Python.

Nothing is written before this reading has reached the end of the file. What it keeps is small: authors, terms,
the library of photos, the tree of pages, and counts; no content, no comment.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Final
from urllib.parse import urlsplit

from broadsheet.importers.records import Contributor, Link, Photo

from .convert import plain_text
from .credits import credit_of
from .export import Author, Channel, Item, Record, Term

_PICTURES: Final = (
    ".jpg",
    ".jpeg",
    ".png",
    ".gif",
    ".webp",
    ".avif",
    ".heic",
    ".bmp",
    ".tif",
    ".tiff",
    ".svg",
)
DEEPEST_PAGE: Final = 10  # levels of the page tree that are kept


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where a page stands in the old tree."""

    parent: int
    slug: str


@dataclass(slots=True)
class Survey:
    """What an export holds."""

    zone: tzinfo = UTC
    channel: Channel = field(default_factory=lambda: Channel("", "", "", "", ""))
    authors: dict[str, Author] = field(default_factory=dict)  # by login
    tags: set[str] = field(default_factory=set)  # slugs that something carries or the file declares
    creators: set[str] = field(default_factory=set)  # logins that signed something
    guests: dict[str, Contributor] = field(default_factory=dict)  # by the author term's slug
    terms: dict[tuple[str, str], Term] = field(default_factory=dict)  # by taxonomy and slug
    photos: dict[int, Photo] = field(default_factory=dict)  # by attachment's id
    photo_pages: list[tuple[int, int, str]] = field(
        default_factory=list
    )  # attachment, its post, its link
    library: dict[int, list[tuple[int, int]]] = field(default_factory=dict)  # post → (order, photo)
    files: dict[int, str] = field(default_factory=dict)  # of the library, by number: addresses
    pages: dict[int, PagePlace] = field(default_factory=dict)
    items: Counter[tuple[str, str]] = field(default_factory=Counter)  # (type, standing) → how many
    comments: Counter[tuple[str, str]] = field(
        default_factory=Counter
    )  # (type, approved) → how many
    main_categories: Counter[str] = field(
        default_factory=Counter
    )  # slug → posts that it is first for
    shared: dict[int, str] = field(
        default_factory=dict
    )  # blocks that several posts show, by number
    months: set[tuple[int, int]] = field(
        default_factory=set
    )  # year and month with a published post
    in_menus: dict[tuple[str, int], int] = field(
        default_factory=dict
    )  # ("category" or "page", its id) → its place in the menu
    links: list[tuple[int, Link]] = field(default_factory=list)  # of menus, with their places

    def attached_to(self, item: Item) -> list[int]:
        """The ids of an item's own photos, in the order of its gallery."""
        return [photo for _order, photo in sorted(self.library.get(item.id, ()))]

    def page_depth(self, number: int) -> int:
        """0 for a page at the top, or under a parent that is missing, deep below, or its own ancestor."""
        depth, seen = 0, {number}
        while (place := self.pages.get(number)) and place.parent in self.pages:
            number = place.parent
            depth += 1
            if number in seen or depth > DEEPEST_PAGE:
                return 0
            seen.add(number)
        return depth


def survey(records: Iterable[Record], *, zone: tzinfo = UTC) -> Survey:
    """Read an export to its end. `zone` is that of the old site's archives of months. Raises what reading raises."""
    found = Survey(zone=zone)
    for record in records:
        match record:
            case Channel():
                found.channel = record
            case Author():
                found.authors.setdefault(record.login, record)
            case Term():
                found.terms.setdefault((record.taxonomy, record.slug), record)
                if record.taxonomy == "post_tag":
                    found.tags.add(record.slug)
            case Item():
                _note_item(found, record)
    return found


def main_category(item: Item, terms: dict[tuple[str, str], Term]) -> str:
    """The slug of the category that an item is at home in: Yoast's primary one, else its first; or ""."""
    slugs = [use.slug for use in item.terms_of("category")]
    primary = item.first_meta("_yoast_wpseo_primary_category")
    if primary:
        for slug in slugs:
            term = terms.get(("category", slug))
            if term and str(term.id) == primary:
                return slug
    return slugs[0] if slugs else ""


def _note_item(found: Survey, item: Item) -> None:
    found.items[item.type, item.standing] += 1
    found.comments.update((comment.type, comment.approved) for comment in item.comments)
    match item.type:
        case "attachment":
            _note_attachment(found, item)
        case "page":
            found.pages[item.id] = PagePlace(item.parent, item.slug)
        case "nav_menu_item":
            _note_menu_entry(found, item)
        case "wp_block" if item.status == "publish":
            found.shared[item.id] = item.content
        case "guest-author":
            _note_guest(found, item)
        case _:
            found.creators.add(item.creator)
            found.tags.update(use.slug for use in item.terms_of("post_tag"))
            found.main_categories[main_category(item, found.terms)] += 1
            if item.status == "publish" and item.published_at:
                at = item.published_at.astimezone(found.zone)
                found.months.add((at.year, at.month))


def _note_attachment(found: Survey, item: Item) -> None:
    url = item.attachment_url or item.guid
    found.photo_pages.append((item.id, item.parent, item.link))
    if not is_picture(url):
        found.files[item.id] = url
        return
    credit, copyright_notice = credit_of(item)
    found.photos[item.id] = Photo(
        id=str(item.id),
        url=url,
        file=item.first_meta("_wp_attached_file") or uploads_path(url),
        title=plain_text(item.title),
        alt=plain_text(item.first_meta("_wp_attachment_image_alt")),
        caption=plain_text(item.excerpt),
        credit=credit,
        copyright=copyright_notice,
    )
    found.library.setdefault(item.parent, []).append((item.order, item.id))


def is_picture(url: str) -> bool:
    return url.partition("?")[0].lower().endswith(_PICTURES)


def uploads_path(url: str) -> str:
    """The part of an address below the uploads folder: "2021/03/pier.jpg"."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    _before, found, below = path.partition("/uploads/")
    return below if found else path.lstrip("/")


def _note_menu_entry(found: Survey, item: Item) -> None:
    kind = item.first_meta("_menu_item_object")
    number = item.first_meta("_menu_item_object_id")
    if kind == "custom":
        _note_link(found, item)
    elif number.isascii() and number.isdigit():
        found.in_menus.setdefault((kind, int(number)), item.order)


def _note_link(found: Survey, item: Item) -> None:
    link = Link(plain_text(item.title), item.first_meta("_menu_item_url").strip())
    if link.title and item.status == "publish":
        found.links.append((item.order, link))


def _note_guest(found: Survey, item: Item) -> None:
    """Co-Authors Plus keeps contributors without an account as posts of their own."""
    login = item.first_meta("cap-user_login") or item.slug.removeprefix("cap-")
    name = item.first_meta("cap-display_name") or plain_text(item.title)
    if login and name:
        found.guests[login] = Contributor(
            id=f"guest:{login}",
            name=name,
            slug=login,
            biography=plain_text(item.first_meta("cap-description") or item.content),
            web_address=item.first_meta("cap-website"),
        )
