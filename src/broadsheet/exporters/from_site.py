"""The newspaper → the records of an export: contributors, sections, tags, photos, articles and pages with comments."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from taggit.models import Tag
from wagtail.models import Page, ReferenceIndex, Site

from broadsheet.comments import markup
from broadsheet.comments.models import ReaderComment, Status
from broadsheet.comments.policy import CommentPolicy
from broadsheet.newsroom.models import (
    ArticlePage,
    ArticleTag,
    Byline,
    ContributorPage,
    Newspaper,
    Photo,
    SectionPage,
    StandardPage,
)
from broadsheet.newsroom.papers import paper

from . import wxr
from .blocks import Bodies, photo_number

_BATCH: Final = 100  # pages whose comments are fetched together
_SECTIONS_FROM: Final = 500_000_000  # tags and sections are counted apart here
_APPROVED: Final = {
    Status.PUBLISHED: "1",
    Status.HELD: "0",
    Status.SPAM: "spam",
    Status.REJECTED: "trash",
}


def export(newspaper: Newspaper, address: str) -> Iterator[str]:
    """The whole file of the paper at `address`, part by part; what is held in memory does not grow with the number of articles."""
    authors = _authors()
    sections = _sections()
    articles = _own(ArticlePage.objects.all())
    yield wxr.head(
        title=newspaper.name,
        description=newspaper.motto,
        address=address,
        language=newspaper.language,
    )
    for number, found in authors.items():
        yield wxr.author(number, found)
    for section in sections.values():
        yield wxr.term(section)
    tags = {
        tag.pk: wxr.Term(tag.pk, "post_tag", tag.slug, tag.name)
        for tag in Tag.objects.filter(
            pk__in=ArticleTag.objects.filter(content_object__in=articles.order_by()).values("tag")
        )
    }
    for tag in tags.values():
        yield wxr.term(tag)
    for photo in _photos().order_by("pk").iterator():
        yield wxr.item(_attachment(photo, address))
    bodies = Bodies(address)
    for batch in _batches(articles.select_related("hero")):
        yield from _articles(batch, authors, sections, tags, bodies)
    for batch in _batches(_own(StandardPage.objects.all())):
        yield from _pages(batch, bodies)
    yield wxr.FOOT


def _own(pages: Any) -> Any:
    """Those of the paper in hand."""
    return pages.descendant_of(paper().root_page)


def _photos() -> "QuerySet[Photo]":
    """All of the library; where other papers share it, those that the one in hand shows."""
    photos: QuerySet[Photo] = Photo.objects.all()
    if not Site.objects.exclude(pk=paper().pk).exists():
        return photos
    numbers = _own(Page.objects.all()).order_by().annotate(number=Cast("pk", CharField()))
    shown = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=numbers.values("number"),
        to_content_type=ContentType.objects.get_for_model(Photo),
    )
    by_number = photos.annotate(number=Cast("pk", CharField()))
    found: QuerySet[Photo] = by_number.filter(number__in=shown.values("to_object_id"))
    return found


def _authors() -> dict[int, wxr.Author]:
    """By the contributor's page. Slugs are unique: they stand below one page."""
    rows = _own(ContributorPage.objects.all()).order_by("pk").values_list("pk", "slug", "title")
    return {pk: wxr.Author(slug, title) for pk, slug, title in rows}


def _sections() -> dict[str, wxr.Term]:
    """By the place in the tree, parents first."""
    found: dict[str, wxr.Term] = {}
    for page in _own(SectionPage.objects.all()).order_by("path"):
        above = found.get(page.path[: -Page.steplen])
        found[page.path] = wxr.Term(
            _SECTIONS_FROM + page.pk, "category", page.slug, page.title, above.slug if above else ""
        )
    return found


def _attachment(photo: Photo, address: str) -> wxr.Item:
    url = photo.file.url
    return wxr.Item(
        id=photo_number(photo.pk),
        type="attachment",
        status="inherit",
        title=photo.title,
        slug="",
        link=url if "://" in url else f"{address}{url}",
        content="",
        excerpt=photo.caption,
        creator="",
        published_at=photo.created_at,
        modified_at=None,
        attachment_url=url if "://" in url else f"{address}{url}",
        meta=tuple(
            (key, value)
            for key, value in (
                ("_wp_attachment_image_alt", photo.description),
                ("_media_credit", photo.credit),
            )
            if value
        ),
    )


def _batches(pages: QuerySet[Any]) -> Iterator[list[Any]]:
    last = 0
    while batch := list(pages.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        yield batch
        last = batch[-1].pk


def _articles(
    batch: list[ArticlePage],
    authors: dict[int, wxr.Author],
    sections: dict[str, wxr.Term],
    tags: dict[int, wxr.Term],
    bodies: Bodies,
) -> Iterator[str]:
    ids = [page.pk for page in batch]
    signed: dict[int, list[wxr.Author]] = {}
    for byline in Byline.objects.filter(article__in=ids).order_by("article", "sort_order"):
        if byline.contributor_id in authors:
            signed.setdefault(byline.article_id, []).append(authors[byline.contributor_id])
    tagged: dict[int, list[wxr.Term]] = {}
    for row in ArticleTag.objects.filter(content_object__in=ids).order_by("pk"):
        tagged.setdefault(row.content_object_id, []).append(tags[row.tag_id])
    comments = _comments(ids)
    for page in batch:
        section = sections.get(page.path[: -Page.steplen])
        by = signed.get(page.pk, [])
        meta = [("_thumbnail_id", str(photo_number(page.hero_id)))] if page.hero_id else []
        yield wxr.item(
            _item(
                page,
                "post",
                bodies,
                excerpt=page.standfirst,
                creator=by[0].login if by else "",
                coauthors=tuple(by),
                terms=(*((section,) if section else ()), *tagged.get(page.pk, ())),
                meta=(*meta, *_for_search(page)),
                comments=tuple(comments.get(page.pk, ())),
            )
        )


def _pages(batch: list[StandardPage], bodies: Bodies) -> Iterator[str]:
    comments = _comments([page.pk for page in batch])
    paths = {page.path[: -Page.steplen] for page in batch}
    above = dict(StandardPage.objects.filter(path__in=paths).values_list("path", "pk"))
    for page in batch:
        yield wxr.item(
            _item(
                page,
                "page",
                bodies,
                excerpt="",
                creator="",
                parent=above.get(page.path[: -Page.steplen], 0),
                meta=_for_search(page),
                comments=tuple(comments.get(page.pk, ())),
            )
        )


def _item(page: Any, kind: str, bodies: Bodies, **fields: Any) -> wxr.Item:
    is_scheduled = not page.live and page.go_live_at is not None
    return wxr.Item(
        id=page.pk,
        type=kind,
        status="publish" if page.live else "future" if is_scheduled else "draft",
        title=page.title,
        slug=page.slug,
        link=bodies.address(page.relative_url(paper()) or "/"),
        content=bodies.html(page.body),
        published_at=page.go_live_at if is_scheduled else page.first_published_at,
        modified_at=page.last_published_at or page.latest_revision_created_at,
        comments_open=page.comment_policy != CommentPolicy.CLOSED,
        **fields,
    )


def _for_search(page: Page) -> tuple[tuple[str, str], ...]:
    said = (
        ("_yoast_wpseo_title", page.seo_title),
        ("_yoast_wpseo_metadesc", page.search_description),
    )
    return tuple((key, value) for key, value in said if value)


def _comments(page_ids: Iterable[int]) -> dict[int, list[wxr.Comment]]:
    """What readers wrote, and did not take back."""
    found: dict[int, list[wxr.Comment]] = {}
    rows = ReaderComment.objects.filter(page_id__in=list(page_ids), status__in=list(_APPROVED))
    for row in rows.order_by("created_at", "pk"):
        found.setdefault(row.page_id, []).append(
            wxr.Comment(
                id=row.pk,
                parent=row.parent_id or 0,
                author=row.author,
                email=row.email,
                web_address=row.web_address,
                written_at=row.created_at,
                html=markup.html_of(row.text, is_html=row.is_html),
                approved=_APPROVED[Status(row.status)],
            )
        )
    return found
