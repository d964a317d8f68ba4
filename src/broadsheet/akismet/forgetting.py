"""What is not kept: checks past their days."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from broadsheet.learning import log, trainer

from .models import Check, Key

AT_ONCE = 5000


def forget_due(now: datetime) -> int:
    """Delete all checks older than their key keeps them, some at a time, and what they lent the shared filter's log.

    Lessons and figures stay. For the background worker.
    """
    forgotten = 0
    for key_id, days in Key.objects.values_list("pk", "keep_days"):
        old = Check.objects.filter(key=key_id, checked_at__lt=now - timedelta(days=days))
        while numbers := list(old.values_list("pk", flat=True)[:AT_ONCE]):
            forgotten += _forget(numbers)
    return forgotten


def _forget(numbers: Sequence[int]) -> int:
    checks = Check.objects.filter(pk__in=numbers)
    lent = list(checks.filter(shared__isnull=False).values_list("shared", flat=True))
    if lent:
        trainer.keep_what_was_learnt()
    with transaction.atomic():
        if lent:
            log.erase(judgement_ids=lent, unlearn=False)
        return checks.delete()[0]
