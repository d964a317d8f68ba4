"""Several newspapers in one installation: each is a site of Wagtail's, and what a request asks for is below its front page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import Http404, HttpRequest
from wagtail.models import Page, Site

from .addresses import at_address


def root_of(request: HttpRequest) -> Page:
    """The front page of the newspaper at the request's host. Raises Http404 where there is none."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site.root_page


def further() -> list[int]:
    """The ids of the sites of all newspapers but the first."""
    return list(Site.objects.filter(is_default_site=False).values_list("pk", flat=True))


def tree_of(page: Page) -> str:
    """The tree path of the newspaper that a page is of: front pages stand side by side at the top."""
    path: str = page.path
    return path[: 2 * Page.steplen]


@contextmanager
def at_home_of(site: Site | None) -> Iterator[None]:
    """Within it, absolute addresses are those of the newspaper of `site`."""
    further = site is not None and not site.is_default_site
    with at_address(site.root_url if site is not None and further else ""):
        yield
