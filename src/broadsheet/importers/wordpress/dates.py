"""WordPress's dates: local time, and the same moment in Greenwich, either of which may be all zeros."""

from datetime import UTC, datetime, tzinfo

_FORMAT = "%Y-%m-%d %H:%M:%S"


def moment(*, gmt: str, local: str, zone: tzinfo) -> datetime | None:
    """The moment that a pair of columns means, aware, in UTC. Greenwich wins; None when neither is a date."""
    for text, its_zone in ((gmt, UTC), (local, zone)):
        try:
            return datetime.strptime(text.strip(), _FORMAT).replace(tzinfo=its_zone).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None
