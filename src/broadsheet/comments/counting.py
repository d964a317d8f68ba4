"""Counts of comments on lists of articles. They follow a little later, so that a comment reprints its own page only."""

from django.db import transaction
from django.db.models import F

from .models import Discussion
from .signals import counts_changed

AT_ONCE = 200  # pages


@transaction.atomic
def bring_up_to_date() -> int:
    """Let lists show how many comments there are now; returns for how many pages. For the background worker."""
    behind = Discussion.objects.exclude(published=F("listed")).order_by("page_id")
    page_ids = list(behind.values_list("page_id", flat=True)[:AT_ONCE])
    if page_ids:
        Discussion.objects.filter(page_id__in=page_ids).update(listed=F("published"))
        counts_changed.send(Discussion, page_ids=page_ids)
    return len(page_ids)
