"""Plain functions that make what a test needs, saying only what matters to it."""

import io
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.core.files.images import ImageFile
from django.utils.text import slugify
from PIL import Image
from wagtail.models import GroupPagePermission, Page, Site

from broadsheet.newsroom import foundation
from broadsheet.newsroom.models import (
    ArticlePage,
    Byline,
    ContributorIndexPage,
    ContributorPage,
    FrontPage,
    Newspaper,
    Photo,
    SectionPage,
)
from tests.clock import NOON


def a_paper(now: datetime = NOON) -> FrontPage:
    """The front page of a new newspaper, with the pages that every paper begins with."""
    foundation.lay(now=now)
    return FrontPage.objects.get(pk=the_site().root_page_id)


def a_further_paper(host: str = "island.example", *, name: str = "The Island Post") -> Site:
    """The site of another newspaper beside the first, with a section and a page for contributors."""
    front = (
        a_paper()
        .get_parent()
        .add_child(instance=FrontPage(title=name, slug=slugify(name), first_published_at=NOON))
    )
    front.add_child(instance=SectionPage(title="Shore", slug="shore", show_in_menus=True))
    front.add_child(instance=ContributorIndexPage(title="Contributors", slug="contributors"))
    site: Site = Site.objects.create(hostname=host, port=443, root_page=front)
    Newspaper.objects.update_or_create(site=site, defaults={"name": name})
    return site


def an_editor_of(site: Site, *permissions: str, name: str = "islander") -> User:
    """Who may write and publish in one newspaper alone, and whatever `permissions` ("comments.moderate") say."""
    group = Group.objects.create(name=f"Editors of {site.hostname}")
    group.permissions.add(*_permissions(("wagtailadmin.access_admin", *permissions)))
    for permission in _permissions(
        f"wagtailcore.{action}_page" for action in ("add", "change", "publish")
    ):
        GroupPagePermission.objects.create(group=group, page=site.root_page, permission=permission)
    user = User.objects.create_user(name, f"{name}@{site.hostname}")
    user.groups.add(group)
    return user


def _permissions(names: Iterable[str]) -> list[Permission]:
    found = [name.split(".") for name in names]
    return [
        Permission.objects.get(content_type__app_label=app, codename=codename)
        for app, codename in found
    ]


def the_site() -> Site:
    return Site.objects.get(is_default_site=True)


def a_section(title: str = "News") -> SectionPage:
    """The section of that name, made if need be."""
    front = FrontPage.objects.order_by("pk").first() or a_paper()
    found = SectionPage.objects.filter(slug=slugify(title)).first()
    return found or front.add_child(instance=SectionPage(title=title, slug=slugify(title)))


def a_contributor(name: str = "Amal Haddad") -> ContributorPage:
    """The contributor of that name, made if need be."""
    a_section()
    found = ContributorPage.objects.filter(title=name).first()
    index = ContributorIndexPage.objects.order_by("pk")[0]
    return found or index.add_child(
        instance=ContributorPage(title=name, slug=slugify(name, allow_unicode=True))
    )


def an_article(
    title: str = "Ferry returns",
    *,
    section: str = "News",
    by: tuple[str, ...] = (),
    minutes_ago: int = 0,
    live: bool = True,
    **fields: Any,
) -> ArticlePage:
    """An article, published `minutes_ago` before NOON."""
    article = ArticlePage(
        title=title,
        slug=slugify(title, allow_unicode=True),
        live=live,
        first_published_at=NOON - timedelta(minutes=minutes_ago) if live else None,
        **fields,
    )
    article.bylines.set(
        [Byline(contributor=a_contributor(name), sort_order=n) for n, name in enumerate(by)]
    )
    return a_section(section).add_child(instance=article)


def publish(page: Page) -> None:
    """Publish as an editor does: by a revision."""
    page.save_revision().publish()


def a_photo(title: str = "Quay", **fields: Any) -> Photo:
    """A small plain picture; give it `description`, `caption`, `credit` as the test needs."""
    body = io.BytesIO()
    Image.new("RGB", (1200, 800), "#336699").save(body, "PNG")
    body.seek(0)
    return Photo.objects.create(
        title=title, file=ImageFile(body, name=f"{slugify(title)}.png"), **fields
    )
