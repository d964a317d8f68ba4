"""The check before publication, as a part of the form in which an article is edited."""

from typing import Any

from django.utils import timezone
from wagtail.admin.panels import Panel

from .readiness import findings


class Checklist(Panel):
    """What of the draft, as it was saved last, is missing or wrong."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "newsroom/editor/checklist.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            now = timezone.now()  # noqa: TID251, the edge: an editor looks
            return context | {"findings": findings(self.instance, now=now)}
