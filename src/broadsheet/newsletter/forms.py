"""The forms that readers and editors fill in. The reader's is signed, timed and trapped as the comments' is."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from broadsheet.comments.forms import fresh_token, printed_token, seconds_open

PAPER = 0  # what the token stands for: no page in particular
FASTEST = 1.0  # seconds; no person types an address faster


class SubscribeForm(forms.Form):
    """An address; `topic` is a field that people do not see."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    stamp = forms.CharField(required=False)
    topic = forms.CharField(required=False)

    def __init__(self, data: Any = None, *, is_printed: bool = False) -> None:
        """`is_printed`: one form for all readers, so that it knows no time at which it was opened."""
        super().__init__(data)
        self.new_stamp = printed_token(PAPER) if is_printed else fresh_token(PAPER)

    def is_a_robots(self, *, now: datetime) -> bool:
        """Was it filled in as no person would? Raises signing.BadSignature if it was not made here."""
        stamp = self.cleaned_data["stamp"]
        opened = seconds_open(stamp, page_id=PAPER, now=now.timestamp())
        return bool(self.cleaned_data["topic"]) or (opened is not None and opened < FASTEST)


class TestForm(forms.Form):
    """Where a test letter goes."""

    email = forms.EmailField(label=_("Send a test to"), max_length=254)


class ScheduleForm(forms.Form):
    """When an edition is sent, on the editor's clock."""

    at = forms.DateTimeField(
        label=_("Send at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )


class ImportForm(forms.Form):
    """A file of subscribers."""

    LARGEST = 20_000_000  # bytes

    file = forms.FileField(label=_("A CSV file with a column “email”, or one address a line"))
    have_agreed = forms.BooleanField(
        label=_("They have confirmed elsewhere that they want this newsletter"),
        required=False,
        help_text=_("Without this, each of them is asked by a letter."),
    )

    def clean_file(self) -> str:
        """The file's text."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > self.LARGEST:
            raise forms.ValidationError(_("This file is larger than 20 MB."))
        try:
            return str(file.read().decode("utf-8"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("This file is not in UTF-8.")) from error
