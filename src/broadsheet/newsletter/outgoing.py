"""Letters as mail: with a way out that every mail program knows (RFC 2369, RFC 8058), and nothing that tells who read them."""

from dataclasses import dataclass
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from wagtail.models import Site

from broadsheet.newsroom.models import Newspaper

from . import keys
from .composing import STOP, Letter
from .models import Edition, NewsletterSettings


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, and where answers and bounces go."""

    name: str
    address: str
    bounces_to: str
    reply_to: str  # or ""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]

    @property
    def line(self) -> str:
        """As mail programs show it."""
        return formataddr((self.name, self.address))


def sender(site: Site) -> Sender:
    """As the operator and the owner of the newspaper have set it."""
    newspaper: Newspaper = Newspaper.for_site(site)
    set_by_owner: NewsletterSettings = NewsletterSettings.for_site(site)
    address = set_by_owner.sender or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return Sender(
        name=newspaper.name,
        address=address,
        bounces_to=set_by_owner.bounces_to or address,
        reply_to=newspaper.contact,
    )


def letter_of(edition: Edition) -> Letter:
    """The letter as it was composed when the sending began."""
    return Letter(" ".join(edition.subject.split()), edition.html, edition.text)


def mail(letter: Letter, by: Sender, *, to: str, stop: str) -> EmailMultiAlternatives:
    """A letter for one reader; `stop` is the address that ends it."""
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text.replace(STOP, stop),
        from_email=by.bounces_to,  # of the envelope
        to=[to],
        reply_to=[by.reply_to] if by.reply_to else None,
        headers={
            "From": by.line,
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
        },
    )
    message.attach_alternative(letter.html.replace(STOP, stop), "text/html")
    return message


def mail_to(
    subscriber_id: int, email: str, *, delivery_id: int, letter: Letter, by: Sender
) -> EmailMultiAlternatives:
    """The letter of a delivery. Its Message-ID is the same whenever it is sent."""
    message = mail(letter, by, to=email, stop=keys.stop_url(subscriber_id))
    message.extra_headers["Message-ID"] = keys.message_id(delivery_id, domain=by.domain)
    return message
