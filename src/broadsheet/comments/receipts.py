"""The private link of a comment: who has it may see, change and take back the comment.

The key is made from the comment's number by the site's secret, so the database alone gives none away.
"""

import hmac
from functools import cache

from django.conf import settings
from django.urls import reverse

from .identity import keyed_hash
from .models import ReaderComment


def key_of(comment: ReaderComment) -> str:
    """ "42-" and 32 hexadecimal digits."""
    digits = keyed_hash(
        settings.SECRET_KEY, "receipt", str(comment.pk), str(comment.receipt_number)
    )
    return f"{comment.pk}-{digits}"


def url_of(comment: ReaderComment) -> str:
    return _address().replace("KEY", key_of(comment))


@cache
def _address() -> str:
    return reverse("comments:receipt", args=["KEY"])


def find(key: str) -> ReaderComment | None:
    """The comment whose receipt has this key, unless it was revoked."""
    number, _, _digits = key.partition("-")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    comment = ReaderComment.objects.filter(pk=int(number)).first()
    if comment is None or not hmac.compare_digest(key_of(comment).encode(), key.encode()):
        return None
    return comment
