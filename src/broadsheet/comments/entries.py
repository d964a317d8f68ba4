"""A comment's printed form, made once when it is written, and joined with others without a template."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from . import markup
from .models import ReaderComment
from .portraits import portrait


@dataclass(frozen=True, slots=True)
class Entry:
    """One comment in a thread."""

    comment_id: int
    level: int  # 1 for a comment on the article itself
    html: str  # by `fragment`; trusted
    can_be_answered: bool = True
    answers: str = ""  # whom, where the levels don't show it
    answers_url: str = ""
    correction_url: str = ""  # of what was corrected after it was written


@dataclass(frozen=True, slots=True)
class Words:
    """What stands below each entry, in the reader's language, and where it leads."""

    root: str  # "/comments/"
    link: str
    reply: str
    report: str
    in_reply_to: str
    edited: str
    before_correction: str
    is_open: bool


def fragment(comment: ReaderComment) -> str:
    """The entry's head and text as HTML: nothing in it depends on where it stands, `join` words its times.

    Made without a template: a reader who writes waits for it.
    """
    name: str = escape(comment.author)
    if comment.web_address:
        name = f'<a href="{escape(comment.web_address)}" rel="{markup.LINK_REL}">{name}</a>'
    at = timezone.localtime(comment.created_at).isoformat(timespec="seconds")  # HTML wants no more
    time = _time(at, translation.get_language(), timezone.get_current_timezone_name())
    edited = f' <span class="comment-edited">{_("edited")}</span>' if comment.edited_at else ""
    return (
        f'<div class="comment-head">{portrait(comment.author_key)}<cite class="comment-author" dir="auto">{name}</cite>\n'
        f'  <time datetime="{at}">{time}</time>{edited}</div>\n'
        f'<div class="comment-text" dir="auto">{markup.html_of(comment.text, is_html=comment.is_html)}</div>'
    )


def placeholder(words: str) -> str:
    """What stands in the place of a comment that was removed while replies to it remain."""
    return f'<p class="comment-removed">{escape(words)}</p>'


def join(entries: Iterable[Entry], words: Words) -> SafeString:
    """The entries as nested ordered lists. Levels rise by one at a time and may fall by any number."""
    parts: list[str] = []
    level = 0
    for entry in entries:
        if entry.level > level:
            parts.append('<ol class="thread-entries">' if level == 0 else '<ol class="replies">')
        else:
            parts.append("</li>" + "</ol></li>" * (level - entry.level))
        level = entry.level
        parts.append(_item(entry, words))
    parts.append("</li></ol>" * level)
    return mark_safe(_worded("".join(parts), words))  # noqa: S308, of fragments and escaped words


def _item(entry: Entry, words: Words) -> str:
    number = entry.comment_id
    answered = (
        f'<p class="comment-answers"><a href="{escape(entry.answers_url)}">'
        f"{escape(words.in_reply_to)} {escape(entry.answers)}</a></p>"
        if entry.answers
        else ""
    )
    return f'<li class="comment" id="comment-{number}">{answered}{entry.html}{_outdated(entry, words)}{_ways(entry, words)}'


_TIMES = re.compile(
    r'(<time datetime="([^"]+)">)[^<]*</time>( <span class="comment-edited">)?[^<]*'
)


def _worded(html: str, words: Words) -> str:
    """Fragments with their times in the language and on the clock of the page, whoever wrote or published them."""
    language, zone = translation.get_language(), timezone.get_current_timezone_name()

    def worded(found: re.Match[str]) -> str:
        time = _time(found[2], language, zone)
        return f"{found[1]}{time}</time>{found[3] + words.edited if found[3] else ''}"

    return _TIMES.sub(worded, html)


@lru_cache(maxsize=8192)
def _time(written: str, language: str, zone: str) -> str:  # noqa: ARG001, they are active, and part of the key
    return escape(
        date_format(timezone.localtime(datetime.fromisoformat(written)), "DATETIME_FORMAT")
    )


def _outdated(entry: Entry, words: Words) -> str:
    if not entry.correction_url:
        return ""
    return (
        f'<p class="comment-outdated"><a href="{escape(entry.correction_url)}">'
        f"{escape(words.before_correction)}</a></p>"
    )


def _ways(entry: Entry, words: Words) -> str:
    if not entry.can_be_answered:
        return ""
    at = f"{words.root}{entry.comment_id}/"
    reply = f'<a href="{at}reply/" rel="nofollow">{words.reply}</a> ' if words.is_open else ""
    return (
        f'<p class="comment-ways"><a href="#comment-{entry.comment_id}">{words.link}</a> {reply}'
        f'<a href="{at}report/" rel="nofollow">{words.report}</a></p>'
    )
