"""The form below an article. It is printed once for all readers, so nothing in it belongs to one of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core import signing
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from . import markup
from .clients import Sender
from .drafts import Draft
from .models import EmailField, ReaderComment, Report
from .places import Place

SALT = "broadsheet.comments.form"
TRAP = "topic"  # a field that people do not see, and that robots fill in


def printed_token(page_id: int) -> str:
    """Says that the form was printed here for this page. The same in every print; it does not expire."""
    return signing.Signer(salt=SALT).sign(str(page_id))


def fresh_token(page_id: int) -> str:
    """The same, with the time at which the form was shown to one reader."""
    return signing.TimestampSigner(salt=f"{SALT}.fresh").sign(str(page_id))


def seconds_open(token: str, *, page_id: int, now: float) -> float | None:
    """How long the form was open (POSIX seconds `now`), None if printed for all. Raises signing.BadSignature."""
    if constant_time_compare(token, printed_token(page_id)):
        return None
    if signing.TimestampSigner(salt=f"{SALT}.fresh").unsign(token) != str(page_id):
        raise signing.BadSignature("The form belongs to another page.")
    return max(0.0, now - signing.b62_decode(token.split(":")[-2]))


class CommentForm(forms.Form):
    """Built for a site's settings: fields that it does not ask for are not there."""

    author = forms.CharField(label=_("Name"), max_length=80)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    web_address = forms.CharField(label=_("Web address"), max_length=300, required=False)
    text = forms.CharField(label=_("Comment"))
    parent = forms.CharField(required=False)
    token = forms.CharField(required=False)
    topic = forms.CharField(required=False)
    mail_receipt = forms.BooleanField(required=False)
    mail_replies = forms.BooleanField(required=False)

    def __init__(
        self, data: Any = None, *, place: Place, opened: datetime | None = None, **kwargs: Any
    ) -> None:
        """`opened` is the time at which one reader gets the form, None for all readers' print."""
        super().__init__(data, **kwargs)
        self.place = place
        token = printed_token(place.page_id) if opened is None else fresh_token(place.page_id)
        self.new_token = token
        self.fields["text"] = forms.CharField(label=_("Comment"), max_length=place.settings.longest)
        self.fields["email"].required = place.settings.email_field == EmailField.REQUIRED
        if place.settings.email_field == EmailField.OFF:
            del self.fields["email"]
        if not place.settings.web_address_field:
            del self.fields["web_address"]

    def clean_text(self) -> str:
        return visible(self.cleaned_data["text"])

    def clean_web_address(self) -> str:
        typed: str = self.cleaned_data["web_address"]
        address = markup.web_address(typed)
        if typed and not address:
            raise forms.ValidationError(
                _("Write the address as in https://example.org, or leave it out.")
            )
        return address

    def clean_author(self) -> str:
        author = " ".join(markup.writable(self.cleaned_data["author"]).split())
        if not any(character.isalnum() for character in author):
            raise forms.ValidationError(_("Write a name, or a pen name."))
        return author

    def parent_id(self) -> int | None:
        """The number of the comment that is answered; None for what no form of ours sends."""
        return number(str(self["parent"].value() or ""))

    def draft(self, sender: Sender, *, now: datetime) -> Draft:
        """What was sent, after `is_valid()`. Raises signing.BadSignature if the form was not printed here."""
        page_id = self.place.page_id
        return draft_of(self.cleaned_data, self.parent_id(), sender, page_id=page_id, now=now)


def visible(text: str) -> str:
    """What people see of `text`. Raises ValidationError if that is nothing."""
    seen = markup.writable(text).strip()
    if not seen:
        raise forms.ValidationError(forms.Field.default_error_messages["required"])
    return seen


def number(value: str) -> int | None:
    """What the hidden field of an answer says."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None


def draft_of(
    cleaned: Mapping[str, Any],
    parent_id: int | None,
    sender: Sender,
    *,
    page_id: int,
    now: datetime,
) -> Draft:
    """What the cleaned fields say. Raises signing.BadSignature if the form was not printed here."""
    return Draft(
        author=cleaned["author"],
        email=cleaned.get("email", ""),
        web_address=cleaned.get("web_address", ""),
        text=cleaned["text"].replace("\r\n", "\n"),
        parent_id=parent_id,
        address=sender.address,
        user_agent=sender.user_agent,
        referrer=sender.referrer,
        seconds_to_fill=seconds_open(cleaned["token"], page_id=page_id, now=now.timestamp()),
        honeypot_filled=bool(cleaned[TRAP]),
        wants_receipt=cleaned["mail_receipt"],
        wants_replies=cleaned["mail_replies"],
    )


class EditForm(forms.Form):
    """The author's new text."""

    def __init__(self, data: Any = None, *, longest: int) -> None:
        super().__init__(data)
        self.fields["text"] = forms.CharField(label=_("Comment"), max_length=longest)

    def clean_text(self) -> str:
        return visible(self.cleaned_data["text"])

    def draft(self, comment: ReaderComment, sender: Sender) -> Draft:
        """The comment as it would be sent now."""
        return Draft(
            author=comment.author,
            email=comment.email,
            web_address=comment.web_address,
            text=self.cleaned_data["text"].replace("\r\n", "\n"),
            parent_id=comment.parent_id,
            address=sender.address,
            user_agent=sender.user_agent,
            referrer=sender.referrer,
        )


class AppealForm(forms.Form):
    """Why a decision was wrong, in the author's words."""

    text = forms.CharField(label=_("Why should it be published?"), max_length=2000)


class SubjectForm(forms.Form):
    """Whose data is asked for."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)


class ReportForm(forms.Form):
    """What is wrong with a comment, in a reader's words."""

    reason = forms.ChoiceField(label=_("Reason"), choices=Report.Reason.choices)
    text = forms.CharField(label=_("In your words"), max_length=1000, required=False)
