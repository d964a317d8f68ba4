"""What is published, or taken down, by the clock."""

from datetime import datetime

from wagtail.models import Page, Revision


def is_anything_due(now: datetime) -> bool:
    """Would Wagtail's `publish_scheduled` find anything to do? Two short questions instead of all that it loads."""
    published = Revision.objects.filter(approved_go_live_at__lt=now)
    taken_down = Page.objects.filter(live=True, expire_at__lt=now)
    return bool(published.exists() or taken_down.exists())
