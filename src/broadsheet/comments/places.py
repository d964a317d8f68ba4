"""Where a comment is to stand: a page, and what its site allows."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from wagtail.models import Page, PageViewRestriction, Site

from broadsheet.learning.models import FIRST

from .addresses import path_of
from .memory import Memory, once
from .models import CommentPolicy, CommentSettings, PartPolicy
from .policy import DiscussedPage

SECONDS_REMEMBERED = 0.5  # twice that is how late a form may notice that an article was closed


@dataclass(frozen=True, slots=True)
class Place:
    """A page that can be commented on, with the settings that hold there."""

    page_id: int
    title: str
    url: str  # of the page, from the site's root
    language: str
    policy: CommentPolicy
    published_at: datetime | None
    settings: CommentSettings
    paper: int = FIRST  # whose filter judges what is written here

    @classmethod
    def of(cls, page: Page) -> Self:
        """The place below `page`, which must be a DiscussedPage, in its specific class."""
        return cls.under(page, policies=once("policies", _policies), settings=settings_of(page))

    @classmethod
    def under(
        cls,
        page: Any,
        *,
        policies: Mapping[str, str],
        settings: CommentSettings,
        paper: int = FIRST,
    ) -> Self:
        """The same, where those of the parts of the paper (by tree path) and the site's settings are known."""
        return cls(
            page_id=page.pk,
            title=page.title,
            url=path_of(page),
            language=getattr(page, "language", ""),
            policy=policy_of(page, policies),
            published_at=page.first_published_at,
            settings=settings,
            paper=paper,
        )

    @property
    def holds_all(self) -> bool:
        """Does every comment wait for a moderator?"""
        return self.settings.hold_all or self.policy == CommentPolicy.PREMODERATED

    def is_open(self, *, now: datetime) -> bool:
        """May new comments be written?"""
        if self.policy == CommentPolicy.CLOSED:
            return False
        days = self.settings.close_after_days
        return (
            not days or self.published_at is None or now < self.published_at + timedelta(days=days)
        )


def policy_of(page: Any, policies: Mapping[str, str]) -> CommentPolicy:
    """The page's own policy unless that is OPEN; then the one of the nearest part of the paper that has one."""
    if page.comment_policy != CommentPolicy.OPEN:
        return CommentPolicy(page.comment_policy)
    nearest = max((path for path in _above(page) if path in policies), key=len, default="")
    return CommentPolicy(policies.get(nearest, CommentPolicy.OPEN))


def _above(page: Page) -> list[str]:
    """Tree paths of the page and of what it stands in."""
    return [page.path[:step] for step in range(Page.steplen, len(page.path) + 1, Page.steplen)]


def _policies() -> dict[str, str]:
    """Tree path → policy, of those parts of the paper that have one."""
    return dict(PartPolicy.everywhere.values_list("page__path", "policy"))


def settings_of(page: Page) -> CommentSettings:
    """The settings of the page's site; the defaults where it belongs to none."""
    parts = page.get_url_parts()
    if parts is None:
        return CommentSettings()
    settings: CommentSettings = once(
        ("comment settings", parts[0]),
        lambda: CommentSettings.for_site(Site.objects.get(pk=parts[0])),
    )
    return settings


@dataclass(frozen=True, slots=True)
class _House:
    """What holds for many pages."""

    policies: dict[str, str]  # tree path → policy
    closed_to_readers: tuple[str, ...]  # tree paths
    settings: dict[int, CommentSettings]  # by site
    first_site: int | None

    @classmethod
    def now(cls, _: None) -> Self:
        sites = list(Site.objects.all())
        return cls(
            policies=_policies(),
            closed_to_readers=tuple(
                PageViewRestriction.objects.values_list("page__path", flat=True)
            ),
            settings={site.pk: CommentSettings.for_site(site) for site in sites},
            first_site=next((site.pk for site in sites if site.is_default_site), None),
        )


_HOUSE: "Memory[None, _House]" = Memory(SECONDS_REMEMBERED)
_PLACES: "Memory[int, Place | None]" = Memory(SECONDS_REMEMBERED)


def find(page_id: int) -> Place | None:
    """The place below a page that readers can see now, if it takes comments at all."""
    return _PLACES.get(page_id, _find, clock=time.monotonic())


def _find(page_id: int) -> Place | None:
    page: Any = Page.objects.live().filter(pk=page_id).specific().first()
    house = _HOUSE.get(None, _House.now, clock=time.monotonic())
    if not isinstance(page, DiscussedPage) or page.path.startswith(house.closed_to_readers):
        return None
    site_id, _, _ = page.get_url_parts() or (0, "", "")
    settings = house.settings.get(site_id, CommentSettings())
    paper = site_id if site_id not in {0, house.first_site} else FIRST
    return Place.under(page, policies=house.policies, settings=settings, paper=paper)


def forget() -> None:
    """Find everything out anew."""
    _HOUSE.forget()
    _PLACES.forget()
