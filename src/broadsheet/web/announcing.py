"""Sending what the newsroom has noted for hubs and search engines; never into a private network."""

import http.client
import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from wagtail.models import Site

from broadsheet.akismet.callbacks import post, target_of
from broadsheet.newsroom import announcing
from broadsheet.newsroom.announcing import Message
from broadsheet.newsroom.locality import the_newspaper
from broadsheet.newsroom.models import Announcement, Newspaper
from broadsheet.newsroom.models.announcements import Channel
from broadsheet.newsroom.outgoing import Refused
from broadsheet.newsroom.papers import at_home_of

logger = logging.getLogger(__name__)

AT_ONCE = 100  # addresses in one message
LOOKED_AT = 1_000  # addresses in one look, of all newspapers
# After a failed attempt; then it is given up.
PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))


def send_due(now: datetime, *, allow_private: bool = False) -> None:
    """At most one message to the hub of each newspaper, and one to IndexNow. For the background worker."""
    due = (
        Announcement.objects.filter(due_at__lte=now).select_related("site").order_by("due_at", "pk")
    )
    rows: defaultdict[tuple[Site | None, str], list[Announcement]] = defaultdict(list)
    for row in due[:LOOKED_AT]:
        rows[row.site, row.channel].append(row)
    for (site, channel), of_paper in rows.items():
        with at_home_of(site):
            _send(Channel(channel), of_paper[:AT_ONCE], site, now=now, allow_private=allow_private)


def _send(
    channel: Channel,
    rows: Sequence[Announcement],
    site: Site | None,
    *,
    now: datetime,
    allow_private: bool,
) -> None:
    newspaper = Newspaper.for_site(site) if site is not None else the_newspaper()
    message = _message(channel, newspaper, [row.path for row in rows])
    is_done = message is None or _post(message, allow_private=allow_private)
    _note(rows, is_done=is_done, now=now)


def _message(channel: Channel, newspaper: Newspaper, paths: Sequence[str]) -> Message | None:
    """None: nobody wants it any more."""
    if channel == Channel.HUB:
        return announcing.hub_message(newspaper.hub, paths) if newspaper.hub else None
    return announcing.indexnow_message(paths) if newspaper.uses_indexnow else None


def _post(message: Message, *, allow_private: bool) -> bool:
    """False: it may be tried again."""
    try:
        target = target_of(message.url, site=urlsplit(message.url).netloc)
        headers = {"Content-Type": message.content_type}
        status = post(target, message.body, headers, allow_private=allow_private)
    except Refused as error:
        logger.warning("%s is not told of what is new: %s", message.url, error)
        return True
    except (OSError, http.client.HTTPException, ValueError) as error:
        logger.info("%s could not be told of what is new: %s", message.url, error)
        return False
    if not 200 <= status < 300:
        logger.info("%s answered %s when told of what is new", message.url, status)
    return 200 <= status < 300


def _note(rows: Sequence[Announcement], *, is_done: bool, now: datetime) -> None:
    """A row that was ordered anew meanwhile stays: its time is another."""
    for row in rows:
        same = Announcement.objects.filter(pk=row.pk, due_at=row.due_at)
        if is_done or row.attempts >= len(PAUSES):
            same.delete()
        else:
            same.update(due_at=now + PAUSES[row.attempts], attempts=row.attempts + 1)
