"""What came back: marked on the subscriber, who gets no more letters when the address is dead."""

from django.db import transaction

from . import keys
from .dsn import Bounce
from .models import Delivery, Subscriber

MOST_SOFT = (
    3  # letters in a row that come back, each for a passing trouble: then an address counts as dead
)


def note(bounce: Bounce) -> bool:
    """Mark what a report tells; False when it is about no letter of ours, or was told before."""
    delivery = keys.delivery_of(bounce.message_id)
    return delivery is not None and mark(
        delivery, is_final=bounce.is_final, words=f"{bounce.status} {bounce.words}".strip()
    )


@transaction.atomic
def mark(delivery: Delivery, *, is_final: bool, words: str) -> bool:
    """A letter came back. False when that is known already."""
    told = Delivery.objects.filter(pk=delivery.pk).exclude(state=Delivery.State.BOUNCED)
    if not told.update(state=Delivery.State.BOUNCED):
        return False
    if delivery.subscriber_id is None:
        return True
    subscriber = Subscriber.objects.filter(pk=delivery.subscriber_id)
    subscriber.update(bounce=words[:200])
    if is_final or _came_back_again_and_again(delivery.subscriber_id):
        subscriber.update(status=Subscriber.Status.BOUNCED)
    return True


def _came_back_again_and_again(subscriber_id: int) -> bool:
    gone = (Delivery.State.SENT, Delivery.State.BOUNCED)
    latest = Delivery.objects.filter(subscriber=subscriber_id, state__in=gone).order_by("-pk")
    states = list(latest.values_list("state", flat=True)[:MOST_SOFT])
    return states == [Delivery.State.BOUNCED] * MOST_SOFT
