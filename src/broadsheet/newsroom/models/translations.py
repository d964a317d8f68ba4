"""The same article in several languages: one original, and translations that name it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language_info

from broadsheet.comments.memory import once
from broadsheet.newsroom.papers import tree_of

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

    from .articles import ArticlePage


@dataclass(frozen=True, slots=True)
class Translation:
    """One of an article's languages."""

    language: str  # as in settings.LANGUAGES
    name: str  # of the language, in itself
    url: str
    is_original: bool
    is_this: bool  # the one that is being read


def family(original_ids: Collection[int]) -> PageQuerySet:
    """These articles and all translations of them."""
    articles = apps.get_model("newsroom", "ArticlePage").objects
    found: PageQuerySet = articles.filter(
        Q(pk__in=original_ids) | Q(translation_of_id__in=original_ids)
    )
    return found


def versions_of(
    article: ArticlePage, request: HttpRequest | None, *, papers_language: str
) -> tuple[Translation, ...]:
    """All public ones in the order in which they were begun, this one among them; none where there is but one. One query."""
    if article.pk is None:
        return ()
    original = article.translation_of_id or article.pk
    everywhere = once(("family", original), lambda: families([original])[original])
    found = [one for one in everywhere if tree_of(one) == tree_of(article)]
    versions = tuple(
        _translation(one, article, request, papers_language)
        for one in found[: len(settings.LANGUAGES)]
    )
    return versions if len(versions) > 1 else ()


def families(original_ids: Collection[int]) -> dict[int, list[ArticlePage]]:
    """The public ones of each family, in the order in which they were begun."""
    found: dict[int, list[ArticlePage]] = {pk: [] for pk in original_ids}
    for one in family(original_ids).live().public().defer("body").order_by("pk"):
        found[one.translation_of_id or one.pk].append(one)
    return found


def _translation(
    one: ArticlePage, article: ArticlePage, request: HttpRequest | None, papers_language: str
) -> Translation:
    language = one.language or papers_language
    return Translation(
        language=language,
        name=get_language_info(language)["name_local"],
        url=one.get_url(request) or "",
        is_original=one.translation_of_id is None,
        is_this=one.pk == article.pk,
    )
