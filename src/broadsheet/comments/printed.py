"""Bringing the discussion on a printed page up to date, without printing the rest of the page.

A page says in a comment before its discussion what it decides about it, and in one after it where it ends:

    <!--discussion {"page_id": 7, …}--> … <!--/discussion-->

Where the number of comments stands apart from them, it says in which language: <!--count de-->3 Kommentare<!--/count-->

Readers can't write such a thing: no comment of HTML gets through the cleaning of what they write.
"""

import json
import re
from functools import partial
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import formats, timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import threads
from .memory import once
from .threads import Frame, Thread

_END = b"<!--/discussion-->"
_BEGINNING = re.compile(rb"<!--discussion (\{[^>]*\})-->")
_COUNT = re.compile(rb"<!--count ([\w-]+)-->[^<]*<!--/count-->")


def refreshed(page: bytes) -> bytes | None:
    """The page with its discussion as it is now; None if it has none, or its sheet is gone."""
    found = _BEGINNING.search(page)
    end = page.find(_END, found.end()) if found else -1
    if found is None or end < 0:
        return None
    decided = json.loads(found[1])
    language, zone = decided.pop("language"), ZoneInfo(decided.pop("zone", "UTC"))
    with translation.override(language), timezone.override(zone):
        thread = threads.discussion(Frame(**decided))
        if thread is None:
            return None
        body = printed(thread)
    before = _COUNT.sub(partial(_counted_anew, thread.count), page[: found.start()])
    return before + body.encode() + page[end + len(_END) :]


def counted(number: int) -> SafeString:
    """How many comments there are, in words of the language that is active, with its marks."""
    words = _("Comments")
    if number:
        words = ngettext("%(count)s comment", "%(count)s comments", number) % {
            "count": formats.number_format(number)
        }
    return format_html("<!--count {}-->{}<!--/count-->", translation.get_language(), words)


def _counted_anew(number: int, mark: re.Match[bytes]) -> bytes:
    with translation.override(mark[1].decode()):
        return counted(number).encode()


def printed(thread: Thread) -> SafeString:
    """The discussion with its marks, in the language and on the clock that are active."""
    language = translation.get_language()
    decided = {name: getattr(thread.frame, name) for name in Frame.__slots__} | {
        "language": language,
        "zone": timezone.get_current_timezone_name(),
    }
    mark = json.dumps(decided, sort_keys=True).replace(">", "\\u003e")
    is_silent = not (thread.count or thread.entries or thread.earlier_url or thread.later_url)
    inside = (
        once(("silent discussion", language, thread.frame.is_open), lambda: _inside(thread))
        if is_silent  # then nothing in it is this page's own
        else _inside(thread)
    )
    return mark_safe(f"<!--discussion {mark}-->{inside}{_END.decode()}")  # noqa: S308, a template and numbers


def _inside(thread: Thread) -> SafeString:
    return render_to_string("comments/discussion.html", {"thread": thread})
