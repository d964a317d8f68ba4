"""Readers' reports: kept once for each reader and comment, until a moderator decides."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from . import identity, limits
from .models import Report


def report(*, comment_id: int, reason: str, text: str, address: str, now: datetime) -> None:
    """Tell the moderators of a comment. The same reader's second report on it changes nothing. Raises limits.TooMany."""
    origin = identity.origin(settings.SECRET_KEY, address)
    limits.check_report(origin, now=now)
    try:
        with transaction.atomic():
            Report.objects.create(
                comment_id=comment_id,
                reason=reason,
                text=text[:1000],
                created_at=now,
                address_hash=origin.address_hash,
                network=origin.network,
            )
    except IntegrityError:
        return
