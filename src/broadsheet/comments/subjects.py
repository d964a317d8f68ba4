"""Everything of one person, found by the e-mail address. The link to it goes to that address only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from wagtail.models import Page, Site

from . import authors, exporting, identity, letters, places
from .addresses import base_of
from .models import ReaderComment, Status

VALID_FOR = timedelta(days=1)
SALT = "broadsheet.comments.subject"


@dataclass(frozen=True, slots=True)
class Own:
    """A comment as its author finds it on the list of all."""

    article: str
    article_url: str
    status: str  # in words
    text: str
    created_at: datetime


def ask(email: str, *, now: datetime) -> None:
    """Mail the link to whoever reads that address, if something was written with it; nobody learns whether."""
    comment = _of(identity.email_hash(settings.SECRET_KEY, email)).order_by("-pk").first()
    if email.strip() and comment is not None:
        letters.send_own_data(comment, now=now)


def key_of(comment: ReaderComment) -> str:
    """The secret part of the link; it works for a day."""
    return signing.TimestampSigner(salt=SALT).sign(comment.email_hash)


def find(key: str) -> str | None:
    """The hash of the e-mail address that the link was mailed to; None for another link, or a late one."""
    try:
        return signing.TimestampSigner(salt=SALT).unsign(key, max_age=VALID_FOR)
    except signing.BadSignature:
        return None


def _address(page: Page, papers: Mapping[int, Site]) -> str:
    """A path where there is but one newspaper: what an author wrote may be in several."""
    parts = page.get_url_parts()
    site_id, path = (parts[0], parts[2] or "/") if parts else (0, "/")
    return base_of(papers.get(site_id)) + path if len(papers) > 1 else path


def comments(email_hash: str) -> list[Own]:
    """What is stored of the author, newest first. Two queries, and what Wagtail asks to know its sites."""
    papers = Site.objects.in_bulk()
    return [
        Own(
            article=comment.page.title,
            article_url=_address(comment.page, papers),
            status=str((Status.HELD if comment.silently else Status(comment.status)).label),
            text=comment.text,
            created_at=comment.created_at,
        )
        for comment in _of(email_hash).select_related("page").order_by("-pk")
    ]


def export(email_hash: str) -> list[dict[str, Any]]:
    """All that is stored, comment by comment."""
    return exporting.export(list(_of(email_hash).order_by("pk")))


def erase(email_hash: str, *, now: datetime) -> int:
    """Remove everything that the author wrote or left behind; returns the number of comments.

    Whether the filter unlearns is as the site says on which the author wrote last.
    """
    newest = _of(email_hash).select_related("page").order_by("-pk").first()
    if newest is None:
        return 0
    comment_ids = list(_of(email_hash).values_list("pk", flat=True))
    authors.erase(comment_ids=comment_ids, unlearn=_unlearns(newest), now=now)
    return len(comment_ids)


def with_same_address(comment: ReaderComment) -> int:
    """How many comments their author has written, as far as the address tells."""
    return _of(comment.email_hash).count() if comment.email_hash else 1


def erase_author_of(comment: ReaderComment, *, now: datetime) -> int:
    """The same for the author of `comment`; without an address, the comment alone."""
    if comment.email_hash:
        return erase(comment.email_hash, now=now)
    authors.erase(comment_ids=[comment.pk], unlearn=_unlearns(comment), now=now)
    return 1


def _unlearns(comment: ReaderComment) -> bool:
    return places.settings_of(comment.page).unlearn_erased


def _of(email_hash: str) -> "QuerySet[ReaderComment]":
    return ReaderComment.objects.filter(email_hash=email_hash).exclude(email_hash="")
