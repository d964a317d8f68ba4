"""Making, finding and revoking links to drafts."""

import hmac
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from broadsheet.comments.identity import keyed_hash
from broadsheet.newsroom.addresses import absolute
from broadsheet.newsroom.models import ArticlePage, DraftLink

LONGEST = timedelta(days=90)


def create(
    article: ArticlePage, *, name: str, by: Any, lasts: timedelta, now: datetime
) -> DraftLink:
    """A link that shows the article's newest draft for `lasts`, at most LONGEST."""
    return DraftLink.objects.create(
        article=article,
        name=name,
        created_by=by,
        created_at=now,
        expires_at=now + min(lasts, LONGEST),
    )


def revoke(link_id: int, *, article: ArticlePage, now: datetime) -> None:
    """It shows nothing from now on. Revoking twice changes nothing."""
    DraftLink.objects.filter(pk=link_id, article=article, revoked_at=None).update(revoked_at=now)


def key_of(link: DraftLink) -> str:
    """ "42-" and 32 hexadecimal digits."""
    digits = keyed_hash(
        settings.SECRET_KEY,
        "draft",
        str(link.pk),
        str(link.article_id),
        link.expires_at.isoformat(),
    )
    return f"{link.pk}-{digits}"


def address_of(link: DraftLink) -> str:
    return absolute(reverse("draft", args=[key_of(link)]))


def find(key: str) -> DraftLink | None:
    """The link with this key, open or not; None for a key that was never given out."""
    number, _, _digits = key.partition("-")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    link = DraftLink.objects.filter(pk=int(number)).first()
    if link is None or not hmac.compare_digest(key_of(link).encode(), key.encode()):
        return None
    return link
