"""Mailing contributors that something has changed. A mail carries the private link and the status, no word of anybody's."""

import logging
from datetime import datetime

from django.core.mail import EmailMessage
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from broadsheet.comments.addresses import sender_of
from broadsheet.comments.mail_line import MOST_TRIES, MailLine, MailServerAway, next_try
from broadsheet.comments.offices import or_the_first
from broadsheet.newsroom.addresses import absolute
from broadsheet.newsroom.locality import writing_for
from broadsheet.newsroom.models import Contribution, ContributionLetter, Newspaper

from . import keys
from .actions import DAY

log = logging.getLogger(__name__)

AT_ONCE = 20


def send_waiting(now: datetime) -> int:
    """Send what is due; returns how many. Several workers may run: each letter is claimed by one."""
    due = ContributionLetter.objects.filter(
        sent_at=None, next_try_at__lte=now, tries__lt=MOST_TRIES
    ).select_related("contribution__site__root_page")
    sent = 0
    with MailLine() as line:
        for letter in due.order_by("pk")[:AT_ONCE]:
            try:
                sent += _send(letter, line, now)
            except MailServerAway as error:
                log.warning("Letters to contributors have to wait: %s", error)
                break  # the others keep their tries
            except OSError as error:
                log.warning("A letter to a contributor has to wait: %s", error)
    return sent


def forget(now: datetime) -> None:
    """After a day nobody needs to know from where something was sent, nor which letters went, or could not."""
    Contribution.objects.filter(created_at__lt=now - DAY).exclude(address_hash="").update(
        address_hash=""
    )
    over = Q(sent_at__lt=now - DAY) | Q(sent_at=None, tries__gte=MOST_TRIES)
    ContributionLetter.objects.filter(over).delete()


def _send(letter: ContributionLetter, line: MailLine, now: datetime) -> int:
    """Returns whether it was. Raises OSError."""
    later = next_try(now, tries=letter.tries)
    mine = ContributionLetter.objects.filter(
        pk=letter.pk, sent_at=None, next_try_at=letter.next_try_at
    )
    if not mine.update(next_try_at=later, tries=F("tries") + 1) or not letter.contribution.email:
        return 0
    message = _message(letter.contribution)
    line.send(message)
    ContributionLetter.objects.filter(pk=letter.pk).update(sent_at=now)
    return 1


def _message(contribution: Contribution) -> EmailMessage:
    """In the name of its newspaper, and the language in which it was sent."""
    site = or_the_first(contribution.site)
    with writing_for(site) as newspaper:
        language = contribution.language or translation.get_language()
        with translation.override(language):
            return _written(contribution, newspaper)


def _written(contribution: Contribution, newspaper: Newspaper) -> EmailMessage:
    words = {
        "paper": newspaper.name,
        "status": contribution.get_status_display(),
        "url": absolute(keys.url_of(contribution)),
    }
    return EmailMessage(
        subject=_("%(paper)s: your contribution") % words,
        body=render_to_string("newsroom/contributed/mail/changed.txt", words),
        from_email=sender_of(newspaper.site, newspaper.name),
        to=[contribution.email],
        reply_to=[newspaper.contact] if newspaper.contact else None,
    )
