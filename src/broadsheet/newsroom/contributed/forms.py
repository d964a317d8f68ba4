"""The forms of “write for us”. Each mistake is said beside its field; what is right is kept, save for files."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from broadsheet.newsroom.forms import PhotoFileField
from broadsheet.newsroom.models import Contribution

from . import manuscripts
from .archives import BrokenManuscript
from .offers import Offer, SentPhoto

LARGEST_MANUSCRIPT = 10_000_000  # bytes
PHOTOS = 3
_WORDS = forms.Textarea(attrs={"rows": 12})


class ManuscriptForm(forms.Form):
    """A text that is typed or uploaded."""

    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=manuscripts.LONGEST,
        widget=_WORDS,
        help_text=_("Plain text or Markdown."),
    )
    manuscript = forms.FileField(
        label=_("or a file"),
        required=False,
        help_text=_("Text, Markdown, DOCX or ODT, 10 MB at most."),
        widget=forms.FileInput(attrs={"accept": ",".join(manuscripts.KINDS)}),
    )

    def clean_text(self) -> str:
        """As HTML, "" if nothing was typed."""
        typed: str = self.cleaned_data["text"]
        if not typed.strip():
            return ""
        try:
            return manuscripts.html_of_text(typed)
        except BrokenManuscript as error:
            raise _unreadable(error) from error

    def clean_manuscript(self) -> str:
        """As HTML, "" without a file."""
        file: Any = self.cleaned_data["manuscript"]
        if file is None:
            return ""
        if (file.size or 0) > LARGEST_MANUSCRIPT:
            raise forms.ValidationError(_("This file is larger than 10 MB."))
        try:
            return manuscripts.html_of_upload(file.name or "", file.read())
        except BrokenManuscript as error:
            raise _unreadable(error) from error

    @property
    def html(self) -> str:
        """The file's text where there is a file, else what was typed."""
        return str(self.cleaned_data["manuscript"] or self.cleaned_data["text"])


def _unreadable(error: BrokenManuscript) -> forms.ValidationError:
    return forms.ValidationError(
        _("This can't be read: %(problem)s."), code="unreadable", params={"problem": error}
    )


class OfferForm(ManuscriptForm):
    """A pitch or a piece."""

    kind = forms.ChoiceField(
        label=_("You send"), choices=Contribution.Kind.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    headline = forms.CharField(label=_("Headline"), max_length=200)
    rights = forms.BooleanField(
        label=_("I made this, text and photos, or may pass it on, and the paper may publish it.")
    )
    topic = forms.CharField(required=False)  # people don't see it

    field_order = ("kind", "name", "email", "headline", "text", "manuscript")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, PHOTOS + 1):
            self.fields[f"photo_{number}"] = PhotoFileField(label=_("Photo"), required=False)
            self.fields[f"credit_{number}"] = forms.CharField(
                label=_("Who took it"), required=False, max_length=255
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not (cleaned.get("text") or cleaned.get("manuscript") or self.errors):
            self.add_error("text", _("Write something, or choose a file."))
        for number in range(1, PHOTOS + 1):
            if cleaned.get(f"photo_{number}") and not cleaned.get(f"credit_{number}"):
                self.add_error(f"credit_{number}", _("A photo needs a credit."))
        return cleaned

    def offer(self) -> Offer:
        cleaned = self.cleaned_data
        return Offer(
            kind=cleaned["kind"],
            name=cleaned["name"],
            email=cleaned["email"],
            headline=cleaned["headline"],
            html=self.html,
            photos=tuple(self._photos()),
            trapped=bool(cleaned["topic"]),
        )

    def _photos(self) -> Iterator[SentPhoto]:
        for number in range(1, PHOTOS + 1):
            file = self.cleaned_data[f"photo_{number}"]
            if file:
                file.seek(0)
                yield SentPhoto(file.name, file.read(), self.cleaned_data[f"credit_{number}"])


class AnswerForm(ManuscriptForm):
    """A message to the editors, a new version, or both."""

    message = forms.CharField(
        label=_("Message to the editors"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    field_order = ("message", "text", "manuscript")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        sent = ("message", "text", "manuscript")
        if not self.errors and not any(cleaned.get(name) for name in sent):
            self.add_error("message", _("Write something, or choose a file."))
        return cleaned


class DecisionForm(forms.Form):
    """What an editor says."""

    message = forms.CharField(
        label=_("Message to the contributor"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    status = forms.ChoiceField(
        choices=[
            (status.value, status.label)
            for status in (
                Contribution.Status.QUESTION,
                Contribution.Status.ACCEPTED,
                Contribution.Status.DECLINED,
                Contribution.Status.SPAM,
            )
        ]
    )
