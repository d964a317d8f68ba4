"""Mailing the letters that ask whether an address wants the newsletter, or say that it has it already."""

import logging
from datetime import datetime

from django.core.mail import EmailMessage
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.models import Site

from broadsheet.comments.mail_line import MOST_TRIES, next_try
from broadsheet.comments.offices import belonging_to
from broadsheet.newsroom.locality import writing_for

from . import keys, outgoing
from .models import Confirmation, Subscriber
from .outgoing import Sender

log = logging.getLogger(__name__)

AT_ONCE = 50


def newspapers_that_ask(now: datetime) -> list[Site]:
    """Whose letters are due. Two queries; one where none are."""
    due = _due(now).order_by().values_list("subscriber__site", flat=True).distinct()
    numbers = set(due)
    if not numbers:
        return []
    sites = Site.objects.select_related("root_page").order_by("pk")
    return [
        site for site in sites if site.pk in numbers or (site.is_default_site and None in numbers)
    ]


def send_waiting(site: Site, now: datetime, *, at_most: int = AT_ONCE) -> int:
    """Send what is due of a newspaper, in its language; returns how many. Each is claimed by one worker."""
    due = _due(now).filter(belonging_to(site, "subscriber__site")).select_related("subscriber")
    with writing_for(site):
        by = outgoing.sender(site)
        return sum(_send(asking, by, now) for asking in due.order_by("pk")[:at_most])


def _due(now: datetime) -> "QuerySet[Confirmation]":
    return Confirmation.objects.filter(sent_at=None, next_try_at__lte=now, tries__lt=MOST_TRIES)


def _send(asking: Confirmation, by: Sender, now: datetime) -> int:
    later = next_try(now, tries=asking.tries)
    mine = Confirmation.objects.filter(pk=asking.pk, sent_at=None, next_try_at=asking.next_try_at)
    if not mine.update(next_try_at=later, tries=F("tries") + 1):
        return 0
    try:
        _message(asking.subscriber, by, now).send()
    except OSError as error:
        log.warning("A letter that asks for a confirmation has to wait: %s", error)
        return 0
    Confirmation.objects.filter(pk=asking.pk).update(sent_at=now)
    return 1


def _message(subscriber: Subscriber, by: Sender, now: datetime) -> EmailMessage:
    words = {
        "paper": by.name,
        "days": keys.VALID_FOR.days,
        "link": keys.confirm_url(subscriber, now=now),
        "stop": keys.stop_url(subscriber.pk),
    }
    if subscriber.status == Subscriber.Status.CONFIRMED:
        subject, template = _("%(paper)s: you have subscribed already"), "already"
    else:
        subject, template = _("%(paper)s: do you want our newsletter?"), "confirm"
    body = render_to_string(f"newsletter/mail/{template}.txt", words)
    return EmailMessage(
        " ".join((subject % words).split()), body, from_email=by.line, to=[subscriber.email]
    )
