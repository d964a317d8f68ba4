"""Does each old address arrive where it should, at a page that readers get, in one step at most?

All of them are looked up among the redirects and the pages, as many in one statement as a batch holds. A sample, spread
evenly, is asked of the site itself, as a browser would.
"""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from zlib import crc32

from django.conf import settings
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from broadsheet.newsroom.papers import paper

from . import addresses
from .tally import Tally

_BATCH = 500
_REDIRECTS = frozenset((301, 302, 307, 308))


@dataclass(frozen=True, slots=True)
class Arrival:
    """An address of the old site, and where it should lead: to a page, or else to a path of ours."""

    old: str  # path and query
    page_id: int = 0
    link: str = ""


class Arrivals:
    """Checks addresses as they come, and remembers the sample."""

    def __init__(self, tally: Tally, *, sample: int) -> None:
        self._tally, self._size = tally, sample
        self._sample: list[tuple[int, str, str]] = []  # a heap: the smallest checksums, negated
        self._site = paper()

    def check(self, kind: str, wanted: Iterable[Arrival]) -> None:
        """Look these up. `kind` is what the report counts them under."""
        rest = iter(wanted)
        while batch := list(islice(rest, _BATCH)):
            self._check(kind, batch)

    def leads_on(self, old: str) -> bool:
        """Does a page stand at this address, or a redirect lead on from there?"""
        path = addresses.normal(old)
        return bool(self._standing({path}) or self._redirects({path}))

    def ask(self) -> None:
        """Ask the site for the sample: each must be answered with 200, after one redirect at most."""
        client = Client(raise_request_exception=False, SERVER_NAME=_host_of(self._site))
        for _order, kind, old in sorted(self._sample, key=lambda entry: entry[1:]):
            self._tally.addresses_asked += 1
            if problem := _answer(client, old):
                self._tally.addresses_broken.add(address=old, type=kind, problem=problem)

    def _check(self, kind: str, batch: Sequence[Arrival]) -> None:
        paths = {arrival.old: addresses.normal(arrival.old) for arrival in batch}
        standing = self._standing({path for path in paths.values() if "?" not in path})
        redirects = self._redirects(set(paths.values()))
        live = _live({arrival.page_id for arrival in batch})
        for arrival in batch:
            path = paths[arrival.old]
            self._tally.addresses_checked[kind] += 1
            problem = _problem(arrival, standing.get(path), redirects.get(path), live)
            if problem:
                self._tally.addresses_broken.add(address=arrival.old, type=kind, problem=problem)
            elif not _is_file(arrival.link):
                self._note(kind, arrival.old)

    def _standing(self, paths: set[str]) -> dict[str, int]:
        """Path → the live page that stands there."""
        root = self._site.root_page.url_path
        rows = Page.objects.live().filter(
            url_path__in=[f"{root}{path.lstrip('/')}/" for path in paths if path]
        )
        return {
            f"/{url_path.removeprefix(root).rstrip('/')}": page_id
            for url_path, page_id in rows.values_list("url_path", "pk")
        }

    def _redirects(self, paths: set[str]) -> dict[str, tuple[int | None, str]]:
        """Path → the page or the link that it leads to."""
        rows = Redirect.get_for_site(self._site).filter(old_path__in=paths)
        return {
            old: (page_id, link)
            for old, page_id, link in rows.values_list(
                "old_path", "redirect_page_id", "redirect_link"
            )
        }

    def _note(self, kind: str, old: str) -> None:
        entry = (-crc32(old.encode()), kind, old)
        if len(self._sample) < self._size:
            heapq.heappush(self._sample, entry)
        elif self._size:
            heapq.heappushpop(self._sample, entry)


def _is_file(link: str) -> bool:
    """Files are not Django's to serve: there is nothing to ask it for."""
    return link.startswith(("http://", "https://", settings.MEDIA_URL))


def _problem(
    arrival: Arrival,
    standing: int | None,
    redirect: tuple[int | None, str] | None,
    live: Mapping[int, bool],
) -> str:
    """Why an address does not arrive; "" where it does."""
    if arrival.page_id and not live.get(arrival.page_id):
        return "Its page is not public here any more."
    if standing is not None:
        return "" if standing == arrival.page_id else "Another page stands there."
    if redirect is None:
        return "Nothing leads on from there."
    page_id, link = redirect
    is_right = page_id == arrival.page_id if arrival.page_id else link == arrival.link
    return "" if is_right else "It leads elsewhere."


def _live(page_ids: set[int]) -> dict[int, bool]:
    return dict(Page.objects.filter(pk__in=page_ids - {0}).values_list("pk", "live"))


def _host_of(site: Site) -> str:
    """A further newspaper answers at its own name, the first at any that is no other's."""
    return "testserver" if site.is_default_site else str(site.hostname)


def _answer(client: Client, old: str) -> str:
    """What is wrong with the site's answer; "" where nothing is."""
    response = client.get(old)
    if response.status_code in _REDIRECTS:
        response = client.get(response.headers["Location"])
    return "" if response.status_code == 200 else f"The site answered {response.status_code}."
