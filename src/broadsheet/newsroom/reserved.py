"""Addresses beside the newspaper's pages that are the application's own."""

from django.conf import settings
from django.urls import resolve


def is_the_applications(slug: str) -> bool:
    """Whether a page of that name, or one below it, would never be seen: `/media/…` are files, `/comments/…` forms."""
    below = f"/{slug}/"
    return below == settings.STATIC_URL or any(
        resolve(address).url_name != "wagtail_serve" for address in (below, f"{below}page/")
    )
