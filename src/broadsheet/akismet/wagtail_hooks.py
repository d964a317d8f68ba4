"""The office's place in the editor."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .office import urls


class OfficeItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("akismet.change_key")


@hooks.register("register_admin_urls")
def office_urls() -> list[URLPattern | URLResolver]:
    return [path("spam-service/", include(urls))]


@hooks.register("register_admin_menu_item")
def office_item() -> OfficeItem:
    return OfficeItem(
        _("Spam service"),
        reverse("akismet_office:index"),
        name="spam-service",
        icon_name="key",
        order=160,
    )


@hooks.register("register_permissions")
def permissions() -> "QuerySet[Permission]":
    """So that the owner can let a group keep keys."""
    return Permission.objects.filter(content_type__app_label="akismet", codename="change_key")
