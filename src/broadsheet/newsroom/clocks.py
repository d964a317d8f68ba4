"""The clock by which somebody writes and schedules: the newspaper's, until they choose another in their account."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from wagtail.models import Site
from wagtail.users.models import UserProfile

from .models import Newspaper

_NOT_SET = "UTC"  # a newspaper's before anybody said where it is


def on_logged_in(user: User, request: HttpRequest | None = None, **_: Any) -> None:
    """Give who has chosen no time zone the one of the newspaper at whose host they are: Wagtail would show them UTC."""
    has_host = (
        request is not None and "SERVER_NAME" in request.META
    )  # who is logged in by a command has none
    site = Site.find_for_request(request) if has_host else None
    of_first = Newspaper.objects.filter(site__is_default_site=True)
    newspaper = (Newspaper.objects.filter(site=site) if site is not None else of_first).first()
    if newspaper is None or newspaper.time_zone == _NOT_SET:
        return
    profile = UserProfile.get_for_user(user)
    if not profile.current_time_zone:
        profile.current_time_zone = newspaper.time_zone
        profile.save(update_fields=["current_time_zone"])
