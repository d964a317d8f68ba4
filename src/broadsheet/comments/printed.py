"""Bringing the discussion on a printed page up to date, without printing the rest of the page.

A page says in a comment before its discussion what it decides about it, and in one after it where it ends:

    <!--discussion {"page_id": 7, …}--> … <!--/discussion-->

Readers can't write such a thing: no comment of HTML gets through the cleaning of what they write.
"""

import dataclasses
import json
import re
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe

from . import queries
from .queries import Frame, Thread

_END = b"<!--/discussion-->"
_BEGINNING = re.compile(rb"<!--discussion (\{[^>]*\})-->")


def refreshed(page: bytes) -> bytes | None:
    """The page with its discussion as it is now; None if it has none, or its sheet is gone."""
    found = _BEGINNING.search(page)
    end = page.find(_END, found.end()) if found else -1
    if found is None or end < 0:
        return None
    decided = json.loads(found[1])
    language, zone = decided.pop("language"), ZoneInfo(decided.pop("zone", "UTC"))
    with translation.override(language), timezone.override(zone):
        thread = queries.discussion(Frame(**decided))
        if thread is None:
            return None
        body = printed(thread)
    return page[: found.start()] + body.encode() + page[end + len(_END) :]


def printed(thread: Thread) -> SafeString:
    """The discussion with its marks, in the language and on the clock that are active."""
    decided = dataclasses.asdict(thread.frame) | {
        "language": translation.get_language(),
        "zone": timezone.get_current_timezone_name(),
    }
    mark = json.dumps(decided, sort_keys=True).replace(">", "\\u003e")
    inside = render_to_string("comments/discussion.html", {"thread": thread})
    return mark_safe(f"<!--discussion {mark}-->{inside}{_END.decode()}")  # noqa: S308, a template and numbers
