"""What the newsroom adds to Wagtail's editor."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button
from wagtail.models import Page, Revision
from wagtail.rich_text.feature_registry import FeatureRegistry

from broadsheet.comments.desk.desks import desk_of
from broadsheet.comments.models import Status
from broadsheet.comments.offices import may, office_of, own_pages

from . import calendar, checking, elsewhere, recording
from .contributed import desk as contributed
from .hyperlinks import PageLinks
from .models import ArticlePage, Contribution, Correction, LinkElsewhere, SectionPage
from .sharing import views as sharing

hooks.register("before_publish_page", recording.before_publishing)
hooks.register("after_create_page", recording.after_saving)
hooks.register("after_edit_page", recording.after_saving)


@hooks.register("register_rich_text_features", order=100)  # after Wagtail's own
def link_pages(features: FeatureRegistry) -> None:
    features.register_link_type(PageLinks)


class Desk(Component):
    """The first thing on the dashboard: where to begin an article, and which drafts wait."""

    name = "desk"
    order = 50
    template_name = "newsroom/editor/desk.html"
    DRAFTS = 8
    SCHEDULED = 20
    CORRECTIONS = 5
    DEAD_LINKS = 10

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002, the parent class’s
        drafts = ArticlePage.objects.filter(has_unpublished_changes=True).order_by(
            "-latest_revision_created_at"
        )
        return {
            "sections": [
                {
                    "title": section.title,
                    "url": reverse(
                        "wagtailadmin_pages:add", args=["newsroom", "articlepage", section.pk]
                    ),
                }
                for section in SectionPage.objects.live().order_by("path")
                if section.permissions_for_user(self.request.user).can_add_subpage()
            ],
            "drafts": [
                {
                    "title": draft.draft_title,
                    "url": reverse("wagtailadmin_pages:edit", args=[draft.pk]),
                }
                for draft in drafts[: self.DRAFTS]
                if draft.permissions_for_user(self.request.user).can_edit()
            ],
            "scheduled": self._scheduled(),
            "corrections": Correction.objects.filter(office_of(self.request).has_page("article__"))
            .select_related("article")
            .order_by("-corrected_at", "-pk")[: self.CORRECTIONS],
            "dead_links": self._dead_links(),
            "offers": self._offers(),
            "held": self._held(),
        }

    def _scheduled(self) -> list[dict[str, Any]]:
        """What is going to be published, by day: the paper's calendar."""
        waiting = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
        coming = list(waiting.order_by("approved_go_live_at")[: self.SCHEDULED])
        pages = Page.objects.in_bulk([int(revision.object_id) for revision in coming])
        return [
            {
                "title": revision.object_str,
                "at": revision.approved_go_live_at,
                "url": reverse("wagtailadmin_pages:edit", args=[revision.object_id]),
            }
            for revision in coming
            if (page := pages.get(int(revision.object_id)))
            and page.permissions_for_user(self.request.user).can_edit()
        ]

    def _dead_links(self) -> list[LinkElsewhere]:
        """Those on what readers see, of articles that who asks may edit."""
        dead = elsewhere.dead_in_public().select_related("article")[: self.DEAD_LINKS]
        user = self.request.user
        return [link for link in dead if link.article.permissions_for_user(user).can_edit()]

    def _held(self) -> int:
        """Readers' comments that wait for a moderator, for one who is."""
        if not may(self.request, "comments.moderate"):
            return 0
        return desk_of(self.request).comments().filter(status=Status.HELD).count()

    def _offers(self) -> int:
        """Contributions that wait for an editor, for who may decide about them."""
        if not may(self.request, contributed.PERMISSION):
            return 0
        waiting = Contribution.Status.RECEIVED
        return contributed.here(self.request).filter(status=waiting).count()


@hooks.register("construct_homepage_panels")
def desk_first(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(Desk(request))


@hooks.register("insert_global_admin_css")
def words_as_they_print() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/editor.css"))


@hooks.register("register_admin_urls")
def sharing_urls() -> list[URLPattern]:
    return [
        path("drafts/<int:page_id>/", sharing.office, name="newsroom-sharing"),
        path(
            "drafts/<int:page_id>/<int:link_id>/revoke/",
            sharing.revoke,
            name="newsroom-sharing-revoke",
        ),
        path("checklist/<int:page_id>/", checking.checklist, name="newsroom-checklist"),
        path("calendar/", calendar.month, name="newsroom-calendar"),
        path("calendar/<int:year>/<int:month>/", calendar.month, name="newsroom-calendar-month"),
        path("contributions/", contributed.index, name="newsroom-contributions"),
        path("contributions/<int:contribution_id>/", contributed.one, name="newsroom-contribution"),
    ]


@hooks.register("construct_page_chooser_queryset")
def own_pages_to_choose(pages: Any, request: HttpRequest) -> Any:
    """Of the newspapers that who asks works for: a chooser shows drafts, too."""
    return pages.filter(own_pages(request))


@hooks.register("register_page_header_buttons")
def share_button(page: Page, user: Any, view_name: str, **_: Any) -> Iterator[Button]:
    """In the menu beside an article's headline."""
    is_article = page.content_type.model_class() is ArticlePage
    if view_name == "edit" and is_article and page.permissions_for_user(user).can_edit():
        url = reverse("newsroom-sharing", args=[page.pk])
        yield Button(gettext("Share the draft"), url, icon_name="link", priority=15)


class ContributionsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request, contributed.PERMISSION)


@hooks.register("register_admin_menu_item")
def contributions_item() -> ContributionsItem:
    return ContributionsItem(
        gettext_lazy("Contributions"),
        reverse("newsroom-contributions"),
        name="contributions",
        icon_name="mail",
        order=155,
    )


@hooks.register("register_admin_menu_item")
def calendar_item() -> MenuItem:
    return MenuItem(
        gettext_lazy("Calendar"),
        reverse("newsroom-calendar"),
        name="calendar",
        icon_name="date",
        order=150,
    )


@hooks.register("register_permissions")
def permissions() -> "QuerySet[Permission]":
    """So that the owner can let a group decide."""
    return Permission.objects.filter(
        content_type__app_label="newsroom", codename="decide_contribution"
    )
