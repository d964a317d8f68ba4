"""The newsletter's place in the editor."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext, gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Site
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import (
    CreateView,
    EditView,
    PreviewOnCreateView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from broadsheet.comments.authors import forget_journal
from broadsheet.comments.offices import KeptPolicy, may

from .models import Edition, Subscriber
from .office import urls

EDITABLE = {Edition.Status.DRAFT, Edition.Status.SCHEDULED}


@hooks.register("register_admin_urls")
def office_urls() -> list[URLPattern | URLResolver]:
    return [path("newsletter/", include(urls))]


class EditionCreateView(CreateView):
    """A new edition is of the newspaper at whose office it is written."""

    def get_initial_form_instance(self) -> Edition:
        return Edition(site=Site.find_for_request(self.request))


class EditionPreview(PreviewOnCreateView):
    """So is what it looks like."""

    def get_object(self) -> Edition:
        return Edition(site=Site.find_for_request(self.request))


class EditionEditView(EditView):
    """What is being sent, or was, can't be changed: its own page is shown instead."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.status not in EDITABLE:
            return redirect("newsletter_office:edition", self.object.pk)
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer


class EditionSet(SnippetViewSet):
    """Editions, composed and previewed in Wagtail's own form."""

    model = Edition
    icon = "mail"
    list_display = ["subject", "status", "scheduled_at", "finished_at"]
    list_filter = ["status"]
    search_fields = ["subject"]
    add_view_class = EditionCreateView
    preview_on_add_view_class = EditionPreview
    edit_view_class = EditionEditView
    copy_view_enabled = False


class SubscriberPolicy(KeptPolicy):
    """Addresses come by confirmation or in a file, and are erased, but never typed over."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in {"add", "change"} and super().user_has_permission(user, action)


register_permission_policy(Subscriber, SubscriberPolicy(Subscriber))
register_permission_policy(Edition, KeptPolicy(Edition))


class SubscriberSet(SnippetViewSet):
    """Addresses."""

    model = Subscriber
    icon = "group"
    list_display = ["email", "status", "asked_at", "confirmed_at", "bounce"]
    list_filter = ["status"]
    search_fields = ["email"]
    inspect_view_enabled = True
    list_per_page = 100


class NewsletterGroup(SnippetViewSetGroup):
    """In one menu."""

    items = (EditionSet, SubscriberSet)
    menu_label = gettext_lazy("Newsletter")
    menu_icon = "mail"
    menu_order = 157

    def get_submenu_items(self) -> list[MenuItem]:
        return [
            *super().get_submenu_items(),
            FilesItem(
                gettext_lazy("Subscribers in and out"),
                reverse("newsletter_office:subscribers"),
                icon_name="download",
                order=1000,
            ),
        ]


class FilesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request, "newsletter.add_subscriber")


register_snippet(NewsletterGroup)


@hooks.register("register_snippet_listing_buttons")
def send_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:  # noqa: ARG001, Wagtail's
    """Beside each edition in the list."""
    if isinstance(snippet, Edition) and user.has_perm("newsletter.send_edition"):
        url = reverse("newsletter_office:edition", args=[snippet.pk])
        yield Button(gettext("Send"), url, icon_name="mail", priority=5)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def to_the_office(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """Who has saved an edition is led to where it is sent from."""
    if isinstance(instance, Edition) and may(request, "newsletter.send_edition"):
        return redirect("newsletter_office:edition", instance.pk)
    return None


@hooks.register("after_delete_snippet")
def forget_the_deleted(_request: HttpRequest, instances: Iterable[Any]) -> None:
    """Whom an editor deletes is in no file afterwards."""
    if any(isinstance(instance, Subscriber) for instance in instances):
        forget_journal()


@hooks.register("register_permissions")
def permissions() -> "QuerySet[Permission]":
    """So that the owner can let a group send."""
    return Permission.objects.filter(content_type__app_label="newsletter", codename="send_edition")
