"""The first visit: name, language, time zone, administrator. Reachable by a signed link only, while there is no administrator."""

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model, login, password_validation
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail.models import Site

from broadsheet.newsroom.models import Newspaper

VALID_FOR = 24 * 60 * 60  # seconds
signer = signing.TimestampSigner(salt="broadsheet.set-up")


def has_administrator() -> bool:
    return get_user_model().objects.filter(is_superuser=True, is_active=True).exists()


def link_path() -> str:
    """The path of the set-up page, signed and valid for a day; "" once there is an administrator."""
    return "" if has_administrator() else reverse("set-up", args=[signer.sign("set-up")])


def create_administrator(name_and_password: str) -> None:
    """Create the administrator "name:password" on a site that has none; nothing on "" or any other site."""
    name, _colon, password = name_and_password.partition(":")
    if name and password and not has_administrator():
        get_user_model().objects.create_superuser(username=name, password=password)


class SetUpForm(forms.Form):
    """What a new newspaper must know."""

    name = forms.CharField(label=_("The newspaper's name"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"))
    user_name = forms.CharField(
        label=_("Your user name"),
        max_length=150,
        validators=[get_user_model()._meta.get_field("username").validators[0]],
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_("To get a new password by mail."),
    )
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(render_value=True, attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(
            zone for zone in zoneinfo.available_timezones() if "/" in zone or zone == "UTC"
        )
        self.fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in zones]  # type: ignore[attr-defined]

    def clean_user_name(self) -> str:
        name: str = self.cleaned_data["user_name"]
        if get_user_model().objects.filter(username=name).exists():
            raise ValidationError(_("There is a user of that name already."))
        return name

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        user = get_user_model()(username=self.cleaned_data.get("user_name", ""))
        password_validation.validate_password(password, user)
        return password


@never_cache
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, create the administrator, log them in, and lead them to the editor."""
    try:
        signer.unsign(token, max_age=VALID_FOR)
    except signing.BadSignature as error:
        raise Http404 from error
    if has_administrator():
        return redirect("wagtailadmin_home")
    site = Site.objects.get(is_default_site=True)
    newspaper = Newspaper.for_site(site)
    form = SetUpForm(
        request.POST or None,
        initial={
            "name": newspaper.name,
            "language": newspaper.language,
            "time_zone": newspaper.time_zone,
        },
    )
    if request.method == "POST" and form.is_valid():
        _found(request, newspaper, form.cleaned_data)
        return redirect("wagtailadmin_home")
    return render(request, "web/set_up.html", {"form": form}, status=422 if form.errors else 200)


@transaction.atomic
def _found(request: HttpRequest, newspaper: Newspaper, answers: dict[str, Any]) -> None:
    administrator = get_user_model().objects.create_superuser(
        username=answers["user_name"], email=answers["email"], password=answers["password"]
    )
    newspaper.name, newspaper.language = answers["name"], answers["language"]
    newspaper.time_zone = answers["time_zone"]
    newspaper.contact = newspaper.contact or answers["email"]
    newspaper.save()
    login(request, administrator)
