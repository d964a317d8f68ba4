"""Articles and pages of an archive → pages of ours, a batch at a time, each batch in one transaction."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.db import transaction
from wagtail.models import Page, PageLogEntry

from broadsheet.comments.policy import CommentPolicy
from broadsheet.newsroom.models import ArticlePage, ArticleTag, Byline, StandardPage

from . import addresses, discussions, keeping
from .blocks import Block, FileReference, PhotoReference, references
from .discussions import Thread
from .files import Files
from .ledger import Ledger
from .models import Imported
from .photos import Photos
from .records import Kind, State, Story
from .tagging import tags_of
from .tally import Tally
from .tree import Shelf, index, plant

LOG_ACTION = "importers.note"
KINDS = {Kind.ARTICLE: Imported.Kind.ARTICLE, Kind.PAGE: Imported.Kind.PAGE}


@dataclass(frozen=True, slots=True)
class Places:
    """What stories stand below, and who signs them."""

    site: str  # the old one's address
    front_id: int
    contributors: Mapping[str, int]  # id of the archive → page
    sections: Mapping[str, int]  # id of the archive → page
    default_section: int

    def section_of(self, section: str) -> int:
        return self.sections.get(section, self.default_section)


class Stories:
    """Brings stories; knows where articles of each section and pages below each page go."""

    def __init__(
        self,
        places: Places,
        *,
        ledger: Ledger,
        photos: Photos,
        files: Files,
        tally: Tally,
        now: datetime,
    ) -> None:
        self._places, self._ledger, self._photos, self._files = places, ledger, photos, files
        self._tally, self._now = tally, now
        self._shelves: dict[int, Shelf] = {}

    @transaction.atomic
    def bring(self, stories: Sequence[Story]) -> dict[str, int]:
        """Make pages of what is new, and comments of what is new below any of them; returns each story's page."""
        here = self._here(stories)
        new = list({story.id: story for story in stories if story.id not in here}.values())
        for story in stories:
            self._tally.known[story.kind] += story.id in here
        made = self._plant(new)
        for kind in Kind:
            self._note(kind, new, made)
        pages = here | {story_id: page.pk for story_id, page in made.items()}
        self._bring_comments(stories, pages)
        return pages

    def _note(self, kind: Kind, new: Sequence[Story], made: Mapping[str, Page]) -> None:
        stories = [story for story in new if story.kind is kind]
        self._ledger.note(
            KINDS[kind],
            {story.id: made[story.id].pk for story in stories},
            changed_at={story.id: story.updated_at for story in stories},
        )

    def _here(self, stories: Sequence[Story]) -> dict[str, int]:
        here: dict[str, int] = {}
        for kind in Kind:
            ids = [story.id for story in stories if story.kind is kind]
            found = self._ledger.some(KINDS[kind], ids) if ids else {}
            if found:
                keeping.look_at(
                    stories, found, ledger=self._ledger, kind=KINDS[kind], tally=self._tally
                )
            here |= found
        return here

    def _plant(self, stories: Sequence[Story]) -> dict[str, Page]:
        shown = [found for story in stories for found in _references(story)]
        photo_ids = self._photos.ids(found for found in shown if isinstance(found, PhotoReference))
        file_ids = self._files.ids(found for found in shown if isinstance(found, FileReference))
        above = self._ledger.some(
            Imported.Kind.PAGE, {story.parent for story in stories if story.parent}
        )
        shelves: dict[int, Shelf] = {}
        made: dict[str, Page] = {}
        for story in stories:
            shelf = self._shelf(story, above)
            if shelf.pk not in shelves:
                shelf.look_again()
                shelves[shelf.pk] = shelf
            body = self._body(story.blocks, photo_ids, file_ids)
            page = self._page(story, body, photo_ids)
            shelf.place(page, slug=story.slug, otherwise=story.headline)
            made[story.id] = page
        plant(list(made.values()), shelves.values())
        for story in stories:
            self._tally.added[story.kind] += 1
        self._sign_and_tag(stories, made)
        _write_notes(stories, made, self._now)
        self._tally.redirects += addresses.redirect(
            (address, made[story.id]) for story in stories for address in story.addresses
        )
        index(made.values())
        for story in stories:
            if story.state is State.SCHEDULED:  # from now on Wagtail keeps what it refers to
                made[story.id].save_revision(clean=False).publish()
        return made

    def _shelf(self, story: Story, above: Mapping[str, int]) -> Shelf:
        if story.kind is Kind.ARTICLE:
            parent = self._places.section_of(story.section)
        else:
            parent = above.get(story.parent, self._places.front_id)
        if parent not in self._shelves:
            self._shelves[parent] = Shelf.below(Page.objects.get(pk=parent))
        return self._shelves[parent]

    def _body(
        self,
        blocks: Iterable[Block],
        photo_ids: Mapping[PhotoReference, int],
        file_ids: Mapping[FileReference, int],
    ) -> str:
        placed = (self._placed(block, photo_ids, file_ids) for block in blocks)
        return json.dumps(
            [
                {"type": block.type, "value": block.value, "id": str(uuid.uuid4())}
                for block in placed
                if block is not None
            ]
        )

    def _placed(
        self,
        block: Block,
        photo_ids: Mapping[PhotoReference, int],
        file_ids: Mapping[FileReference, int],
    ) -> Block | None:
        """The block with our ids in place of references; None where nothing is left of it."""
        match block.type:
            case "photo":
                photo = photo_ids.get(block.value["photo"])
                return Block("photo", block.value | {"photo": photo}) if photo else None
            case "gallery":
                return _gallery(block, photo_ids)
            case "file":
                return self._file(block, file_ids)
            case "embed":
                url = urljoin(f"{self._places.site}/", block.value["url"])
                return Block("embed", block.value | {"url": url})
            case _:
                return block

    def _file(self, block: Block, file_ids: Mapping[FileReference, int]) -> Block:
        """A file that is not at hand stays a link to where it was."""
        reference: FileReference = block.value["document"]
        if reference in file_ids:
            return Block("file", block.value | {"document": file_ids[reference]})
        url = urljoin(f"{self._places.site}/", reference.url)
        title = block.value["title"] or url.rpartition("/")[2]
        return Block("embed", {"url": url, "title": title})

    def _page(
        self, story: Story, body: str, photo_ids: Mapping[PhotoReference, int]
    ) -> ArticlePage | StandardPage:
        common = _common_fields(story, self._now)
        comments = CommentPolicy.OPEN if story.comments_open else CommentPolicy.CLOSED
        if story.kind is Kind.PAGE:
            return StandardPage(body=body, comment_policy=comments, **common)
        return ArticlePage(
            body=body,
            standfirst=story.standfirst,
            hero_id=photo_ids.get(story.hero) if story.hero else None,
            comment_policy=comments,
            **common,
        )

    def _sign_and_tag(self, stories: Sequence[Story], made: Mapping[str, Page]) -> None:
        articles = [story for story in stories if story.kind is Kind.ARTICLE]
        tag_ids = tags_of({tag.slug: tag for story in articles for tag in story.tags})
        bylines: list[Byline] = []
        tagged: list[ArticleTag] = []
        for story in articles:
            page = made[story.id]
            contributors = _ids(story.contributors, self._places.contributors)
            page.bylines.set(
                Byline(contributor_id=contributor, sort_order=order)
                for order, contributor in enumerate(contributors)
            )
            tags = dict.fromkeys(tag_ids[tag.slug] for tag in story.tags)
            page.tagged_items.set(ArticleTag(tag_id=tag_id) for tag_id in tags)
            bylines += page.bylines.all()
            tagged += page.tagged_items.all()
        Byline.objects.bulk_create(bylines)
        ArticleTag.objects.bulk_create(tagged)

    def _bring_comments(self, stories: Sequence[Story], pages: Mapping[str, int]) -> None:
        kept = set(Page.objects.filter(pk__in=set(pages.values())).values_list("pk", flat=True))
        threads = [
            Thread(pages[story.id], "", story.comments)
            for story in stories
            if story.comments and pages[story.id] in kept
        ]
        discussions.bring(
            threads, origin=str(self._ledger.archive.pk), now=self._now, tally=self._tally
        )
        for story in stories:
            for comment in story.comments if pages[story.id] not in kept else ():
                reason = "Their page was deleted here."
                self._tally.left_out["comments", comment.state, reason] += 1


def _references(story: Story) -> Iterable[PhotoReference | FileReference]:
    for block in story.blocks:
        yield from references(block)
    if story.hero:
        yield story.hero


def _gallery(block: Block, photo_ids: Mapping[PhotoReference, int]) -> Block | None:
    photos = [
        {
            "type": "item",
            "value": entry | {"photo": photo_ids[entry["photo"]]},
            "id": str(uuid.uuid4()),
        }
        for entry in block.value["photos"]
        if entry["photo"] in photo_ids
    ]
    return Block("gallery", block.value | {"photos": photos}) if photos else None


def _common_fields(story: Story, now: datetime) -> dict[str, Any]:
    is_live = story.state is State.PUBLISHED
    published_at = story.published_at or story.updated_at or now
    updated_at = story.updated_at or published_at
    return {
        "title": story.headline or story.slug or "—",
        "seo_title": story.seo_title,
        "search_description": story.search_description,
        "show_in_menus": story.in_menu and is_live,
        "live": is_live,
        "has_unpublished_changes": not is_live,
        "first_published_at": published_at if is_live else None,
        "last_published_at": max(updated_at, published_at) if is_live else None,
        "latest_revision_created_at": updated_at,
        "go_live_at": story.published_at if story.state is State.SCHEDULED else None,
    }


def _ids(names: Iterable[str], known: Mapping[str, int]) -> list[int]:
    return list(dict.fromkeys(known[name] for name in names if name in known))


def _write_notes(stories: Sequence[Story], made: Mapping[str, Page], now: datetime) -> None:
    """Why something is a draft stands in the page's history."""
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page_id=made[story.id].pk,
            content_type_id=made[story.id].content_type_id,
            label=story.headline,
            action=LOG_ACTION,
            data={"note": story.note},
            timestamp=now,
            content_changed=False,
            deleted=False,
        )
        for story in stories
        if story.note
    )
