"""Where each newspaper of an installation is for the world outside, and where comments stand in it."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from wagtail.models import Page, Site


def base_of(site: Site | None) -> str:
    """The public address of the newspaper of `site`, without a slash; the first one's is what the operator set."""
    is_further = site is not None and not site.is_default_site
    base: str = site.root_url if site and is_further else settings.PUBLIC_ADDRESS
    return base.rstrip("/")


def sender_of(site: Site | None, name: str = "") -> str:
    """From whom letters of a newspaper come. A further one's are in its own name, which is not the operator's."""
    line: str = settings.DEFAULT_FROM_EMAIL
    if site is None or site.is_default_site:
        return line
    return formataddr((name or site.site_name or site.hostname, parseaddr(line)[1]))


def path_of(page: Page) -> str:
    """Where a page is found at its own newspaper: a path. Wagtail's `get_url` names hosts as soon as there are several sites."""
    parts = page.get_url_parts()
    return (parts[2] if parts is not None else None) or "/"


def sheet_url(page_url: str, sheet: int) -> str:
    """The first sheet stands on the page itself, the others have their own addresses, which never change."""
    return page_url if sheet == 1 else f"{page_url}comments/{sheet}/"


def comment_url(page_url: str, *, comment_id: int, sheet: int) -> str:
    return f"{sheet_url(page_url, sheet)}#comment-{comment_id}"


def anchor_of(comment_id: int) -> str:
    """Where a page that shows a comment shows it."""
    return f"#comment-{comment_id}"
