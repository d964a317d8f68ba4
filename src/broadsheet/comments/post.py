"""Mailing the letters that wait: receipts, confirmations, and replies, several of them in one."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from wagtail.models import Page

from . import receipts, subjects
from .addresses import base_of, sender_of
from .identity import keyed_hash
from .mail_line import MOST_TRIES, MailLine, MailServerAway, next_try
from .models import Letter, ReaderComment, Status, Subscription

log = logging.getLogger(__name__)

AT_ONCE = 50
BETWEEN_DIGESTS = timedelta(hours=1)  # replies that come in the meantime are told together
KEPT = timedelta(days=2)  # a sent letter's row stays so long, to count what an address gets


def send_waiting(now: datetime) -> int:
    """Send what is due; returns the number of mails. Several workers may run: each letter is claimed by one."""
    Letter.objects.filter(sent_at__lt=now - KEPT).delete()
    due = (
        Letter.objects.filter(sent_at=None, next_try_at__lte=now)
        .exclude(kind=Letter.Kind.REPLY, subscription__told_at__gt=now - BETWEEN_DIGESTS)
        .select_related("comment", "subscription")
        .order_by("pk")[:AT_ONCE]
    )
    sent = 0
    with MailLine() as line:
        for letter in due:
            if not _claim(letter, now):
                continue
            try:
                sent += _send(letter, line, now)
            except MailServerAway as error:
                _put_off(letter, error)
                break  # the others keep their tries
            except OSError as error:
                _put_off(letter, error)
    return sent


def key_of(subscription: Subscription, purpose: str) -> str:
    """The secret part of a link in a mail; `purpose` is "confirm" or "unsubscribe"."""
    digits = keyed_hash(settings.SECRET_KEY, purpose, str(subscription.pk), subscription.email_hash)
    return f"{subscription.pk}-{digits}"


def find(key: str, purpose: str) -> Subscription | None:
    """The subscription that the link belongs to."""
    number = key.partition("-")[0]
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    subscription = Subscription.objects.filter(pk=int(number)).first()
    if subscription is None or not constant_time_compare(key_of(subscription, purpose), key):
        return None
    return subscription


def _claim(letter: Letter, now: datetime) -> bool:
    """Put the next try off; whoever does that first sends the letter."""
    later = next_try(now, tries=letter.tries)
    claimed = Letter.objects.filter(
        pk=letter.pk, sent_at=None, next_try_at=letter.next_try_at
    ).update(next_try_at=later, tries=F("tries") + 1)
    return bool(claimed)


def _send(letter: Letter, line: MailLine, now: datetime) -> int:
    """Returns how many mails that took. Raises OSError."""
    with translation.override(letter.comment.language or translation.get_language()):
        message = _message(letter)
    waiting = _same_digest(letter)
    if message is not None:
        line.send(message)
    Letter.objects.filter(pk__in=[row.pk for row in waiting]).update(sent_at=now)
    if letter.kind == Letter.Kind.REPLY and letter.subscription:
        Subscription.objects.filter(pk=letter.subscription.pk).update(told_at=now)
    return int(message is not None)


def _put_off(letter: Letter, error: OSError) -> None:
    log.warning("A letter could not be sent (%s); try %d.", error, letter.tries + 1)
    if letter.tries + 1 >= MOST_TRIES:
        if letter.kind == Letter.Kind.CONFIRM and letter.subscription:
            letter.subscription.asked_at = None  # so that the author's next comment asks again
            letter.subscription.save(update_fields=["asked_at"])
        letter.delete()


def _same_digest(letter: Letter) -> Sequence[Letter]:
    """This letter, and the other replies that wait for the same reader."""
    if letter.kind != Letter.Kind.REPLY:
        return [letter]
    waiting = Letter.objects.filter(
        kind=Letter.Kind.REPLY, subscription=letter.subscription, sent_at=None
    )
    return list(waiting.select_related("comment").order_by("pk")[:AT_ONCE])


def _message(letter: Letter) -> EmailMessage | None:
    """The mail, or None where there is nothing to say any more."""
    comment = letter.comment
    page = Page.objects.get(pk=comment.page_id)
    site = page.get_site()
    message = _written(letter, page, base_of(site))
    if message is not None:
        message.from_email = sender_of(site)
    return message


def _written(letter: Letter, page: Page, base: str) -> EmailMessage | None:
    comment = letter.comment
    match letter.kind:
        case Letter.Kind.RECEIPT if not comment.email:
            return None
        case Letter.Kind.RECEIPT:
            return _mail(
                comment.email,
                _("The private link of your comment"),
                "comments/mail/receipt.txt",
                {"title": page.title, "link": base + receipts.url_of(comment)},
            )
        case Letter.Kind.DATA:
            return _own_data(comment, base)
        case Letter.Kind.CONFIRM:
            return _confirmation(letter, page, base)
        case _:
            return _digest(letter, page, base)


def _own_data(comment: ReaderComment, base: str) -> EmailMessage | None:
    if not comment.email:
        return None
    link = reverse("comments:subject", args=[subjects.key_of(comment)])
    template = "comments/mail/data.txt"
    return _mail(comment.email, _("Your comments and your data"), template, {"link": base + link})


def _confirmation(letter: Letter, page: Page, base: str) -> EmailMessage | None:
    subscription = letter.subscription
    if subscription is None or subscription.confirmed_at:
        return None
    confirm = reverse("comments:confirm", args=[key_of(subscription, "confirm")])
    return _mail(
        subscription.email,
        _("Do you want to be told of replies?"),
        "comments/mail/confirm.txt",
        {"title": page.title, "link": base + confirm},
    )


def _digest(letter: Letter, page: Page, base: str) -> EmailMessage | None:
    subscription = letter.subscription
    replies = [
        row.comment for row in _same_digest(letter) if row.comment.status == Status.PUBLISHED
    ]
    if subscription is None or not replies:
        return None
    stop = base + reverse("comments:unsubscribe", args=[key_of(subscription, "unsubscribe")])
    message = _mail(
        subscription.email,
        _("Replies to your comment on “%(title)s”") % {"title": page.title},
        "comments/mail/replies.txt",
        {"title": page.title, "replies": [_reply(reply, base) for reply in replies], "stop": stop},
    )
    message.extra_headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
    }
    return message


def _reply(comment: ReaderComment, base: str) -> dict[str, str]:
    return {
        "author": comment.author,
        "text": comment.text[:500],
        "link": base + reverse("comments:comment", args=[comment.pk]),
    }


def _mail(to: str, subject: str, template: str, context: dict[str, object]) -> EmailMessage:
    return EmailMessage(" ".join(subject.split()), render_to_string(template, context), to=[to])
