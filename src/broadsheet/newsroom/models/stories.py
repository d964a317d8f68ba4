"""What an article's page shows beside its own fields, prepared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import get_language
from taggit.models import Tag
from wagtail.blocks import StreamValue

from broadsheet.comments.memory import once
from broadsheet.newsroom.addresses import url_of

from . import parts, versions
from .photos import Photo, fetch_renditions, with_renditions

if TYPE_CHECKING:
    from .articles import ArticlePage, Byline, Correction


@dataclass(frozen=True, slots=True)
class Signature:
    """One name of a byline, with its address."""

    name: str
    url: str
    role: str  # a Byline.Role
    role_label: str
    portrait: Photo | None
    is_collective: bool = False  # a group or an agency, no person
    profiles: tuple[str, ...] = ()  # where else on the web they are


@dataclass(frozen=True, slots=True)
class Credit:
    """Those who did the same for an article: “Photos by A, B”."""

    label: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A photo in an article's body."""

    photo: Photo
    caption: str  # instead of the photo's own
    size: str  # a name of sizes.SIZES


@dataclass(frozen=True, slots=True)
class Story:
    """The surroundings of an article."""

    section: str
    section_url: str
    credits: tuple[Credit, ...]
    corrections: tuple[Correction, ...]  # newest first
    tags: tuple[Tag, ...]
    has_history: bool
    part: parts.Part | None  # of a series
    related: tuple[parts.Link, ...]

    @property
    def retraction(self) -> Correction | None:
        """The newest, if the paper no longer stands by the article: said before the text."""
        retractions = (said for said in self.corrections if said.kind == said.Kind.RETRACTION)
        return next(retractions, None)

    @property
    def portraits(self) -> tuple[Photo, ...]:
        """Of those who wrote it, as far as there are any: of the first credit."""
        signed = self.credits[0].signatures if self.credits else ()
        return tuple(signature.portrait for signature in signed if signature.portrait)


def story(article: ArticlePage, request: HttpRequest | None) -> Story:
    """A fixed number of queries, whatever the number of bylines, tags and corrections."""
    section = article.get_parent()
    bylines = once(("bylines", article.pk), lambda: _bylines(article))
    fetch_photos(article)
    return Story(
        section=section.title if section else "",
        section_url=url_of(section, request) if section else "",
        credits=_credits(_signed(bylines, request, portraits=True)),
        corrections=tuple(
            sorted(
                article.what_was_corrected(),
                key=lambda correction: correction.order,
                reverse=True,
            )
        ),
        tags=tuple(sorted(once(("tags", article.pk), article.tags.all), key=_in_the_alphabet)),
        has_history=versions.has_public_changes(article),
        part=parts.part_of(article, request),
        related=parts.related(article, request),
    )


def _in_the_alphabet(tag: Tag) -> tuple[str, int]:
    """Databases tell them in any order, and no two nodes may print different pages."""
    return tag.name.casefold(), tag.pk


def _bylines(article: ArticlePage) -> list[Byline]:
    """With contributors, portraits and their sizes: three queries, whatever their number."""
    bylines = list(article.bylines.all())
    portraits = Prefetch("contributor__portrait", with_renditions())
    prefetch_related_objects(bylines, "contributor", portraits)
    return bylines


def fetch_photos(article: ArticlePage) -> None:
    """The sizes of all photos that it shows, in one query."""
    shown = [article.hero, *(figure.photo for figure in figures(article.body))]
    fetch_renditions([photo for photo in shown if photo is not None])


def figures(body: StreamValue) -> Iterator[Figure]:
    """The photos of a body, in their order."""
    for block in body:
        value = block.value
        if block.block_type == "photo" and value["photo"]:
            yield Figure(value["photo"], value["caption"], value["width"])
        elif block.block_type == "gallery":
            for item in value["photos"]:
                if item["photo"]:
                    yield Figure(item["photo"], item["caption"], "gallery")


def _credits(signed: Sequence[Signature]) -> tuple[Credit, ...]:
    return tuple(
        Credit(label, tuple(group))
        for label, group in groupby(signed, key=lambda signature: signature.role_label)
    )


def signatures(
    article: ArticlePage, request: HttpRequest | None, *, portraits: bool = True
) -> tuple[Signature, ...]:
    """The article's bylines in their order; unpublished contributors are named without a link."""
    return _signed(article.bylines.all(), request, portraits=portraits)


def _signed(
    bylines: Iterable[Byline], request: HttpRequest | None, *, portraits: bool
) -> tuple[Signature, ...]:
    language = get_language()
    return tuple(
        once(
            ("signature", byline.contributor_id, byline.role, portraits, language),
            partial(_signature, byline, request, portraits=portraits),
        )
        for byline in bylines
    )


def _signature(byline: Byline, request: HttpRequest | None, *, portraits: bool) -> Signature:
    contributor = byline.contributor
    return Signature(
        name=contributor.title,
        url=url_of(contributor, request) if contributor.live else "",
        role=byline.role,
        role_label=byline.get_role_display(),
        portrait=contributor.portrait if portraits else None,
        is_collective=contributor.is_collective,
        profiles=contributor.profiles() if portraits and contributor.live else (),
    )
