"""The operator's and the owner's place in the editor."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from . import first_steps


def operations(request: HttpRequest) -> HttpResponse:
    from .seeing import views  # noqa: PLC0415, the press needs all URLs to be known

    shown: HttpResponse = views.show(request)
    return shown


class OperationsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)


@hooks.register("register_admin_urls")
def operations_urls() -> list[URLPattern]:
    return [
        path("operations/", operations, name="operations"),
        path("first-steps/enough/", first_steps.enough, name="first-steps-enough"),
        path("samples/remove/", first_steps.remove_samples, name="samples-remove"),
    ]


@hooks.register("construct_homepage_panels")
def first_steps_on_top(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.is_superuser:
        panels.append(first_steps.FirstSteps(request))


@hooks.register("construct_homepage_panels")
def backup_warnings(request: HttpRequest, panels: list[Component]) -> None:
    from .seeing.warnings import BackupWarnings  # noqa: PLC0415, the press needs all URLs to be known

    if request.user.is_superuser:
        panels.append(BackupWarnings(datetime.now(UTC)))


@hooks.register("register_settings_menu_item")
def operations_item() -> OperationsItem:
    return OperationsItem(
        _("Operations"), reverse("operations"), name="operations", icon_name="history", order=10_000
    )
