"""What happens elsewhere and concerns the comments."""

from typing import Any

from django.db.models.signals import pre_delete
from wagtail.models import Page

from . import retention


def connect() -> None:
    pre_delete.connect(_on_page_leaving, sender=Page, dispatch_uid="comments.page")


def _on_page_leaving(instance: Page, **_: Any) -> None:
    retention.forget_judgements(instance.pk)
