"""The form in which an editor describes a photo."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .pictures import metadata
from .pictures.licence_field import LicenceField

NOTICE = ("credit", "copyright", "licence", "licence_url")  # what every size of a photo carries


class PhotoFileField(WagtailImageField):
    """Refuses what has a good beginning but can't be read to its end, too: no size could be made of it."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except (OSError, SyntaxError, EOFError, ValueError) as error:
            raise ValidationError(
                _("This file is damaged (%(error)s). Please save it anew, and upload it again."),
                code="damaged",
                params={"error": error},
            ) from error


class PhotoForm(BaseImageForm):
    """Says what each field is for, and what the file says; Wagtail's `description` is the alternative text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PhotoFileField(
                label=given.label, required=given.required, widget=given.widget
            )
        if "description" in self.fields:
            description = self.fields["description"]
            description.label = _("Alternative text")
            description.help_text = _("What the photo shows, for those who can't see it.")
        if "licence" in self.fields:
            told = self.fields["licence"]
            self.fields["licence"] = LicenceField(
                longest=told.max_length, label=told.label, help_text=told.help_text, required=False
            )
        for name in ("description", "caption"):
            if name in self.fields:
                self.fields[name].widget = forms.Textarea(attrs={"rows": 2})
        for name, text in self.instance.found.items():
            if name in self.fields:
                told = _("In the file: “%(text)s”") % {"text": text}
                self.fields[name].help_text = f"{self.fields[name].help_text} {told}".strip()

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002, the parent class's
        """Fill what the editor left empty with what the file says."""
        if "file" in self.changed_data:
            file = self.cleaned_data["file"]
            file.seek(0)
            found = metadata.read(file)
            file.seek(0)
            self.instance.take_over(found)
        if commit and self.instance.pk and set(NOTICE) & set(self.changed_data):
            self.instance.renditions.all().delete()  # made anew, with the new notice in them
        return super().save(commit=commit)
