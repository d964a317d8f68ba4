"""Mailing the letters that ask whether an address wants the newsletter, or say that it has it already."""

import logging
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.models import Site

from broadsheet.newsroom.models import Newspaper

from . import keys
from .models import Confirmation, Subscriber

log = logging.getLogger(__name__)

AT_ONCE = 50
MOST_TRIES = 20  # the last a day after the first
LONGEST_WAIT = timedelta(hours=2)  # between two tries


def send_waiting(now: datetime, *, at_most: int = AT_ONCE) -> int:
    """Send what is due, in the language that is active; returns how many. Each is claimed by one worker."""
    due = Confirmation.objects.filter(
        sent_at=None, next_try_at__lte=now, tries__lt=MOST_TRIES
    ).select_related("subscriber")
    return sum(_send(asking, now) for asking in due.order_by("pk")[:at_most])


def _send(asking: Confirmation, now: datetime) -> int:
    later = now + min(LONGEST_WAIT, timedelta(minutes=2**asking.tries))
    mine = Confirmation.objects.filter(pk=asking.pk, sent_at=None, next_try_at=asking.next_try_at)
    if not mine.update(next_try_at=later, tries=F("tries") + 1):
        return 0
    try:
        _message(asking.subscriber, now).send()
    except OSError as error:
        log.warning("A letter that asks for a confirmation has to wait: %s", error)
        return 0
    Confirmation.objects.filter(pk=asking.pk).update(sent_at=now)
    return 1


def _message(subscriber: Subscriber, now: datetime) -> EmailMessage:
    newspaper: Newspaper = Newspaper.for_site(Site.objects.get(is_default_site=True))
    words = {
        "paper": newspaper.name,
        "days": keys.VALID_FOR.days,
        "link": keys.confirm_url(subscriber, now=now),
        "stop": keys.stop_url(subscriber.pk),
    }
    if subscriber.status == Subscriber.Status.CONFIRMED:
        subject, template = _("%(paper)s: you have subscribed already"), "already"
    else:
        subject, template = _("%(paper)s: do you want our newsletter?"), "confirm"
    body = render_to_string(f"newsletter/mail/{template}.txt", words)
    return EmailMessage(" ".join((subject % words).split()), body, to=[subscriber.email])
