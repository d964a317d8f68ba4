"""The desk's place in the editor."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .desk import urls
from .models import ReaderComment, Status


class DeskItem(MenuItem):
    """Tells how many comments wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("comments.moderate")

    def render_component(self, request: HttpRequest) -> Any:
        held = ReaderComment.objects.filter(status=Status.HELD).count()
        component = super().render_component(request)
        if held:
            component.label = f"{self.label} ({held})"
        return component


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern | URLResolver]:
    return [path("comments/", include(urls))]


@hooks.register("register_admin_menu_item")
def desk_item() -> DeskItem:
    return DeskItem(
        _("Comments"),
        reverse("comments_desk:index"),
        name="readers-comments",
        icon_name="comment",
        order=150,
    )


@hooks.register("register_permissions")
def permissions() -> "QuerySet[Permission]":
    """So that the owner can let a group moderate."""
    return Permission.objects.filter(content_type__app_label="comments", codename="moderate")
