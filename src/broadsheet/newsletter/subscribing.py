"""Asking for the newsletter, confirming it, and leaving it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Site

from broadsheet.comments import identity
from broadsheet.comments.authors import forget_journal
from broadsheet.comments.limits import HOUR, TooMany
from broadsheet.comments.mail_line import MOST_TRIES
from broadsheet.comments.offices import belonging_to

from .keys import VALID_FOR
from .models import Confirmation, Delivery, Edition, Subscriber

PER_DAY = 3  # letters that ask, to one address, whoever types it
PER_HOUR = 5  # requests from one network address
NETWORK_PER_HOUR = 50
KEPT = timedelta(days=1)  # a request's row, which limits need
LINKED = timedelta(
    days=60
)  # after an edition, who got it is known no more: bounces have come by then
BATCH = 500  # rows changed in one transaction


@transaction.atomic
def ask(email: str, *, site: Site, address: str, now: datetime) -> None:
    """Write to `email` whether the newsletter of the newspaper of `site` is wanted there.

    Nobody learns who has subscribed, nor one newspaper what was asked of another. Raises TooMany.
    """
    origin = identity.origin(settings.SECRET_KEY, address)
    _check_limits(origin, now)
    subscriber = _subscriber(email.strip().lower(), site, now)
    unconfirmed = Subscriber.objects.filter(pk=subscriber.pk, status=Subscriber.Status.ASKED)
    unconfirmed.update(asked_at=now)
    recent = subscriber.confirmations.filter(created_at__gt=now - timedelta(days=1))
    if recent.count() < PER_DAY:
        subscriber.confirmations.create(
            network=origin.network,
            address_hash=origin.address_hash,
            created_at=now,
            next_try_at=now,
        )


def _subscriber(email: str, site: Site, now: datetime) -> Subscriber:
    known = Subscriber.objects.filter(belonging_to(site), email=email).order_by("pk").first()
    if known is not None:
        return known
    return Subscriber.objects.get_or_create(site=site, email=email, defaults={"asked_at": now})[0]


def confirm(subscriber: Subscriber, *, now: datetime) -> None:
    """The address is the reader's own, and the newsletter is wanted."""
    asked = Subscriber.objects.filter(pk=subscriber.pk).exclude(status=Subscriber.Status.CONFIRMED)
    asked.update(status=Subscriber.Status.CONFIRMED, confirmed_at=now, bounce="")


def erase(subscriber: Subscriber) -> None:
    """No letter goes there any more, and nothing is kept of the subscriber."""
    subscriber.delete()
    forget_journal()


def export(subscriber: Subscriber) -> dict[str, Any]:
    """All that is stored of a subscriber, for the subscriber."""
    return {
        "email": subscriber.email,
        "status": subscriber.status,
        "asked_at": subscriber.asked_at,
        "confirmed_at": subscriber.confirmed_at,
        "bounce": subscriber.bounce,
        "requests": list(subscriber.confirmations.values("network", "created_at", "sent_at")),
        "letters": list(
            subscriber.deliveries.order_by("pk").values("edition__subject", "state", "handed_at")
        ),
    }


def forget(now: datetime) -> None:
    """Who did not confirm is forgotten, and so is from where it was asked, and who got an old edition."""
    old = Confirmation.objects.filter(created_at__lt=now - KEPT)
    old.exclude(sent_at=None, tries__lt=MOST_TRIES).delete()
    old.exclude(network="").update(network="", address_hash="")  # of those that still wait
    unconfirmed = Subscriber.objects.filter(
        status=Subscriber.Status.ASKED, asked_at__lt=now - VALID_FOR
    )
    gone, _by_kind = unconfirmed.delete()
    editions = Edition.objects.filter(finished_at__lt=now - LINKED)
    linked = Delivery.objects.filter(edition__in=editions, subscriber__isnull=False)
    while keys := list(linked.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        gone += Delivery.objects.filter(pk__in=keys).update(subscriber=None)
    if gone:
        forget_journal()


def _check_limits(origin: identity.Origin, now: datetime) -> None:
    if not origin.network:
        return
    sent = Confirmation.objects.filter(network=origin.network, created_at__gt=now - HOUR)
    own = sent.filter(address_hash=origin.address_hash)
    if own.count() >= PER_HOUR or sent.count() >= NETWORK_PER_HOUR:
        raise TooMany(HOUR / 4)
