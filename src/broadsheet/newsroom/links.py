"""Links to elsewhere, which stand beside the paper's own pages."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

MOST = 20  # at the foot of a page, or of one contributor
_on_the_web = URLValidator(schemes=["http", "https"])


def leads_somewhere(address: str) -> None:
    """Raise ValidationError unless a link may lead to `address`: on the web, or a path of this site."""
    is_path = address.startswith("/") and not address.startswith(("//", "/\\"))
    if not (is_path or address.startswith(("https://", "http://"))):
        raise ValidationError(_("An address begins with https://, or on this site with /."))


def leads_to_somebody(address: str) -> None:
    """Raise ValidationError unless `address` is on the web, or one for letters."""
    scheme, _colon, rest = address.partition(":")
    try:
        if scheme == "mailto":
            validate_email(rest)
        else:
            _on_the_web(address)
    except ValidationError as error:
        raise ValidationError(
            _("An address begins with https://, or is mailto: with an e-mail address.")
        ) from error


class Link(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    address = blocks.CharBlock(label=_("Address"), max_length=500, validators=[leads_somewhere])

    class Meta:
        icon = "link"
        label = _("Link")


class PersonalLink(blocks.StructBlock):
    """Where somebody is found."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    address = blocks.CharBlock(
        label=_("Address"),
        max_length=500,
        validators=[leads_to_somebody],
        help_text=_("https://… or mailto:…"),
    )

    class Meta:
        icon = "link"
        label = _("Link")
