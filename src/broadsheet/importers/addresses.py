"""Old addresses lead to what stands at the new ones, through Wagtail's redirects, which an editor can change."""

from collections.abc import Iterable

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from broadsheet.newsroom.papers import paper

_BATCH = 500
_LONGEST = 255


def redirect(pairs: Iterable[tuple[str, Page]]) -> int:
    """Redirect each old path and query ("/2021/03/ferry/", "/?p=12") to its page; returns how many are new.

    An address that leads somewhere already, or is that of the page itself, is left alone.
    """
    site = paper()
    root = site.root_page.url_path.rstrip("/")
    wanted = {
        path: Redirect(
            old_path=path, site=site, redirect_page_id=page.pk, automatically_created=True
        )
        for address, page in pairs
        if (path := normal(address)) and path != page.url_path.removeprefix(root).rstrip("/")
    }
    return _write(wanted, site)


def redirect_to_links(pairs: Iterable[tuple[str, str]]) -> int:
    """Redirect old paths to addresses of ours that are no page of the tree: feeds, tags, months."""
    site = paper()
    wanted = {
        path: Redirect(old_path=path, site=site, redirect_link=link, automatically_created=True)
        for address, link in pairs
        if (path := normal(address)) and path != link.rstrip("/")
    }
    return _write(wanted, site)


def normal(address: str) -> str:
    """As Wagtail looks it up; "" where that is the front page, or too long to be kept."""
    path = str(Redirect.normalise_path(address))
    return "" if path == "/" or len(path) > _LONGEST else path


def _write(wanted: dict[str, Redirect], site: Site) -> int:
    paths = list(wanted)
    taken: set[str] = set()
    for start in range(0, len(paths), _BATCH):
        rows = Redirect.get_for_site(site).filter(old_path__in=paths[start : start + _BATCH])
        taken.update(rows.values_list("old_path", flat=True))
    new = [row for path, row in wanted.items() if path not in taken]
    Redirect.objects.bulk_create(new, batch_size=_BATCH)
    return len(new)
