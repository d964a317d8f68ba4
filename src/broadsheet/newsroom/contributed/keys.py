"""The private link of a contribution."""

import hmac

from django.conf import settings
from django.urls import reverse

from broadsheet.comments.identity import keyed_hash
from broadsheet.newsroom.models import Contribution


def key_of(contribution: Contribution) -> str:
    """ "42-" and 32 hexadecimal digits."""
    number = str(contribution.pk)
    created = contribution.created_at.isoformat()
    return f"{number}-{keyed_hash(settings.SECRET_KEY, 'contribution', number, created)}"


def url_of(contribution: Contribution) -> str:
    return reverse("contribution", args=[key_of(contribution)])


def find(key: str) -> Contribution | None:
    """The contribution whose link has this key."""
    number, _, _digits = key.partition("-")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    found = Contribution.objects.filter(pk=int(number)).first()
    if found is None or not hmac.compare_digest(key_of(found).encode(), key.encode()):
        return None
    return found
