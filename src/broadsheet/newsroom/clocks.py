"""The clock by which somebody writes and schedules: the newspaper's, until they choose another in their account."""

from typing import Any

from django.contrib.auth.models import User
from wagtail.users.models import UserProfile

from .models import Newspaper

_NOT_SET = "UTC"  # a newspaper's before anybody said where it is


def on_logged_in(user: User, **_: Any) -> None:
    """Give who has chosen no time zone the newspaper's: Wagtail would show them UTC."""
    newspaper = Newspaper.objects.filter(site__is_default_site=True).first()
    if newspaper is None or newspaper.time_zone == _NOT_SET:
        return
    profile = UserProfile.get_for_user(user)
    if not profile.current_time_zone:
        profile.current_time_zone = newspaper.time_zone
        profile.save(update_fields=["current_time_zone"])
