"""How often one may write: counted over the hour that just passed, whatever the clock's hand says."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Max

from .identity import Origin
from .models import CommentSettings, ReaderComment, Report

HOUR = timedelta(hours=1)
REPORTS_PER_HOUR = 10  # from one address


class TooMany(Exception):
    """Too much came from one place; `wait` says when to try again."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"Try again in {wait.total_seconds():.0f} s.")
        self.wait = wait


@dataclass(slots=True)
class _Count:
    number: int = 0
    latest: datetime | None = None

    def add(self, number: int, latest: datetime) -> None:
        self.number += number
        self.latest = max(self.latest or latest, latest)


@dataclass(slots=True)
class Recent:
    """What came in the last hour from some networks, and from each address in them."""

    networks: dict[str, _Count] = field(default_factory=dict)
    addresses: dict[str, _Count] = field(default_factory=dict)

    def take(self, origin: Origin, settings: CommentSettings, *, now: datetime) -> None:
        """Count one more comment from `origin`; raise TooMany if it is one too many."""
        if not origin.network or not are_set(settings):
            return
        own = self.addresses.get(origin.address_hash) or _Count()
        network = self.networks.get(origin.network) or _Count()
        pause = timedelta(seconds=settings.slow_mode_seconds)
        if own.latest is not None and now - own.latest < pause:
            raise TooMany(own.latest + pause - now)
        if _is_over(own.number, settings.author_per_hour):
            raise TooMany(HOUR / 4)
        if _is_over(network.number, settings.network_per_hour):
            raise TooMany(HOUR / 4)
        self.note(origin, 1, now)

    def note(self, origin: Origin, number: int, latest: datetime) -> None:
        self.addresses.setdefault(origin.address_hash, _Count()).add(number, latest)
        self.networks.setdefault(origin.network, _Count()).add(number, latest)


def recent(asked: Iterable[tuple[Origin, CommentSettings, datetime]]) -> Recent:
    """What counts for comments from these origins, under these settings, at these times. One query, or none."""
    limited = [
        (origin.network, now)
        for origin, settings, now in asked
        if origin.network and are_set(settings)
    ]
    found = Recent()
    if not limited:
        return found
    now = max(now for _, now in limited)
    rows = ReaderComment.objects.filter(
        network__in={network for network, _ in limited},
        created_at__gt=now - HOUR,
        created_at__lte=now,
    )
    counted = rows.order_by().values_list("network", "address_hash")
    for network, address, number, latest in counted.annotate(Count("pk"), Max("created_at")):
        found.note(Origin(network, address), number, latest)
    return found


def check_report(origin: Origin, *, now: datetime) -> None:
    """Raise TooMany when a report from `origin` is one too many."""
    sent = Report.objects.filter(address_hash=origin.address_hash, created_at__gt=now - HOUR)
    if origin.address_hash and sent.count() >= REPORTS_PER_HOUR:
        raise TooMany(HOUR / 4)


def are_set(settings: CommentSettings) -> bool:
    """Does the site limit anything?"""
    return any((settings.author_per_hour, settings.network_per_hour, settings.slow_mode_seconds))


def _is_over(number: int, limit: int) -> bool:
    return 0 < limit <= number
