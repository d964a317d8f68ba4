from django import forms
from django.utils.translation import gettext_lazy as _

from broadsheet.akismet.models import Key
from broadsheet.spam import Submission


class KeyForm(forms.ModelForm[Key]):
    """What the operator decides about a key."""

    class Meta:
        model = Key
        fields = [
            "name",
            "monthly_limit",
            "listed_sites_only",
            "teaches_everyone",
            "may_call_private_networks",
            "keep_days",
        ]


class SiteForm(forms.Form):
    """A site to be listed."""

    address = forms.CharField(label=_("Address of the site"), max_length=500)


class TryForm(forms.Form):
    """A submission to be judged; nothing of it is kept."""

    text = forms.CharField(label=_("Text"), max_length=20_000, widget=forms.Textarea({"rows": 6}))
    author = forms.CharField(label=_("Author"), max_length=200, required=False)
    author_email = forms.CharField(label=_("E-mail address"), max_length=200, required=False)
    author_url = forms.CharField(label=_("Website"), max_length=500, required=False)
    key = forms.ModelChoiceField(
        Key.objects.filter(revoked_at=None),
        label=_("With the lessons of"),
        required=False,
        empty_label=_("no key, only the shared filter"),
    )

    def submission(self) -> Submission:
        fields = self.cleaned_data
        return Submission(
            text=fields["text"],
            author=fields["author"],
            author_email=fields["author_email"],
            author_url=fields["author_url"],
        )
