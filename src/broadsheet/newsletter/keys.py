"""What the newsletter signs: links in letters, and the numbers of letters themselves."""

import re
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from broadsheet.comments.identity import keyed_hash
from broadsheet.newsroom.addresses import absolute

from .models import Delivery, Subscriber

VALID_FOR = timedelta(days=7)  # a link that confirms; who has not by then is forgotten
_SALT = "broadsheet.newsletter.confirm"
_MESSAGE = re.compile(r"<?newsletter\.(\d{1,18})\.([0-9a-f]{32})@[^>\s]+>?")


class Expired(Exception):
    """The link that confirms is too old."""


def confirm_url(subscriber: Subscriber, *, now: datetime) -> str:
    """The absolute address in the letter that asks; it works until `now` + VALID_FOR."""
    key = signing.Signer(salt=_SALT).sign(f"{subscriber.pk}-{int(now.timestamp())}")
    return absolute(reverse("newsletter:confirm", args=[key]))


def to_confirm(key: str, *, now: datetime) -> Subscriber | None:
    """Whom the link asks; None for a link that is not ours, or somebody who is gone. Raises Expired."""
    try:
        number, _, signed_at = signing.Signer(salt=_SALT).unsign(key).partition("-")
    except signing.BadSignature:
        return None
    if now > datetime.fromtimestamp(int(signed_at), UTC) + VALID_FOR:
        raise Expired
    return Subscriber.objects.filter(pk=int(number)).first()


def stop_url(subscriber_id: int) -> str:
    """The absolute address by which a subscriber unsubscribes, and sees what is stored. It does not expire."""
    return absolute(reverse("newsletter:stop", args=[_stop_key(subscriber_id)]))


def to_stop(key: str) -> Subscriber | None:
    """The subscriber whose link this is."""
    number = key.partition("-")[0]
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    if not constant_time_compare(_stop_key(int(number)), key):
        return None
    return Subscriber.objects.filter(pk=int(number)).first()


def message_id(delivery_id: int, *, domain: str) -> str:
    """The Message-ID of a letter: the same whenever it is sent, and nobody else can make it."""
    return f"<newsletter.{delivery_id}.{_digits('newsletter.letter', delivery_id)}@{domain}>"


def delivery_of(message_id: str) -> Delivery | None:
    """The delivery whose letter has this Message-ID, if it is one of ours."""
    found = _MESSAGE.fullmatch(message_id.strip())
    if found is None:
        return None
    number = int(found[1])
    if not constant_time_compare(_digits("newsletter.letter", number), found[2]):
        return None
    return Delivery.objects.select_related("subscriber").filter(pk=number).first()


def _stop_key(subscriber_id: int) -> str:
    return f"{subscriber_id}-{_digits('newsletter.stop', subscriber_id)}"


def _digits(purpose: str, number: int) -> str:
    return keyed_hash(settings.SECRET_KEY, purpose, str(number))
