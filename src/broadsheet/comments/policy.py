"""Who may comment where: the part of a page that the comments need to know."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel


class CommentPolicy(models.TextChoices):
    """What happens to a new comment before the filter is asked."""

    OPEN = "OPEN", _("Open")
    PREMODERATED = "PREMODERATED", _("Each waits for a moderator")
    CLOSED = "CLOSED", _("Closed")


class DiscussedPage(models.Model):
    """Mixed into a page that readers may comment on."""

    comment_policy = models.CharField(
        _("comments"), max_length=12, choices=CommentPolicy.choices, default=CommentPolicy.OPEN
    )

    settings_panels: ClassVar[list[Panel]] = [FieldPanel("comment_policy")]

    class Meta:
        abstract = True
