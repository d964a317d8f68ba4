"""The form in which an editor describes a photo."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class PhotoForm(BaseImageForm):
    """Says what each field is for; Wagtail's `description` is the alternative text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        description = self.fields["description"]
        description.label = _("Alternative text")
        description.help_text = _("What the photo shows, for those who can't see it.")
        description.widget = forms.Textarea(attrs={"rows": 2})
        self.fields["caption"].widget = forms.Textarea(attrs={"rows": 2})
