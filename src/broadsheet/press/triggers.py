"""Every event that makes a printed page stale. The one list of them: see `connect`.

Each handler only writes an order, in the transaction of the change; what follows from it is found out in `unfolding.py`.
Wagtail sends signals for pages only; for photos, settings and the like there is nothing but Django's `post_save`.
"""

from collections import defaultdict
from itertools import chain
from typing import Any

from django.apps import apps
from django.db.models import Field
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.documents import get_document_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from broadsheet.comments.models import CommentSettings
from broadsheet.comments.signals import counts_changed, thread_changed
from broadsheet.newsletter.models import NewsletterSettings
from broadsheet.newsroom.models import ArticlePage, Newspaper, Photo
from broadsheet.newsroom.signals import archive_changed, surroundings_changed

from . import withdrawing
from .consequences import pages_that_refer_to
from .extent import redirect_paths, sheet_paths
from .models import Node, Turn
from .orders import order_discussion, order_everything, order_pages, order_paths
from .tree import places_at, places_of_page

_DEPTH_OF_FRONT_PAGES = 2  # below Wagtail's root


def connect() -> None:
    """Listen to all of it."""
    page_published.connect(on_page_changed, dispatch_uid="press.published")
    page_unpublished.connect(on_page_changed, dispatch_uid="press.unpublished")
    page_slug_changed.connect(on_page_changed, dispatch_uid="press.slug")
    page_slug_changed.connect(on_slug_changed, dispatch_uid="press.slug.before")
    post_page_move.connect(on_page_changed, dispatch_uid="press.moved")
    post_page_move.connect(on_page_moved, dispatch_uid="press.moved.before")
    page_unpublished.connect(on_page_withdrawn, dispatch_uid="press.withdrawn")
    for signal in (page_published, page_slug_changed, post_page_move):
        signal.connect(on_page_at_address, dispatch_uid="press.returned")
    for model in _page_models():  # a live page can be saved without being published anew
        post_save.connect(on_page_changed, sender=model, dispatch_uid=f"press.saved.{model}")
    post_delete.connect(on_page_changed, sender=Page, dispatch_uid="press.deleted")
    pre_delete.connect(on_article_leaving, sender=ArticlePage, dispatch_uid="press.translations")
    archive_changed.connect(on_foundations_changed, dispatch_uid="press.archive")
    surroundings_changed.connect(on_surroundings_changed, dispatch_uid="press.surroundings")
    thread_changed.connect(on_thread_changed, dispatch_uid="press.thread")
    counts_changed.connect(on_counts_changed, dispatch_uid="press.counts")
    for model in (Photo, get_document_model()):
        post_save.connect(on_shown_thing_changed, sender=model, dispatch_uid=f"press.{model}")
        post_delete.connect(
            on_shown_thing_changed, sender=model, dispatch_uid=f"press.{model}.gone"
        )
    for model in (Newspaper, CommentSettings, NewsletterSettings):
        post_save.connect(on_settings_changed, sender=model, dispatch_uid=f"press.{model}")
    for model in (Site, PageViewRestriction):
        post_save.connect(on_foundations_changed, sender=model, dispatch_uid=f"press.{model}")
        post_delete.connect(
            on_foundations_changed, sender=model, dispatch_uid=f"press.{model}.gone"
        )
    pre_delete.connect(on_paper_leaving, sender=Site, dispatch_uid="press.paper")
    post_save.connect(on_redirect_changed, sender=Redirect, dispatch_uid="press.redirect")
    post_delete.connect(on_redirect_changed, sender=Redirect, dispatch_uid="press.redirect.gone")
    post_delete.connect(on_redirect_leaving, sender=Redirect, dispatch_uid="press.redirect.left")


def _page_models() -> list[type[Page]]:
    return [model for model in apps.get_models() if issubclass(model, Page)]


def on_page_changed(instance: Page, *, raw: bool = False, **_: Any) -> None:
    """Published, unpublished, saved, moved, renamed or deleted; its old address comes from its placement.

    Whoever saves very many pages as they are (`raw`) sends archive_changed at the end.
    """
    if not raw:
        order_pages([instance.pk])


def on_article_leaving(instance: ArticlePage, **_: Any) -> None:
    """Its translations are originals from now on; the database says so to nobody."""
    order_pages(sorted(instance.translations.values_list("pk", flat=True)))


def on_page_withdrawn(instance: Page, **_: Any) -> None:
    """Unpublished, or deleted while it was live, which Wagtail tells as an unpublication."""
    is_front_page = instance.depth <= _DEPTH_OF_FRONT_PAGES
    if (
        not is_front_page and not instance.get_view_restrictions().exists()
    ):  # or else the public never saw it
        withdrawing.withdraw(instance.url_path)


def on_page_at_address(instance: Page, **_: Any) -> None:
    """What was withdrawn from where a page stands now is not gone any more."""
    if instance.live:
        withdrawing.take_back(instance.url_path)


def on_slug_changed(instance_before: Page, **_: Any) -> None:
    """A redirect may lead from the old address, even of a page that was never public; nothing else tells of it."""
    _order_old_address(instance_before.url_path)


def on_page_moved(url_path_before: str, **_: Any) -> None:
    _order_old_address(url_path_before)


def _order_old_address(url_path: str) -> None:
    for place in places_at(url_path):
        order_paths([place.path], site_id=place.site_id)


def on_thread_changed(page_id: int, sheets: tuple[int, ...], **_: Any) -> None:
    """A comment appeared, changed or went; `sheets` are those that look different now."""
    for place in places_of_page(page_id):
        paths = sheet_paths(place.path, sheets)
        order_discussion(paths, page_id=page_id, site_id=place.site_id)


def on_counts_changed(page_ids: list[int], **_: Any) -> None:
    """Lists show another number of comments; nobody waits for that."""
    order_pages(page_ids, turn=Turn.AFTER)


def on_surroundings_changed(page_ids: list[int], **_: Any) -> None:
    """Related articles were found, or the most discussed ones are others: that is on these pages alone."""
    paths: defaultdict[int, list[str]] = defaultdict(list)
    for place in chain.from_iterable(map(places_of_page, page_ids)):
        paths[place.site_id].append(place.path)
    for site_id, of_site in paths.items():
        order_paths(of_site, turn=Turn.AFTER, site_id=site_id)


def on_shown_thing_changed(instance: Photo, **_: Any) -> None:
    """A photo or document was replaced, described anew, or deleted: whatever shows it changes."""
    order_pages(sorted(pages_that_refer_to(instance)))


def on_settings_changed(instance: BaseSiteSetting, *, created: bool, **_: Any) -> None:
    """A paper's name, language or clock, or its settings for comments or the newsletter: it is on every page of it.

    Wagtail creates the row, with the defaults that held before, when it is first asked for.
    """
    if not (created and _has_defaults_only(instance)):
        order_everything(site_id=instance.site_id)


def _has_defaults_only(instance: BaseSiteSetting) -> bool:
    fields = [field for field in instance._meta.concrete_fields if field.name not in {"id", "site"}]
    return all(getattr(instance, field.attname) == _default_of(field) for field in fields)


def _default_of(field: Field[Any, Any]) -> Any:
    """What the column of a new row has, where Django is told nothing."""
    return field.db_default if field.has_db_default() else field.get_default()


def on_foundations_changed(**_: Any) -> None:
    """Which papers there are, where their roots are, or who may read what."""
    order_everything()


def on_paper_leaving(instance: Site, **_: Any) -> None:
    """Nothing is ordered of it any more."""
    Node.objects.filter(site=instance).delete()


def on_redirect_leaving(instance: Redirect, origin: Any = None, **_: Any) -> None:
    """The old address of a page that is deleted, and takes its redirects along, is as gone as its last one."""
    deleted = type(origin) if isinstance(origin, Page) else getattr(origin, "model", None)
    if deleted is None or not issubclass(deleted, Page) or not instance.automatically_created:
        return
    sites = Site.objects.select_related("root_page")
    for site in sites.filter(pk=instance.site_id) if instance.site_id else sites:
        place = instance.old_path.strip("/")
        withdrawing.withdraw(f"{site.root_page.url_path}{place}/")


def on_redirect_changed(instance: Redirect, **_: Any) -> None:
    order_paths(redirect_paths(instance.old_path))
