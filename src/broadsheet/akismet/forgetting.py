"""What is not kept: checks past their days."""

from datetime import datetime, timedelta

from .models import Check, Key

AT_ONCE = 5000


def forget_due(now: datetime) -> int:
    """Delete checks older than their key keeps them, some at a time; lessons and figures stay. For the background worker."""
    forgotten = 0
    for key_id, days in Key.objects.values_list("pk", "keep_days"):
        old = Check.objects.filter(key=key_id, checked_at__lt=now - timedelta(days=days))
        forgotten += Check.objects.filter(
            pk__in=list(old.values_list("pk", flat=True)[:AT_ONCE])
        ).delete()[0]
    return forgotten
