"""Articles that are printed in a row: what their pages show is read for all of them together, some 15 queries for any number.

What is found is handed to `asking_once`, and found there by the code that otherwise asks for one article at a time.
"""

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from wagtail.models import Page, Site

from broadsheet.comments.threads import comments_on, discussions

from .models import (
    ArticlePage,
    ArticleTag,
    Byline,
    Correction,
    pagination,
    parts,
    translations,
    versions,
)
from .models.listing import ListedPage
from .models.photos import fetch_renditions, with_renditions

Facts = dict[Hashable, Any]


def facts(site: Site, paths: Collection[str]) -> Facts:
    """What is known of the public articles that stand at these URL paths of `site`, by the keys that `once` asks for."""
    root = site.root_page.url_path
    articles = _public([root + path[1:] for path in paths])
    if not articles:
        return {}
    _fetch_relations(articles)
    fetch_renditions([article.hero for article in articles if article.hero is not None])
    found: Facts = {
        ("served", f"/{one.url_path.removeprefix(root)}"): one.serve for one in articles
    }
    ids = [article.pk for article in articles]
    with_history = versions.with_public_changes(ids)
    found |= {("has history", pk): pk in with_history for pk in ids}
    found |= _signed(ids) | _corrected(ids) | _tagged(ids)
    found |= {("related", pk): pages for pk, pages in parts.relatives_of(ids).items()}
    found |= _discussions(ids)
    return found | _families(articles)


def _signed(article_ids: Collection[int]) -> Facts:
    """Bylines, with contributors, portraits and their sizes."""
    portraits = Prefetch("contributor__portrait", with_renditions())
    bylines = Byline.objects.filter(article_id__in=article_ids)
    return _by_article("bylines", article_ids, bylines.prefetch_related("contributor", portraits))


def _corrected(article_ids: Collection[int]) -> Facts:
    corrections = Correction.objects.filter(article_id__in=article_ids)
    return _by_article("corrections", article_ids, corrections)


def _tagged(article_ids: Collection[int]) -> Facts:
    rows = ArticleTag.objects.filter(content_object_id__in=article_ids).select_related("tag")
    found: Facts = {("tags", pk): [] for pk in article_ids}
    for row in rows:
        found["tags", row.content_object_id].append(row.tag)
    return found


def _by_article(name: str, article_ids: Collection[int], rows: Iterable[Any]) -> Facts:
    """In the order in which the database has them, as each article has its own."""
    found: Facts = {(name, pk): [] for pk in article_ids}
    for row in rows:
        found[name, row.article_id].append(row)
    return found


def _discussions(article_ids: Collection[int]) -> Facts:
    """With the comments on the first sheet, which stand on the articles' own pages."""
    found = discussions(article_ids)
    discussed = [pk for pk, one in found.items() if one.page_id]
    first = comments_on(discussed, sheet=1) if discussed else {}
    facts: Facts = {("discussion", pk): one for pk, one in found.items()}
    return facts | {("comments", pk, 1): comments for pk, comments in first.items()}


@dataclass(frozen=True, slots=True)
class Shown:
    """A list of which numbered pages are printed."""

    base: str  # URL path
    page: ListedPage | None  # where it is one of the tree
    articles: "QuerySet[ArticlePage]"
    numbers: Sequence[int]


def facts_of_lists(lists: Collection[Shown]) -> Facts:
    """The same of numbered pages of lists. An article that is on several of them is read once."""
    found: Facts = {}
    ids: dict[Hashable, list[int]] = {}
    for one in lists:
        for number, page in pagination.ids_on(one.articles, one.numbers).items():
            ids["numbered", one.base, number] = page
            if one.page is not None and one.page.alias_of_id is None:
                serve = partial(one.page.numbered, number=number)
                found["served", f"{one.base}page/{number}/"] = serve
    return found | pagination.read_pages(ids) if ids else found


def _public(url_paths: Collection[str]) -> list[ArticlePage]:
    """Aliases are left to Wagtail: they are as restricted as what they stand for.

    Told of them, SQLite would look at all that are none, and not at these addresses.
    """
    found = ArticlePage.objects.live().public().filter(url_path__in=url_paths)
    return [article for article in found if article.alias_of_id is None]


def _fetch_relations(articles: Collection[ArticlePage]) -> None:
    prefetch_related_objects(
        list(articles),
        "series",
        "hero",
    )
    above = {page.path: page for page in _above(articles)}
    roots = Site.get_site_root_paths()
    for article in articles:
        # Where treebeard and Wagtail themselves keep what they have found.
        article._cached_parent_obj = above.get(article.path[: -Page.steplen])
        article._wagtail_cached_site_root_paths = roots


def _above(articles: Collection[ArticlePage]) -> "QuerySet[Page]":
    found: QuerySet[Page] = Page.objects.filter(
        path__in={article.path[: -Page.steplen] for article in articles}
    )
    return found


def _families(articles: Collection[ArticlePage]) -> Facts:
    """An article without a translation is a family of one, and need not be read again."""
    originals = {article.translation_of_id or article.pk for article in articles}
    named = ArticlePage.objects.filter(translation_of_id__in=originals)
    larger = set(named.values_list("translation_of_id", flat=True))
    families = translations.families(larger) if larger else {}
    return {("family", pk): families.get(pk, []) for pk in originals}
