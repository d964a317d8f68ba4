"""Making, rotating and revoking keys. The key itself is returned once and kept nowhere."""

from datetime import datetime, timedelta

from django.db import transaction

from . import keys
from .models import Key
from .register import pepper

FORMER_KEY_GOOD_FOR = timedelta(days=7)


def issue(key: Key, *, now: datetime) -> str:
    """Save the new `key` and return its twelve characters."""
    secret = keys.make()
    key.digest, key.beginning, key.created_at = _digest(secret), secret[:3], now
    key.save()
    return secret


@transaction.atomic
def rotate(key_id: int, *, now: datetime) -> str:
    """Give a key new characters; the former ones are good for FORMER_KEY_GOOD_FOR."""
    key = Key.objects.select_for_update().get(pk=key_id)
    secret = keys.make()
    key.former_digest, key.former_until = key.digest, now + FORMER_KEY_GOOD_FOR
    key.digest, key.beginning = _digest(secret), secret[:3]
    key.save(update_fields=["digest", "beginning", "former_digest", "former_until"])
    return secret


def revoke(key_id: int, *, now: datetime) -> None:
    """Shut a key out for good. What it taught and its figures stay."""
    Key.objects.filter(pk=key_id, revoked_at=None).update(
        revoked_at=now, former_digest="", former_until=None
    )


def _digest(secret: str) -> str:
    return keys.digest(secret, pepper=pepper())
