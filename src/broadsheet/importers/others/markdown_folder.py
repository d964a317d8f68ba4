"""A folder of Markdown files with front matter: Hugo (TOML, YAML), Jekyll (YAML), Pelican (`Key: value`). Plain Python."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from markdown_it import MarkdownIt

from broadsheet.importers.records import Contributor, Kind, Losses, Section, State, Story, Tag
from broadsheet.importers.wordpress.body import body_blocks
from broadsheet.importers.wordpress.convert import plain_text, words_of

from . import front_matter, template_tags
from .front_matter import Front, UnreadableFront
from .holdings import Paper, UnreadableSource, moment

LARGEST: Final = 8 * 1024 * 1024  # bytes of one file
_ENDINGS: Final = frozenset((".md", ".markdown"))
_DATED: Final = re.compile(r"\A(\d{4})-(\d{1,2})-(\d{1,2})-(.+)\Z")
_MARKDOWN: Final = MarkdownIt("commonmark", {"maxNesting": 60}).enable(["table", "strikethrough"])
_SPACE_BEFORE_ZONE: Final = re.compile(r"\s(?=[+-]\d{2}:?\d{2}$)")


def read(folder: Path, address: str) -> Paper:
    """Every Markdown file below `folder`; `address` is the old site's. Raises UnreadableSource, OSError."""
    if not folder.is_dir():
        raise UnreadableSource("it is no folder.")
    stories = tuple(_stories(folder.resolve()))
    if not stories:
        raise UnreadableSource("it holds no Markdown file.")
    sections = dict.fromkeys(story.section for story in stories if story.section)
    people = dict.fromkeys(name for story in stories for name in story.contributors)
    return Paper(
        address,
        stories,
        sections=tuple(Section(name, name, name, in_menu=True) for name in sections),
        contributors=tuple(Contributor(name, name, name) for name in people),
    )


def _stories(folder: Path) -> Iterator[Story]:
    for path in sorted(folder.rglob("*")):
        is_ours = path.suffix.lower() in _ENDINGS and path.resolve().is_relative_to(folder)
        if (
            is_ours
            and path.is_file()
            and path.name != "_index.md"
            and path.stat().st_size <= LARGEST
        ):
            yield _story(
                path.relative_to(folder), path.read_text(encoding="utf-8", errors="replace")
            )


def _story(name: Path, text: str) -> Story:
    try:
        front, body = front_matter.split(text)
    except UnreadableFront as error:
        raise UnreadableSource(f"{name}: {error}") from error
    rendered = template_tags.render(body)
    html = _MARKDOWN.render(rendered.text)
    dated = _DATED.match(name.stem)
    slug = str(
        front.get("slug")
        or (dated[4] if dated else name.parent.name if name.stem == "index" else name.stem)
    )
    published_at = _moment(front.get("date")) or (
        _moment("-".join(dated.groups()[:3])) if dated else None
    )
    categories = _names(front, "categories", "category")
    is_page = not published_at and not categories
    section = "" if is_page or not categories else categories[0]
    return Story(
        id=name.as_posix(),
        kind=Kind.PAGE if is_page else Kind.ARTICLE,
        headline=plain_text(str(front.get("title") or slug))[:255],
        slug=slug,
        state=_state(front),
        blocks=body_blocks(html),
        published_at=published_at,
        updated_at=_moment(
            front.get("lastmod") or front.get("modified") or front.get("last_modified_at")
        ),
        standfirst=plain_text(
            str(front.get("summary") or front.get("description") or front.get("excerpt") or "")
        ),
        contributors=_names(front, "authors", "author"),
        section=section,
        tags=tuple(Tag(tag, tag) for tag in (*_names(front, "tags", "tag"), *categories[1:])),
        addresses=tuple(_addresses(front, name, slug, published_at)),
        words=words_of(html),
        losses=Losses(shortcodes=rendered.unknown),
    )


def _state(front: Front) -> State:
    is_draft = front.get("draft") is True or front.get("published") is False
    return (
        State.DRAFT
        if is_draft or str(front.get("status", "")).lower() in {"draft", "hidden"}
        else State.PUBLISHED
    )


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    text = _SPACE_BEFORE_ZONE.sub("", str(value or ""))
    parts = text.split("-")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        text = f"{parts[0]}-{parts[1]:0>2}-{parts[2]:0>2}"
    return moment(text)


def _names(front: Front, *keys: str) -> tuple[str, ...]:
    """A list, or names with commas between them."""
    value = next((front[key] for key in keys if front.get(key)), ())
    parts = value if isinstance(value, list) else str(value).split(",") if value else []
    said = (part.get("name", "") if isinstance(part, dict) else part for part in parts)
    return tuple(dict.fromkeys(name for part in said if (name := str(part).strip())))


def _addresses(front: Front, name: Path, slug: str, published_at: datetime | None) -> Iterator[str]:
    """What the file says (`url`, `permalink`, `aliases`), else what the three make of it by default."""
    said = (
        *_names(front, "url"),
        *_names(front, "permalink"),
        *_names(front, "aliases", "redirect_from"),
    )
    for address in said:
        if path := urlsplit(address).path:
            yield path if path.startswith("/") else f"/{path}"
    folder = "" if name.parent == Path() else f"{name.parent.as_posix()}/"
    if name.stem != "index":
        yield f"/{folder.removeprefix('_posts/')}{slug}/"
        yield f"/{slug}.html"
    else:
        yield f"/{folder}"
    if published_at:
        yield f"/{published_at:%Y/%m/%d}/{slug}.html"
