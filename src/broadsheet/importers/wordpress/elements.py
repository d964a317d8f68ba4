"""Elements of an export → records. Plain Python; `wxr` reads the elements."""

from collections.abc import Iterable
from datetime import tzinfo
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from lxml import etree

from .dates import moment
from .export import Author, Channel, Comment, Item, Record, Term, TermUse

Element = etree._Element

VERSIONS: Final = ("1.0", "1.1", "1.2")
EXPORT_NAMESPACES: Final = tuple(
    f"{scheme}://wordpress.org/export/{version}/"
    for scheme in ("http", "https")
    for version in VERSIONS
)
_PREFIXES: Final = (
    dict.fromkeys(EXPORT_NAMESPACES, "wp")
    | {f"{namespace}excerpt/": "excerpt" for namespace in EXPORT_NAMESPACES}
    | {
        "http://purl.org/rss/1.0/modules/content/": "content",
        "http://purl.org/dc/elements/1.1/": "dc",
    }
)


@lru_cache(maxsize=1024)
def _name(tag: str) -> str:
    """`{http://wordpress.org/export/1.2/}post_id` → `wp:post_id`; "" for namespaces that are not ours."""
    if not tag.startswith("{"):
        return tag
    namespace, _brace, local = tag[1:].partition("}")
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{local}" if prefix else ""


def _text(element: Element) -> str:
    return "".join(map(str, element.itertext())) if len(element) else element.text or ""


def _fields(element: Element) -> dict[str, str]:
    """Texts of the children by name; the first of a name wins."""
    fields: dict[str, str] = {}
    for child in element:
        fields.setdefault(_name(str(child.tag)), _text(child))
    return fields


class UnknownVersion(ValueError):
    """The channel names no version of the format that can be read."""


def channel_of(children: Iterable[Element]) -> Channel:
    """The channel's own fields, which stand before everything else. Raises UnknownVersion."""
    fields: dict[str, str] = {}
    for child in children:
        fields.setdefault(_name(str(child.tag)), _text(child).strip())
    version = fields.get("wp:wxr_version", "")
    if version not in VERSIONS:
        found = f"is {version[:20]!r}" if version else "is missing"
        raise UnknownVersion(f"wp:wxr_version {found}; it must be one of {', '.join(VERSIONS)}")
    return Channel(
        version=version,
        title=fields.get("title", ""),
        description=fields.get("description", ""),
        language=fields.get("language", ""),
        address=(fields.get("wp:base_blog_url") or fields.get("link", "")).rstrip("/"),
    )


def record_of(element: Element, zone: tzinfo) -> Record | None:
    """What an author, a term or an item says; dates in local time only are in `zone`."""
    fields = _fields(element)
    match _name(str(element.tag)):
        case "item":
            return _item(element, fields, zone)
        case "wp:author":
            return _author(fields)
        case "wp:category":
            return _term(fields, "category", "category_nicename", "cat_name", "category_parent")
        case "wp:tag":
            return _term(fields, "post_tag", "tag_slug", "tag_name", "")
        case _:
            taxonomy = fields.get("wp:term_taxonomy", "")
            return (
                _term(fields, taxonomy, "term_slug", "term_name", "term_parent")
                if taxonomy
                else None
            )


def _author(fields: dict[str, str]) -> Author:
    return Author(
        login=fields.get("wp:author_login", "").strip(),
        display_name=fields.get("wp:author_display_name", "").strip(),
        first_name=fields.get("wp:author_first_name", "").strip(),
        last_name=fields.get("wp:author_last_name", "").strip(),
    )


def _term(fields: dict[str, str], taxonomy: str, slug: str, name: str, parent: str) -> Term:
    kind = "category" if taxonomy == "category" else taxonomy.removeprefix("post_")
    return Term(
        id=_number(fields.get("wp:term_id", "")),
        taxonomy=taxonomy.strip(),
        slug=unquote(fields.get(f"wp:{slug}", "").strip()),
        name=fields.get(f"wp:{name}", "").strip(),
        parent=unquote(fields.get(f"wp:{parent}", "").strip()),
        description=fields.get(
            f"wp:{kind}_description", fields.get("wp:term_description", "")
        ).strip(),
    )


def _item(element: Element, fields: dict[str, str], zone: tzinfo) -> Item:
    def date(name: str) -> str:
        return fields.get(f"wp:{name}", "")

    return Item(
        id=_number(fields.get("wp:post_id", "")),
        type=fields.get("wp:post_type", "").strip() or "post",
        status=fields.get("wp:status", "").strip() or "publish",
        title=fields.get("title", "").strip(),
        slug=unquote(fields.get("wp:post_name", "").strip()),
        link=fields.get("link", "").strip(),
        guid=fields.get("guid", "").strip(),
        creator=fields.get("dc:creator", "").strip(),
        content=fields.get("content:encoded", ""),
        excerpt=fields.get("excerpt:encoded", ""),
        published_at=moment(gmt=date("post_date_gmt"), local=date("post_date"), zone=zone),
        modified_at=moment(gmt=date("post_modified_gmt"), local=date("post_modified"), zone=zone),
        parent=_number(fields.get("wp:post_parent", "")),
        order=_number(fields.get("wp:menu_order", "")),
        password=fields.get("wp:post_password", ""),
        is_sticky=fields.get("wp:is_sticky", "").strip() == "1",
        comments_open=fields.get("wp:comment_status", "").strip() == "open",
        attachment_url=fields.get("wp:attachment_url", "").strip(),
        terms=_terms(element),
        meta=_meta(element),
        comments=tuple(
            _comment(_fields(child), zone)
            for child in element
            if _name(str(child.tag)) == "wp:comment"
        ),
    )


def _terms(item: Element) -> tuple[TermUse, ...]:
    """Each term once, in the file's order. WXR 1.0 repeats a category as a bare `<category>`: not a term."""
    uses = (
        TermUse(child.get("domain", ""), unquote(child.get("nicename", "")), _text(child).strip())
        for child in item.iterchildren("category")
    )
    return tuple(dict.fromkeys(use for use in uses if use.taxonomy and (use.slug or use.name)))


def _meta(item: Element) -> dict[str, tuple[str, ...]]:
    values: dict[str, list[str]] = {}
    for child in item:
        if _name(str(child.tag)) == "wp:postmeta":
            fields = _fields(child)
            values.setdefault(fields.get("wp:meta_key", ""), []).append(
                fields.get("wp:meta_value", "")
            )
    return {key: tuple(texts) for key, texts in values.items()}


def _comment(fields: dict[str, str], zone: tzinfo) -> Comment:
    def text(name: str) -> str:
        return fields.get(f"wp:comment_{name}", "").strip()

    return Comment(
        id=_number(text("id")),
        parent=_number(text("parent")),
        author=text("author"),
        email=text("author_email"),
        url=text("author_url"),
        address=text("author_IP"),
        written_at=moment(gmt=text("date_gmt"), local=text("date"), zone=zone),
        text=text("content"),
        approved=text("approved"),
        type=text("type") or "comment",
    )


def _number(text: str) -> int:
    """A non-negative id of the database, or 0."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
