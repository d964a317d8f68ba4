"""Links to elsewhere, which stand beside the paper's own pages."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

MOST = 20  # at the foot of a page


def leads_somewhere(address: str) -> None:
    """Raise ValidationError unless a link may lead to `address`: on the web, or a path of this site."""
    is_path = address.startswith("/") and not address.startswith(("//", "/\\"))
    if not (is_path or address.startswith(("https://", "http://"))):
        raise ValidationError(_("An address begins with https://, or on this site with /."))


class Link(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    address = blocks.CharBlock(label=_("Address"), max_length=500, validators=[leads_somewhere])

    class Meta:
        icon = "link"
        label = _("Link")
