"""Ghost: its export is JSON. Format: https://ghost.org/docs/migration/ghost/ (the `db[0].data` tables). Plain Python."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from broadsheet.importers.blocks import PhotoReference
from broadsheet.importers.records import Contributor, Kind, Section, State, Story, Tag
from broadsheet.importers.wordpress.body import body_blocks
from broadsheet.importers.wordpress.convert import plain_text, words_of

from .holdings import Paper, UnreadableSource, moment

LARGEST: Final = 1024**3  # bytes
_HOME: Final = "__GHOST_URL__"
_STATES: Final = {
    "published": State.PUBLISHED,
    "scheduled": State.SCHEDULED,
    "sent": State.PUBLISHED,
}
Row = Mapping[str, Any]


def read(path: Path, address: str) -> Paper:
    """The posts, pages, tags and authors of an export; `address` is the old site's. Raises UnreadableSource, OSError."""
    tables = _tables(path)
    users = {str(row.get("id")): row for row in _rows(tables, "users")}
    tags = {str(row.get("id")): row for row in _rows(tables, "tags")}
    tags_of = _joined(tables, "posts_tags", "tag_id", tags)
    users_of = _joined(tables, "posts_authors", "author_id", users)
    metas = {str(row.get("post_id")): row for row in _rows(tables, "posts_meta")}
    stories = tuple(
        _story(
            row,
            tags_of.get(str(row.get("id")), []),
            users_of.get(str(row.get("id")), []),
            metas.get(str(row.get("id")), {}),
        )
        for row in _rows(tables, "posts")
    )
    return Paper(
        address,
        stories,
        sections=tuple(_sections(stories, tags.values())),
        contributors=tuple(_contributors(users.values())),
    )


def _tables(path: Path) -> Mapping[str, Any]:
    if path.stat().st_size > LARGEST:
        raise UnreadableSource(f"larger than {LARGEST // 1024**2} MB.")
    try:
        said = json.loads(path.read_bytes())
        database = said["db"][0] if "db" in said else said
        tables = database["data"]
    except (ValueError, RecursionError, LookupError, TypeError) as error:
        raise UnreadableSource("not an export of Ghost, or damaged.") from error
    if not isinstance(tables, dict) or not isinstance(tables.get("posts"), list):
        raise UnreadableSource("not an export of Ghost: it has no posts.")
    return tables


def _rows(tables: Mapping[str, Any], name: str) -> Iterator[Row]:
    rows = tables.get(name)
    return (row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else iter(())


def _joined(
    tables: Mapping[str, Any], name: str, key: str, others: Mapping[str, Row]
) -> dict[str, list[Row]]:
    """Post's id → the rows that a table joins to it, in their order."""
    found: dict[str, list[Row]] = {}
    for row in sorted(_rows(tables, name), key=lambda row: int(row.get("sort_order") or 0)):
        other = others.get(str(row.get(key)))
        if other is not None:
            found.setdefault(str(row.get("post_id")), []).append(other)
    return found


def _story(row: Row, tags: list[Row], users: list[Row], meta: Row) -> Story:
    html = str(row.get("html") or "").replace(_HOME, "")
    is_page = row.get("type") == "page" or bool(row.get("page"))
    public = [tag for tag in tags if tag.get("visibility", "public") == "public"]
    state = _STATES.get(str(row.get("status")), State.DRAFT)
    is_for_all = str(row.get("visibility") or "public") == "public"
    hero = str(row.get("feature_image") or "").replace(_HOME, "")
    slug = str(row.get("slug") or "")
    return Story(
        id=str(row.get("id")),
        kind=Kind.PAGE if is_page else Kind.ARTICLE,
        headline=plain_text(str(row.get("title") or ""))[:255],
        slug=slug,
        state=state if is_for_all else State.DRAFT,
        note="" if is_for_all else "It was for members only on the old site.",
        blocks=body_blocks(html),
        published_at=moment(row.get("published_at")),
        updated_at=moment(row.get("updated_at")),
        standfirst=plain_text(str(row.get("custom_excerpt") or "")),
        contributors=tuple(str(user.get("id")) for user in users),
        section="" if is_page or not public else str(public[0].get("slug")),
        tags=tuple(Tag(str(tag.get("slug")), str(tag.get("name"))) for tag in public[1:]),
        hero=_hero(hero, row, meta),
        is_pinned=bool(row.get("featured")),
        seo_title=str(meta.get("meta_title") or "")[:255],
        search_description=str(meta.get("meta_description") or ""),
        addresses=(f"/{slug}/",) if slug else (),
        words=words_of(html),
    )


def _hero(url: str, row: Row, meta: Row) -> PhotoReference | None:
    alt = str(meta.get("feature_image_alt") or row.get("title") or "")
    caption = plain_text(str(meta.get("feature_image_caption") or ""))
    return PhotoReference(url, alt=alt, caption=caption) if url else None


def _sections(stories: Iterable[Story], tags: Iterable[Row]) -> Iterator[Section]:
    """The tags that articles have first: Ghost calls them primary."""
    wanted = {story.section for story in stories}
    for row in tags:
        if (slug := str(row.get("slug"))) in wanted:
            name, description = str(row.get("name") or slug), str(row.get("description") or "")
            yield Section(slug, name, slug, description=description, in_menu=True)


def _contributors(users: Iterable[Row]) -> Iterator[Contributor]:
    for row in users:
        yield Contributor(
            id=str(row.get("id")),
            name=str(row.get("name") or row.get("slug")),
            slug=str(row.get("slug") or ""),
            biography=str(row.get("bio") or ""),
            web_address=str(row.get("website") or ""),
        )
