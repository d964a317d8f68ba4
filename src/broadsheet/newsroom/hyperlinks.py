"""Links in texts to pages of the tree: a path within the same newspaper, a whole address to another one's."""

from collections.abc import Mapping, Sequence

from django.utils.html import escape
from wagtail.models import Site
from wagtail.rich_text.pages import PageLinkHandler

from broadsheet.comments.memory import once

from .addresses import absolute, at_address


class PageLinks(PageLinkHandler):
    """Wagtail's, which gives whole addresses as soon as there are several sites, at hosts that need not be public."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: Sequence[Mapping[str, str]]) -> list[str]:
        pages = cls.get_many(list(attrs_list))
        urls = [page.localized.url if page else None for page in pages]
        if any(url and "://" in url for url in urls):
            urls = [_as_read_here(url) if url else url for url in urls]
        return [
            f'<a href="{escape(url or "")}">' if page else "<a>"
            for page, url in zip(pages, urls, strict=True)
        ]


def _as_read_here(url: str) -> str:
    first = once("root of the first", _root_url_of_the_first)
    if first and url.startswith(f"{first}/"):
        with at_address(""):
            url = absolute(url.removeprefix(first))
    here = absolute("")
    return url.removeprefix(here) if url.startswith(f"{here}/") else url


def _root_url_of_the_first() -> str:
    site = Site.objects.filter(is_default_site=True).first()
    return site.root_url if site is not None else ""
