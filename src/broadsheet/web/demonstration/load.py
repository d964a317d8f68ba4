"""Puts the demonstration into the database, and takes it out again.

Everything that it makes is marked: pages and photos belong to the user `demonstration`, who can't log in;
comments carry a source that begins with `demonstration:`.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Page, Site

from broadsheet.newsroom import foundation, relatives
from broadsheet.newsroom.models import (
    ArticlePage,
    Byline,
    ContributorIndexPage,
    ContributorPage,
    FrontPage,
    Newspaper,
    Photo,
    SectionPage,
    SeriesPage,
    StandardPage,
)
from broadsheet.newsroom.models import Correction as PrintedCorrection

from . import drawing, edition, post
from .bodies import PhotoIds, stream
from .edition import Article, Edition, Paper
from .pictures.catalogue import SITTERS

OWNER = "demonstration"

Draw = Callable[[Iterable[str]], Mapping[str, bytes]]


def create(now: datetime, *, draw: Draw = drawing.draw) -> bool:
    """Make the demonstration newspaper, its articles dated before `now`. False when there is one already."""
    if User.objects.filter(username=OWNER).exists():
        return False
    texts = edition.read()
    drawn = draw([*(picture.name for picture in texts.pictures), *SITTERS])
    with transaction.atomic():
        foundation.lay(now=now)
        _create(texts, drawn, now)
    return True


@transaction.atomic
def remove() -> bool:
    """Take out what `create` made, edited or not; sections that others wrote in stay. False if there is nothing."""
    owner = User.objects.filter(username=OWNER).first()
    if owner is None:
        return False
    post.remove()
    for article in ArticlePage.objects.filter(owner=owner):
        article.delete()
    pages: tuple[type[Page], ...] = (ContributorPage, StandardPage, SeriesPage, SectionPage)
    for model in pages:
        for page in model.objects.filter(owner=owner):
            if not page.get_children().exists():
                page.delete()
    for photo in Photo.objects.filter(uploaded_by_user=owner):
        photo.delete()
    owner.delete()
    return True


def _create(texts: Edition, drawn: Mapping[str, bytes], now: datetime) -> None:
    owner = User.objects.create_user(username=OWNER, password=None, is_active=False)
    front = FrontPage.objects.order_by("path")[0]
    _name(texts.paper)
    photos = _photos(texts, drawn, owner)
    sections = _sections(texts.paper, front, owner)
    people = _people(texts, photos, owner, now)
    _standing_pages(texts, front, photos, owner)
    printed: dict[str, ArticlePage] = {}
    for article in sorted(texts.articles, key=lambda article: -article.age_hours):
        page = _article(article, photos, owner=owner, people=people, now=now)
        section = sections[article.section]
        page.series = _series(article.series, section, owner) if article.series else None
        section.add_child(instance=page)
        page.tags.add(*article.tags)
        page.live_revision = page.save_revision(user=owner, clean=False)
        page.save()
        relatives.find(page)
        printed[article.slug] = page
        if article.lead:
            front.lead = page
    front.save()
    post.deliver(texts, printed, now=now)


def _name(paper: Paper) -> None:
    """The paper's own settings, unless the owner has given it a name already."""
    newspaper = Newspaper.for_site(Site.objects.get(is_default_site=True))
    if newspaper.name != Newspaper._meta.get_field("name").default:
        return
    for field in ("name", "motto", "language", "time_zone", "contact", "description"):
        setattr(newspaper, field, getattr(paper, field))
    newspaper.save()


def _photos(texts: Edition, drawn: Mapping[str, bytes], owner: User) -> PhotoIds:
    """Photos and portraits, by the name of their picture or sitter."""
    names = {person.slug: person.name for person in texts.people}
    rows = [
        Photo(title=picture.title, description=picture.alt, caption=picture.caption)
        for picture in texts.pictures
    ]
    rows += [Photo(title=names[slug], description=f"Portrait of {names[slug]}") for slug in SITTERS]
    keys = [*(picture.name for picture in texts.pictures), *SITTERS]
    ids: dict[str, int] = {}
    for key, photo in zip(keys, rows, strict=True):
        photo.credit, photo.copyright = texts.paper.picture_credit, texts.paper.name
        photo.uploaded_by_user = owner
        photo.file = ContentFile(drawn[key], name=f"{key}.jpg")
        photo.save()
        ids[key] = photo.pk
    return ids


def _sections(paper: Paper, front: FrontPage, owner: User) -> dict[str, SectionPage]:
    """Sections by slug, in the paper's order in the menu; those that exist are used."""
    sections: dict[str, SectionPage] = {}
    before: Page | None = None
    for section in paper.sections:
        page = SectionPage.objects.child_of(front).filter(slug=section.slug).first()
        if page is None:
            page = SectionPage(
                title=section.title, slug=section.slug, show_in_menus=True, owner=owner
            )
            front.add_child(instance=page)
            if before is not None:
                page.move(before, pos="right")
                page.refresh_from_db()
        page.description = page.description or section.description
        page.save()
        before = page
        sections[section.slug] = page
    return sections


def _series(title: str, section: SectionPage, owner: User) -> SeriesPage:
    """The series of that title; begun in the section of its first part."""
    found: SeriesPage | None = SeriesPage.objects.filter(title=title, owner=owner).first()
    if found is not None:
        return found
    section.refresh_from_db()
    begun = SeriesPage(title=title, slug=slugify(title), owner=owner)
    section.add_child(instance=begun)
    return begun


def _people(
    texts: Edition, photos: PhotoIds, owner: User, now: datetime
) -> dict[str, ContributorPage]:
    index = ContributorIndexPage.objects.order_by("path")[0]
    people: dict[str, ContributorPage] = {}
    for person in texts.people:
        page = ContributorPage(
            title=person.name,
            slug=person.slug,
            role=person.role,
            biography=person.biography,
            web_address=person.web_address,
            portrait_id=photos.get(person.slug),
            owner=owner,
            first_published_at=now,
        )
        index.add_child(instance=page)
        people[person.slug] = page
    return people


def _standing_pages(texts: Edition, front: FrontPage, photos: PhotoIds, owner: User) -> None:
    """Pages such as “About us”; one that exists is filled if it is empty."""
    for text in texts.pages:
        page = StandardPage.objects.child_of(front).filter(slug=text.slug).first()
        body = json.dumps(stream(text.body, photos))
        if page is None:
            page = StandardPage(
                title=text.title, slug=text.slug, body=body, show_in_menus=True, owner=owner
            )
            front.add_child(instance=page)
        elif not page.body:
            page.body = body
            page.save()


def _article(
    article: Article,
    photos: PhotoIds,
    *,
    owner: User,
    people: Mapping[str, ContributorPage],
    now: datetime,
) -> ArticlePage:
    published_at = now - timedelta(hours=article.age_hours)
    updated = article.updated_hours
    page = ArticlePage(
        title=article.headline,
        slug=article.slug,
        kicker=article.kicker,
        standfirst=article.standfirst,
        language=article.language,
        hero_id=photos[article.hero] if article.hero else None,
        hero_caption=article.hero_caption,
        body=json.dumps(stream(article.body, photos)),
        first_published_at=published_at,
        last_published_at=published_at,
        updated_at=now - timedelta(hours=updated) if updated is not None else None,
        owner=owner,
    )
    signed = [
        Byline(contributor=people[slug], sort_order=place) for place, slug in enumerate(article.by)
    ]
    page.bylines.set(signed)
    page.corrections.set([_correction(correction, now) for correction in article.corrections])
    return page


def _correction(correction: edition.Correction, now: datetime) -> Any:
    return PrintedCorrection(
        kind=PrintedCorrection.Kind(correction.kind),
        corrected_at=now - timedelta(hours=correction.age_hours),
        text=correction.text,
    )
