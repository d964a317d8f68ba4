"""WordPress's dates: local time, and the same moment in Greenwich, either of which may be all zeros."""

from datetime import UTC, datetime, tzinfo

_LENGTH = len(
    "2021-03-04 08:00:00"
)  # of what `fromisoformat` reads many times faster than `strptime`


def moment(*, gmt: str, local: str, zone: tzinfo) -> datetime | None:
    """The moment that a pair of columns means, aware, in UTC. Greenwich wins; None when neither is a date."""
    for text, its_zone in ((gmt, UTC), (local, zone)):
        written = text.strip()
        if len(written) != _LENGTH:
            continue
        try:
            return datetime.fromisoformat(written).replace(tzinfo=its_zone).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None
