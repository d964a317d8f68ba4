"""What is told to readers about their addresses: read from the settings and limits, so it can't be wrong."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.comments.processing import Kept
from broadsheet.newsroom.models import Newspaper

from . import keys, subscribing
from .models import NewsletterSettings


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the page says."""

    kept: tuple[Kept, ...]
    letters: tuple[str, ...]
    contact: str  # an e-mail address, or ""


def facts(found: NewsletterSettings) -> Facts:
    """As things are now, in the language that is active."""
    newspaper: Newspaper = Newspaper.for_site(found.site)
    editors = _("the editors")
    return Facts(
        kept=(
            Kept(
                _("Your e-mail address, and when you asked and confirmed"),
                _("to send you the letters"),
                _("until you unsubscribe; unconfirmed, %(days)s")
                % {"days": _days(keys.VALID_FOR.days)},
                editors,
            ),
            Kept(
                _("Which letters went to you, and whether they came back"),
                _("to send each letter once, and none to addresses that do not exist"),
                _days(subscribing.LINKED.days),
                editors,
            ),
            Kept(
                _("The first part of your network address, and a keyed hash of the whole"),
                _("to stop who types other people's addresses"),
                _days(subscribing.KEPT.days),
                _("nobody"),
            ),
        ),
        letters=(
            _(
                "The newspaper sends them itself, through its mail server. No newsletter company is asked."
            ),
            _(
                "There are no pictures in them, and all links are the articles' own: nobody learns whether you read them."
            ),
            _(
                "Each has a link that ends them, erases your address, and shows what is stored of you."
            ),
        ),
        contact=newspaper.contact,
    )


def _days(number: int) -> str:
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}
