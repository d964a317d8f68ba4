"""The first pages of a new site: a front page, sections, contributors, about."""

from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from .models import ContributorIndexPage, FrontPage, SectionPage, StandardPage

LAID_AT = "localhost"  # the host of a new newspaper's site, until somebody says where it is


def know_the_address(address: str) -> bool:
    """Tell Wagtail the first newspaper's host, as the operator has set it, while it is known as it was laid. True if that was needed.

    Wagtail names hosts as soon as there are several newspapers, and tells them apart by these.
    """
    parts = urlsplit(address)
    site = Site.objects.filter(is_default_site=True, hostname=LAID_AT).first()
    is_https = parts.scheme == "https"
    if site is None or not parts.hostname or parts.hostname == LAID_AT:
        return False
    if is_https and parts.port not in {None, 443}:  # Wagtail takes any other port for http
        return False
    if Site.objects.filter(hostname=parts.hostname).exists():
        return False
    site.hostname, site.port = parts.hostname, parts.port or (443 if is_https else 80)
    site.save()
    return True


@transaction.atomic
def lay(*, now: datetime) -> bool:
    """Replace Wagtail's welcome page by a front page with what belongs below it. True if that was needed."""
    if FrontPage.objects.exists():
        return False
    root = Page.get_first_root_node()
    welcome = (
        Site.objects.filter(is_default_site=True).values_list("root_page_id", flat=True).first()
    )
    front = root.add_child(
        instance=FrontPage(title=_("Front page"), slug="front", first_published_at=now)
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": LAID_AT, "port": 80, "root_page": front}
    )
    Page.objects.filter(pk=welcome).exclude(pk=front.pk).delete()
    for title, display in (
        (_("News"), SectionPage.Display.COLUMNS),
        (_("Culture"), SectionPage.Display.PICTURES),
        (_("Opinion"), SectionPage.Display.VOICES),
    ):
        front.add_child(
            instance=SectionPage(
                title=title, slug=slugify(title), show_in_menus=True, display=display
            )
        )
    front.add_child(
        instance=ContributorIndexPage(
            title=_("Contributors"), slug="contributors", show_in_menus=True
        )
    )
    front.add_child(instance=StandardPage(title=_("About us"), slug="about", show_in_menus=True))
    return True
