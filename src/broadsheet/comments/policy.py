"""Who may comment where: the part of a page that the comments need to know."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from . import sheets
from .models import CommentPolicy

__all__ = ["CommentPolicy", "DiscussedPage"]


class DiscussedPage(RoutablePageMixin, models.Model):
    """Mixed into a page that readers may comment on. Its template says `{% thread page %}`."""

    comment_policy = models.CharField(
        _("comments"), max_length=12, choices=CommentPolicy.choices, default=CommentPolicy.OPEN
    )

    settings_panels: ClassVar[list[Panel]] = [FieldPanel("comment_policy")]

    class Meta:
        abstract = True

    def corrected_at(self) -> datetime | None:
        """When what it says was last corrected: comments from before are marked. Never, unless a page knows better."""
        return None

    @path("comments/<int:sheet>/")
    def later_comments(self, request: HttpRequest, sheet: int) -> HttpResponse:
        """A sheet of the discussion after the first, which stands on the page itself."""
        if not 1 < sheet <= sheets.number_of(self.pk):
            raise Http404
        response: HttpResponse = self.render(
            request, template="comments/sheet.html", context_overrides={"sheet": sheet}
        )
        return response
