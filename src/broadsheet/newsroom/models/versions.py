"""An article's public history: the words of each version that was published."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from broadsheet.comments.memory import once
from broadsheet.newsroom.differences import Passage, passages
from broadsheet.newsroom.plaintext import paragraphs

if TYPE_CHECKING:
    from .articles import ArticlePage

SHOWN = 20  # changes; older ones are kept, but not shown


class PublishedVersion(models.Model):
    """What readers could read from `published_at` on."""

    article = models.ForeignKey(
        "newsroom.ArticlePage", on_delete=models.CASCADE, related_name="versions"
    )
    published_at = models.DateTimeField(_("published"))
    text = models.JSONField(help_text=_("Headline, standfirst and body: a list of paragraphs."))
    is_typographical = models.BooleanField(_("typographical"), default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["article", "published_at"], name="newsroom_versions")
        ]

    def __str__(self) -> str:
        return f"{self.article_id}, {self.published_at}"


@dataclass(frozen=True, slots=True)
class PublicChange:
    """What one publication changed."""

    published_at: datetime
    passages: tuple[Passage, ...]


def text_of(article: ArticlePage) -> list[str]:
    """Its words as paragraphs without markup: headline, standfirst, caption, then block by block."""
    head = (article.title, article.standfirst, article.hero_caption)
    return [
        *(" ".join(text.split()) for text in head if text.strip()),
        *paragraphs(article.body.stream_block, article.body),
    ]


def note(article: ArticlePage, *, published_at: datetime, is_typographical: bool = False) -> None:
    """Keep what is published now, unless its words are those of the version before."""
    text = text_of(article)
    last = PublishedVersion.objects.filter(article=article).order_by("published_at", "pk").last()
    if last is None or last.text != text:
        PublishedVersion.objects.create(
            article=article,
            published_at=published_at,
            text=text,
            is_typographical=is_typographical,
        )


def changes(article: ArticlePage) -> tuple[PublicChange, ...]:
    """The newest changes first; those marked as typographical are passed over."""
    if not article.shows_history:
        return ()
    newest = article.versions.order_by("-published_at", "-pk")[: SHOWN + 1]
    versions = list(newest)[::-1]
    found = [
        PublicChange(after.published_at, passages(before.text, after.text))
        for before, after in pairwise(versions)
        if not after.is_typographical
    ]
    return tuple(reversed(found))


def has_public_changes(article: ArticlePage) -> bool:
    pk = article.pk
    return once(("has history", pk), lambda: pk in with_public_changes([pk]))


def with_public_changes(article_ids: Collection[int]) -> set[int]:
    """Those of the articles that have a history to show, in one query."""
    noted = PublishedVersion.objects.filter(article_id__in=article_ids, article__shows_history=True)
    first: set[int] = set()
    found: set[int] = set()
    rows = noted.order_by("published_at", "pk").values_list("article_id", "is_typographical")
    for article_id, is_typographical in rows:
        if article_id in first and not is_typographical:
            found.add(article_id)
        first.add(article_id)
    return found
