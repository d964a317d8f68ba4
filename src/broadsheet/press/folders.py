"""The folders of printed pages on this machine, one for each newspaper, and their nodes in the database."""

import re
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from wagtail.models import Site

from broadsheet.newsroom import papers

from . import closing, shelves
from .models import Node
from .orders import order_everything
from .shelves import Shelf
from .store import HIDDEN, PageStore

_SEEN_EVERY = timedelta(minutes=1)
_FORGET_AFTER = timedelta(hours=1)  # a machine that was away for longer prints everything anew

_AS_A_HOST = re.compile(r"[a-z0-9][a-z0-9.-]{0,199}")

_noted: dict[Path, list[Shelf]] = {}  # by this process: which papers it knows


@dataclass(frozen=True, slots=True)
class Folder:
    """One newspaper's printed pages on this machine."""

    node: Node
    pages: PageStore

    @property
    def is_first(self) -> bool:
        return self.node.name == self.node.machine

    @contextmanager
    def in_hand(self) -> Iterator[None]:
        """Within, what is looked for and printed is this newspaper."""
        with papers.in_hand(None if self.is_first else self.node.site):
            yield


@cache
def store_at(root: Path) -> PageStore:
    """The folder of a further newspaper."""
    return PageStore(root)


def store_of(first: PageStore, host: str, site: Site) -> PageStore:
    """The folder of the further newspaper of a site, beside the `first` one's."""
    return store_at(shelves.beside(first.root) / _folder_name(host, site))


def store_for(first: PageStore, host: str) -> PageStore:
    """The folder of the newspaper at a host name, as it was noted last; that of the `first` for any other."""
    for shelf in shelves.read(first.root):
        if shelf.folder and shelf.host == host:
            return store_at(shelves.beside(first.root) / shelf.folder)
    return first


def known(first: PageStore) -> list[Folder]:
    """This machine's folders as they were when it last looked after them; one query. `first`: the first newspaper's."""
    machine = first.name()
    names = {shelf.name: shelf.folder for shelf in shelves.read(first.root) if shelf.folder}
    beside = shelves.beside(first.root)
    stores = {machine: first} | {name: store_at(beside / at) for name, at in names.items()}
    nodes = Node.objects.filter(machine=machine)
    found = [Folder(node, stores[node.name]) for node in nodes if node.name in stores]
    return sorted(found, key=lambda folder: not folder.is_first)


def look_after(first: PageStore, *, boot: str, now: datetime) -> list[Folder]:
    """This machine's folders, the first newspaper's before the others: one for each newspaper that there is now.

    A folder that the database does not know, or no more, or as another paper's, gets everything ordered; so does each one
    on a machine that was started anew (perhaps after a power cut, with the last pages not on disk). `boot` names the start.
    What is of no newspaper any more is removed.
    """
    site, further = papers.by_host()
    wanted = {first.name(): (first, site)}
    for host, of in further.items():
        pages = store_of(first, host, of)
        wanted[pages.name()] = (pages, of)
    before = {node.name: node for node in Node.objects.filter(machine=first.name())}
    folders = []
    for name, (pages, of) in wanted.items():
        known = before.get(name)
        node = _brought_up_to_date(known, name, first.name(), of, now)
        is_same_start = pages.note_start(boot)
        if node is not known or not is_same_start:
            order_everything(only=node)
        elif pages is first and now - node.seen_at > _SEEN_EVERY:
            _note_the_time(node, now)
        folders.append(Folder(node, pages))
    Node.objects.filter(machine=first.name()).exclude(name__in=wanted).delete()
    _note(first.root, [site, *further.values()], folders)
    _clear_away(shelves.beside(first.root), keep={pages.root for pages, _ in wanted.values()})
    return folders


def _brought_up_to_date(
    known: Node | None, name: str, machine: str, site: Site | None, now: datetime
) -> Node:
    """`known` itself, where nothing has changed."""
    site_id = site.pk if site is not None else None
    if known is None or known.site_id != site_id:
        told = {"machine": machine, "site": site, "seen_at": now}
        return Node.objects.update_or_create(name=name, defaults=told)[0]
    known.site = site  # with its root
    return known


def _note_the_time(node: Node, now: datetime) -> None:
    closing.order_closed(since=node.seen_at, now=now)
    Node.objects.filter(machine=node.machine).update(seen_at=now)
    Node.objects.filter(seen_at__lt=now - _FORGET_AFTER).delete()


def _note(first: Path, sites: Sequence[Site | None], folders: Sequence[Folder]) -> None:
    """Tell the server which papers there are; and Wagtail, whose copy in each process is good for an hour, if they have changed."""
    noted = [_shelf(site, folder) for site, folder in zip(sites, folders, strict=True)]
    shelves.note(first, noted)
    if _noted.get(first) != noted:
        Site.clear_site_root_paths_cache()
        _noted[first] = noted


def _shelf(site: Site | None, folder: Folder) -> Shelf:
    return Shelf(
        host="" if folder.is_first or site is None else site.hostname.lower(),
        folder="" if folder.is_first else folder.pages.root.name,
        name=folder.node.name,
        about=f"{site.pk} {site.root_url} {site.root_page.url_path}" if site is not None else "",
    )


def _clear_away(beside: Path, *, keep: Collection[Path]) -> None:
    """Remove the pages of newspapers that are gone; files of others stay."""
    for root in beside.iterdir() if beside.is_dir() else ():
        if root in keep or not (root / HIDDEN).is_dir():
            continue
        pages = PageStore(root)
        for path in list(pages.paths()):
            pages.remove(path)
        shutil.rmtree(root / HIDDEN)
        store_at.cache_clear()  # it had that folder's files open
        with suppress(OSError):  # not empty
            root.rmdir()


def _folder_name(host: str, site: Site) -> str:
    """What the folder of a further newspaper is called: as its host, if that can be a folder's name."""
    return host if _AS_A_HOST.fullmatch(host) else f"site-{site.pk}"
