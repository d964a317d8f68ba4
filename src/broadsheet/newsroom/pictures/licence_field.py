"""A licence is chosen from the common ones, or written."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from broadsheet.newsroom import licences

OWN = "OWN"  # the choice of what is written beside


class LicenceWidget(forms.MultiWidget):
    """A list of the common ones, and a line for one's own."""

    def __init__(self, choices: list[tuple[str, Any]], longest: int) -> None:
        own = {"aria-label": _("Licence in your own words"), "maxlength": longest}
        super().__init__([forms.Select(choices=choices), forms.TextInput(own)])

    def decompress(self, value: str | None) -> list[str]:
        if not value or value in licences.COMMON:
            return [value or "", ""]
        return [OWN, value]


class LicenceField(forms.MultiValueField):
    """The name of a common licence, or what somebody wrote; what they wrote counts where they chose nothing."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        common = [(name, licences.label_of(name)) for name in licences.COMMON]
        choices = [("", _("Not stated")), *common, (OWN, _("In your own words:"))]
        fields = (
            forms.ChoiceField(choices=choices, required=False),
            forms.CharField(max_length=longest, required=False),
        )
        super().__init__(
            fields, widget=LicenceWidget(choices, longest), require_all_fields=False, **kwargs
        )

    def compress(self, data_list: list[str]) -> str:
        chosen, own = data_list or ("", "")
        return own if chosen in ("", OWN) else chosen
