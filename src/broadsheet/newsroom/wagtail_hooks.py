"""What the newsroom adds to Wagtail's editor."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component

from .models import ArticlePage, SectionPage


class Desk(Component):
    """The first thing on the dashboard: where to begin an article, and which drafts wait."""

    name = "desk"
    order = 50
    template_name = "newsroom/editor/desk.html"
    DRAFTS = 8

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
        }


@hooks.register("construct_homepage_panels")
def desk_first(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(Desk(request))
