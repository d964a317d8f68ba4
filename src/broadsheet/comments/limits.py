"""How often one may write: counted over the hour that just passed, whatever the clock's hand says."""

from datetime import datetime, timedelta

from django.db.models import Count, Max, Q

from .identity import Origin
from .models import CommentSettings, ReaderComment, Report

HOUR = timedelta(hours=1)
REPORTS_PER_HOUR = 10  # from one address


class TooMany(Exception):
    """Too much came from one place; `wait` says when to try again."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"Try again in {wait.total_seconds():.0f} s.")
        self.wait = wait


def check_comment(origin: Origin, *, settings: CommentSettings, now: datetime) -> None:
    """Raise TooMany when a comment from `origin` is one too many. One query."""
    limits = (settings.author_per_hour, settings.network_per_hour, settings.slow_mode_seconds)
    if not origin.network or not any(limits):
        return
    own = Q(address_hash=origin.address_hash)
    recent = ReaderComment.objects.filter(
        network=origin.network, created_at__gt=now - HOUR, created_at__lte=now
    )
    found = recent.order_by().aggregate(
        network=Count("pk"), own=Count("pk", filter=own), latest=Max("created_at", filter=own)
    )
    pause = timedelta(seconds=settings.slow_mode_seconds)
    if found["latest"] is not None and now - found["latest"] < pause:
        raise TooMany(found["latest"] + pause - now)
    if _is_over(found["own"], settings.author_per_hour):
        raise TooMany(HOUR / 4)
    if _is_over(found["network"], settings.network_per_hour):
        raise TooMany(HOUR / 4)


def check_report(origin: Origin, *, now: datetime) -> None:
    """Raise TooMany when a report from `origin` is one too many."""
    sent = Report.objects.filter(address_hash=origin.address_hash, created_at__gt=now - HOUR)
    if origin.address_hash and sent.count() >= REPORTS_PER_HOUR:
        raise TooMany(HOUR / 4)


def _is_over(number: int, limit: int) -> bool:
    return 0 < limit <= number
