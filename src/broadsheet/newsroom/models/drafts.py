"""Links that show an unpublished article to people without an account."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftLink(models.Model):
    """One link to an article's newest draft. Its key is made from its number by the site's secret, and is not stored."""

    article = models.ForeignKey(
        "newsroom.ArticlePage", on_delete=models.CASCADE, related_name="draft_links"
    )
    name = models.CharField(
        _("for whom"), max_length=120, help_text=_("So that you know which link to revoke.")
    )
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def is_open(self, *, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at
