"""What a page for readers is made of, noted on its request while it is made: keys for caches in front.

`page-12` is a page of the tree, by its id; `photo-7` a photo.
"""

from collections.abc import Iterable

from django.http import HttpRequest
from wagtail.models import Page

LONGEST = 2_000  # characters of all keys of a page; further ones are left out, those of its own come first
_ATTRIBUTE = "_broadsheet_made_of"


def note_pages(request: HttpRequest | None, pages: Iterable[Page]) -> None:
    """Note that these pages are shown, or that something of each is."""
    if request is not None:
        noted = request.__dict__.setdefault(_ATTRIBUTE, {})
        noted.update((f"page-{page.pk}", None) for page in pages)


def keys(request: HttpRequest, page: Page | None) -> str:
    """The keys of what was made for `request`, separated by spaces; `page` is the one that was asked for, if it is one."""
    own = [] if page is None else [f"page-{page.pk}"]
    photo = getattr(page, "hero_id", None)
    if photo is not None:
        own.append(f"photo-{photo}")
    found = " ".join(dict.fromkeys([*own, *getattr(request, _ATTRIBUTE, ())]))
    if len(found) > LONGEST:
        found = found[: LONGEST + 1].rpartition(" ")[0]
    return found
