"""Subscribers, editions and mail servers, saying only what matters to a test."""

import re
import smtplib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from wagtail.models import Site

from broadsheet.newsletter import dispatch, editions
from broadsheet.newsletter.models import Edition, NewsletterSettings, Subscriber
from tests import builders
from tests.clock import NOON


def offered(site: Site | None = None, **settings: Any) -> NewsletterSettings:
    """The newspaper of `site`, or the first, offers a newsletter."""
    builders.a_section()
    found: NewsletterSettings = NewsletterSettings.for_site(site or builders.the_site())
    for name, value in ({"is_offered": True} | settings).items():
        setattr(found, name, value)
    found.save()
    return found


def subscribers(
    number: int = 1,
    status: str = Subscriber.Status.CONFIRMED,
    *,
    site: Site | None = None,
) -> list[Subscriber]:
    """Of the newspaper of `site`, or the first."""
    site = site or builders.the_site()
    return Subscriber.objects.bulk_create(
        Subscriber(site=site, email=f"reader-{n}@mail.example", status=status, asked_at=NOON)
        for n in range(number)
    )


def an_edition(**fields: Any) -> Edition:
    """A draft with something in it, of the first newspaper unless `site` says another."""
    site = fields.setdefault("site", builders.the_site())
    offered(site)
    return Edition.objects.create(
        **{"subject": "The week", "introduction": "Dear readers, *it rained*."} | fields
    )


def a_sent_letter(now: datetime = NOON) -> EmailMessage:
    """One edition went to one reader."""
    subscribers()
    editions.schedule(an_edition().pk, at=now)
    dispatch.send_waiting(now)
    return mail.outbox[-1]


def links(message: EmailMessage) -> list[str]:
    """The paths of the links in a mail."""
    return re.findall(r"https?://[^/\s]+(/\S+)", str(message.body))


class MailServer(BaseEmailBackend):
    """Takes letters, save for those to addresses in `says`; what it does then is written there."""

    taken: ClassVar[list[str]] = []
    says: ClassVar[dict[str, BaseException]] = {}

    def open(self) -> bool:
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            error = self.says.get(message.to[0])
            if error is not None:
                raise error
            self.taken.append(message.to[0])
        return len(email_messages)


class Killed(BaseException):
    """The process ends here."""


def refused(address: str, code: int) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({address: (code, b"no such user")})
