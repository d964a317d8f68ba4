"""The desk's place in the editor."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import ObjectList
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .desk import urls
from .desk.desks import desk_of
from .desk.rule_form import RuleForm
from .models import PartPolicy, Rule, Status
from .offices import KeptPolicy, may, works_everywhere


class DeskItem(MenuItem):
    """Tells how many comments wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request, "comments.moderate")

    def render_component(self, request: HttpRequest) -> Any:
        held = desk_of(request).comments().filter(status=Status.HELD).count()
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


class RulePolicy(KeptPolicy):
    """A rule that works in all newspapers is changed by who works for all of them."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Rule) -> bool:
        is_own = instance.site_id is not None or works_everywhere()
        return is_own and bool(self.user_has_permission(user, action))

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Rule
    ) -> bool:
        return any(self.user_has_permission_for_instance(user, each, instance) for each in actions)


register_permission_policy(Rule, RulePolicy(Rule))
register_permission_policy(PartPolicy, KeptPolicy(PartPolicy))


class RuleSet(SnippetViewSet):
    """Rules, listed and searched by Wagtail."""

    model = Rule
    icon = "list-ul"
    list_display = ["value", "kind", "effect", "note", "created_at"]
    list_filter = ["kind", "effect"]
    search_fields = ["value", "note"]
    list_per_page = 100
    edit_handler = ObjectList(Rule.panels, base_form_class=RuleForm)


class PartPolicySet(SnippetViewSet):
    """Sections whose comments are closed or wait."""

    model = PartPolicy
    icon = "lock"
    list_display = ["page", "policy"]


class ModerationGroup(SnippetViewSetGroup):
    """What moderators set, in one menu."""

    items = (RuleSet, PartPolicySet)
    menu_label = _("Rules for comments")
    menu_icon = "list-ul"
    menu_order = 160


register_snippet(ModerationGroup)
