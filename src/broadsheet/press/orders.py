"""Writing orders: what has to be printed again, in the transaction of the change, for every node."""

import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.db import connection

from .models import Node, PrintOrder, Subject, Turn

CHANNEL = (
    "broadsheet_orders"  # of PostgreSQL's NOTIFY: who has given orders, to wake the other nodes
)

_BATCH = 2000  # rows in one statement


@dataclass(slots=True)
class Ordered:
    """What one request has ordered, in order."""

    pages: dict[int, None] = field(default_factory=dict)
    paths: dict[tuple[int | None, str], None] = field(default_factory=dict)  # of a site, or all

    def paths_of(self, site_id: int | None) -> list[str]:
        """The URL paths that concern the newspaper of this site."""
        return [path for site, path in self.paths if site in {None, site_id} or site_id is None]


_noted: ContextVar[Ordered | None] = ContextVar("noted", default=None)


@contextmanager
def noted() -> Iterator[Ordered]:
    """Note what is ordered within, by this thread."""
    ordered = Ordered()
    token = _noted.set(ordered)
    try:
        yield ordered
    finally:
        _noted.reset(token)


def order_paths(
    paths: Iterable[str],
    *,
    turn: Turn = Turn.NEXT,
    discussion_of: int | None = None,
    site_id: int | None = None,
    only: Node | None = None,
) -> None:
    """Have these URL paths printed again, or removed if nothing belongs there any more.

    Those of the newspaper of one site, if it is known; by all nodes or by one.
    """
    longest = PrintOrder._meta.get_field("path").max_length or 0
    paths = [path for path in dict.fromkeys(paths) if len(path) <= longest]
    orders = [
        PrintOrder(subject=Subject.PATH, path=path, turn=turn, page_id=discussion_of)
        for path in paths
    ]
    _write(orders, site_id=site_id, only=only)
    ordered = _noted.get()
    if ordered is not None:
        of = only.site_id if only is not None else site_id
        ordered.paths.update(dict.fromkeys((of, path) for path in paths))


def order_discussion(paths: Iterable[str], *, page_id: int, site_id: int) -> None:
    """Have these URL paths of a page printed again, on which nothing but its discussion has changed."""
    order_paths(paths, discussion_of=page_id, site_id=site_id)


def order_pages(page_ids: Iterable[int], *, turn: Turn = Turn.NEXT) -> None:
    """Have everything printed again that shows these pages of the tree, and what did so before."""
    page_ids = list(dict.fromkeys(page_ids))
    _write([PrintOrder(subject=Subject.PAGE, page_id=pk, turn=turn) for pk in page_ids])
    ordered = _noted.get()
    if ordered is not None:
        ordered.pages.update(dict.fromkeys(page_ids))


def order_forms(node: Node, paths: Iterable[str]) -> None:
    """Have one node press these printed pages well, when nothing else waits."""
    orders = (PrintOrder(node=node, subject=Subject.FORMS, path=path) for path in paths)
    PrintOrder.objects.bulk_create(orders, batch_size=_BATCH)


def order_purges(node: Node, paths: Iterable[str]) -> None:
    """Have caches told that one node has new pages at these URL paths, or none any more; if there are any caches."""
    if settings.WAGTAILFRONTENDCACHE:
        orders = (PrintOrder(node=node, subject=Subject.PURGE, path=path) for path in paths)
        PrintOrder.objects.bulk_create(orders, batch_size=_BATCH)


def order_everything(*, site_id: int | None = None, only: Node | None = None) -> None:
    """Have every page printed again, of all newspapers or of one, by all nodes or by one."""
    _write([PrintOrder(subject=Subject.EVERYTHING)], site_id=site_id, only=only)


@cache
def here() -> str:
    """What this node is called when it wakes the others."""
    return f"{socket.gethostname()}:{settings.CONFIGURATION.folder}"


def _write(
    orders: list[PrintOrder], *, site_id: int | None = None, only: Node | None = None
) -> None:
    if not orders:
        return
    nodes = [(only.pk, only.site_id, only.machine)] if only is not None else _nodes_of(site_id)
    rows = [
        PrintOrder(
            node_id=node,
            subject=order.subject,
            path=order.path,
            page_id=order.page_id,
            turn=order.turn,
        )
        for node, _, _ in nodes
        for order in orders
    ]
    PrintOrder.objects.bulk_create(rows, batch_size=_BATCH)
    if len({machine for _, _, machine in nodes}) > 1 and connection.vendor == "postgresql":
        with (
            connection.cursor() as cursor
        ):  # sent with the commit, and once however often it is said
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, here()])


def _nodes_of(site_id: int | None) -> list[tuple[int, int | None, str]]:
    """Those that print the newspaper of a site, or do not know yet whose they print; all of them, without one."""
    nodes = Node.objects.values_list("pk", "site_id", "machine")
    return [node for node in nodes if site_id is None or node[1] in {None, site_id}]
