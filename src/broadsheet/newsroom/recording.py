"""What is written down when an article is published, or an editor comes. The one list of such events: see `connect`."""

from typing import Any

from django.contrib.auth import user_logged_in
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, TaskState
from wagtail.signals import page_published, page_slug_changed, page_unpublished, task_rejected

from . import announcing, clocks, elsewhere, relatives
from .contributed import actions
from .models import ArticlePage, Contribution, PublishedVersion, versions


def connect() -> None:
    """Listen to them, before the press does: what is printed shows what is written down here."""
    page_published.connect(on_published, sender=ArticlePage, dispatch_uid="newsroom.published")
    page_unpublished.connect(on_withdrawn, sender=ArticlePage, dispatch_uid="newsroom.withdrawn")
    page_slug_changed.connect(on_renamed, sender=ArticlePage, dispatch_uid="newsroom.renamed")
    task_rejected.connect(on_task_rejected, dispatch_uid="newsroom.changes")
    user_logged_in.connect(clocks.on_logged_in, dispatch_uid="newsroom.clock")


def on_published(instance: ArticlePage, **_: Any) -> None:
    """Keep the words that readers get now, and find what else is about the same. A publication that is only scheduled is none yet."""
    if instance.live and instance.last_published_at:
        relatives.find(instance)
        versions.note(
            instance,
            published_at=instance.last_published_at,
            is_typographical=instance.is_typographical,
        )
        elsewhere.note(instance, now=instance.last_published_at)
        announcing.note(instance, now=instance.last_published_at)
        actions.published(instance, now=instance.last_published_at)


def on_withdrawn(instance: ArticlePage, **_: Any) -> None:
    """Unpublished, by an editor or its date, or about to be deleted: Wagtail unpublishes a live page first."""
    announcing.note(instance, now=timezone.now())  # noqa: TID251, the edge: the signal has no time


def on_renamed(instance_before: ArticlePage, **_: Any) -> None:
    """Its old address leads to the new one now."""
    if instance_before.live:
        announcing.note(instance_before, now=timezone.now())  # noqa: TID251, as above


def on_task_rejected(instance: TaskState, user: Any, **_: Any) -> None:
    """Changes asked for in Wagtail's workflow are a question to the contributor."""
    article = instance.workflow_state.content_object
    contribution = Contribution.objects.filter(article_id=article.pk).first()
    if contribution is not None and instance.finished_at is not None:
        actions.decide(
            contribution,
            status=Contribution.Status.QUESTION,
            message=instance.comment,
            by=user,
            now=instance.finished_at,
        )


def after_saving(_request: HttpRequest, page: Page) -> None:
    """Have the links of a draft followed before it is published."""
    if isinstance(page, ArticlePage):
        elsewhere.note(page, now=timezone.now())  # noqa: TID251, the edge: an editor saved


def before_publishing(_request: HttpRequest, page: Page) -> None:
    """Keep the words that readers had, of an article whose history has not begun: an imported one."""
    if not isinstance(page, ArticlePage) or page.pk is None:
        return
    has_begun = PublishedVersion.objects.filter(article_id=page.pk).exists()
    public = ArticlePage.objects.filter(pk=page.pk, live=True).first()
    if public is not None and public.first_published_at and not has_begun:
        versions.note(public, published_at=public.first_published_at)
