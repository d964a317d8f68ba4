"""Write WordPress eXtended RSS 1.2, as WordPress's importer reads it. Plain Python.

Format: WordPress's `wp-admin/includes/export.php`. No e-mail address of an account is written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import Final

_NEVER: Final = "0000-00-00 00:00:00"
_NOT_XML: Final = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), 65534, 65535, *range(55296, 57344))
)


@dataclass(frozen=True, slots=True)
class Author:
    login: str
    name: str


@dataclass(frozen=True, slots=True)
class Term:
    id: int
    taxonomy: str  # "category" or "post_tag"
    slug: str
    name: str
    parent: str = ""  # a category's slug


@dataclass(frozen=True, slots=True)
class Comment:
    id: int
    parent: int  # 0 has none
    author: str
    email: str
    web_address: str
    written_at: datetime
    html: str
    approved: str  # "1", "0", "spam" or "trash"


@dataclass(frozen=True, slots=True)
class Item:
    id: int
    type: str  # "post", "page" or "attachment"
    status: str  # "publish", "draft", "future" or "inherit"
    title: str
    slug: str
    link: str
    content: str
    excerpt: str
    creator: str  # a login
    published_at: datetime | None
    modified_at: datetime | None
    comments_open: bool = False
    parent: int = 0
    attachment_url: str = ""
    terms: tuple[Term, ...] = ()
    coauthors: tuple[Author, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    comments: tuple[Comment, ...] = ()


def head(*, title: str, description: str, address: str, language: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"\n'
        ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"\n'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"\n'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"\n xmlns:wp="http://wordpress.org/export/1.2/">\n<channel>\n'
        f"{_tag('title', title)}{_tag('link', address)}{_tag('description', description)}{_tag('language', language)}"
        f"{_tag('wp:wxr_version', '1.2')}{_tag('wp:base_site_url', address)}{_tag('wp:base_blog_url', address)}"
    )


FOOT: Final = "</channel>\n</rss>\n"


def author(number: int, found: Author) -> str:
    return _group(
        "wp:author",
        _tag("wp:author_id", str(number)),
        _tag("wp:author_login", found.login),
        _tag("wp:author_email", ""),
        _tag("wp:author_display_name", found.name),
    )


def term(found: Term) -> str:
    if found.taxonomy == "category":
        return _group(
            "wp:category",
            _tag("wp:term_id", str(found.id)),
            _tag("wp:category_nicename", found.slug),
            _tag("wp:category_parent", found.parent),
            _tag("wp:cat_name", found.name),
        )
    return _group(
        "wp:tag",
        _tag("wp:term_id", str(found.id)),
        _tag("wp:tag_slug", found.slug),
        _tag("wp:tag_name", found.name),
    )


def item(found: Item) -> str:
    """One `<item>` with its terms, metadata and comments."""
    written_at = format_datetime(found.published_at) if found.published_at else ""
    return _group(
        "item",
        _tag("title", found.title),
        _tag("link", found.link),
        _tag("pubDate", written_at),
        _tag("dc:creator", found.creator),
        f'<guid isPermaLink="false">{_text(found.link)}</guid>\n',
        _tag("content:encoded", found.content),
        _tag("excerpt:encoded", found.excerpt),
        *_columns(found),
        *_uses(found),
        *(_meta(key, value) for key, value in found.meta),
        *map(_comment, found.comments),
    )


def _columns(found: Item) -> Iterator[str]:
    columns = {
        "post_id": str(found.id),
        "post_date": _date(found.published_at),
        "post_date_gmt": _date(found.published_at),
        "post_modified": _date(found.modified_at),
        "post_modified_gmt": _date(found.modified_at),
        "comment_status": "open" if found.comments_open else "closed",
        "ping_status": "closed",
        "post_name": found.slug,
        "status": found.status,
        "post_parent": str(found.parent),
        "menu_order": "0",
        "post_type": found.type,
        "post_password": "",
        "is_sticky": "0",
    }
    for name, value in columns.items():
        yield _tag(f"wp:{name}", value)
    if found.attachment_url:
        yield _tag("wp:attachment_url", found.attachment_url)


def _uses(found: Item) -> Iterator[str]:
    uses: Iterable[tuple[str, str, str]] = (
        *((use.taxonomy, use.slug, use.name) for use in found.terms),
        *(("author", f"cap-{one.login}", one.name) for one in found.coauthors),
    )
    for taxonomy, slug, name in uses:
        yield f'<category domain="{taxonomy}" nicename="{escape(_clean(slug))}">{_text(name)}</category>\n'


def _meta(key: str, value: str) -> str:
    return _group("wp:postmeta", _tag("wp:meta_key", key), _tag("wp:meta_value", value))


def _comment(found: Comment) -> str:
    at = _date(found.written_at)
    return _group(
        "wp:comment",
        _tag("wp:comment_id", str(found.id)),
        _tag("wp:comment_author", found.author),
        _tag("wp:comment_author_email", found.email),
        _tag("wp:comment_author_url", found.web_address),
        _tag("wp:comment_date", at),
        _tag("wp:comment_date_gmt", at),
        _tag("wp:comment_content", found.html),
        _tag("wp:comment_approved", found.approved),
        _tag("wp:comment_type", "comment"),
        _tag("wp:comment_parent", str(found.parent)),
    )


def _group(name: str, *parts: str) -> str:
    return f"<{name}>{''.join(parts)}</{name}>\n"


def _tag(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>"


def _text(text: str) -> str:
    """CDATA, in which only its own end has to be split."""
    text = _clean(text)
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>" if text else ""


def _clean(text: str) -> str:
    """Without the characters that XML does not allow."""
    return text.translate(_NOT_XML)


def _date(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if at else _NEVER
