"""Sending what the newsroom has noted for hubs and search engines; never into a private network."""

import http.client
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from broadsheet.akismet.callbacks import post, target_of
from broadsheet.newsroom import announcing
from broadsheet.newsroom.announcing import Message
from broadsheet.newsroom.models import Announcement
from broadsheet.newsroom.models.announcements import Channel
from broadsheet.newsroom.outgoing import Refused

from .locality import the_newspaper

logger = logging.getLogger(__name__)

AT_ONCE = 100  # addresses in one message
# After a failed attempt; then it is given up.
PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))


def send_due(now: datetime, *, allow_private: bool = False) -> None:
    """At most one message to the hub and one to IndexNow. For the background worker."""
    newspaper = the_newspaper()
    hub = newspaper.hub
    _send(
        Channel.HUB,
        (lambda paths: announcing.hub_message(hub, paths)) if hub else None,
        now=now,
        allow_private=allow_private,
    )
    _send(
        Channel.INDEXNOW,
        announcing.indexnow_message if newspaper.uses_indexnow else None,
        now=now,
        allow_private=allow_private,
    )


def _send(
    channel: Channel,
    message_of: Callable[[Sequence[str]], Message] | None,
    *,
    now: datetime,
    allow_private: bool,
) -> None:
    """`message_of` None: nobody wants it any more."""
    due = Announcement.objects.filter(channel=channel, due_at__lte=now)
    rows = list(due.order_by("due_at", "pk")[:AT_ONCE])
    if rows and message_of is not None:
        message = message_of([row.path for row in rows])
        is_done = _post(message, allow_private=allow_private)
    else:
        is_done = True
    _note(rows, is_done=is_done, now=now)


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
