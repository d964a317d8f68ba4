"""Where a comment is to stand: a page, and what its site allows."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from wagtail.models import Page

from .memory import Memory
from .models import CommentPolicy, CommentSettings, PartPolicy
from .policy import DiscussedPage

SECONDS_REMEMBERED = 1.0  # how late a comment's form may notice that an article was closed
MEMORY: "Memory[int, Place | None]" = Memory(SECONDS_REMEMBERED)


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

    @classmethod
    def of(cls, page: Page) -> Self:
        """The place below `page`, which must be a DiscussedPage, in its specific class."""
        return cls(
            page_id=page.pk,
            title=page.title,
            url=page.get_url() or "/",
            language=getattr(page, "language", ""),
            policy=policy_of(page),
            published_at=page.first_published_at,
            settings=settings_of(page),
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


def policy_of(page: Any) -> CommentPolicy:
    """The page's own policy unless that is OPEN; then the one of the nearest part of the paper that has one."""
    if page.comment_policy != CommentPolicy.OPEN:
        return CommentPolicy(page.comment_policy)
    steps = range(Page.steplen, len(page.path) + 1, Page.steplen)
    nearest = (
        PartPolicy.objects.filter(page__path__in=[page.path[:step] for step in steps])
        .order_by("-page__path")
        .values_list("policy", flat=True)
        .first()
    )
    return CommentPolicy(nearest or CommentPolicy.OPEN)


def settings_of(page: Page) -> CommentSettings:
    """The settings of the page's site; the defaults where it belongs to none."""
    site = page.get_site()
    settings: CommentSettings = CommentSettings.for_site(site) if site else CommentSettings()
    return settings


def find(page_id: int) -> Place | None:
    """The place below a page that readers can see now, if it takes comments at all."""
    return MEMORY.get(page_id, _find, clock=time.monotonic())


def _find(page_id: int) -> Place | None:
    page: Any = Page.objects.live().public().filter(pk=page_id).specific().first()
    return Place.of(page) if isinstance(page, DiscussedPage) else None
