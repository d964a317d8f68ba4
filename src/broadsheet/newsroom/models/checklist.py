"""The check before publication, as a part of the form in which an article is edited."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.admin.panels import Panel

from . import elsewhere
from .readiness import findings


class Checklist(Panel):
    """What of the draft, as it was saved last, is missing or wrong. `newsroom/checklist.js` asks for it again after each save."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "newsroom/editor/checklist.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            now = timezone.now()  # noqa: TID251, the edge: an editor looks
            return context | checked(self.instance, now=now)


def checked(article: Any, *, now: datetime) -> dict[str, Any]:
    """What `newsroom/editor/findings.html` shows of an article; nothing of one that was never saved."""
    if article.pk is None:
        return {"article_id": None, "findings": [], "waiting": 0}
    return {
        "article_id": article.pk,
        "findings": findings(article, now=now),
        "waiting": elsewhere.waiting(article),
    }
