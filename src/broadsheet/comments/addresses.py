"""Where each newspaper of an installation is, for the world outside."""

from django.conf import settings
from wagtail.models import Site


def base_of(site: Site | None) -> str:
    """The public address of the newspaper of `site`, without a slash; the first one's is what the operator set."""
    is_further = site is not None and not site.is_default_site
    base: str = site.root_url if site and is_further else settings.WAGTAILADMIN_BASE_URL
    return base.rstrip("/")
