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
    paths: dict[str, None] = field(default_factory=dict)


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
    paths: Iterable[str], *, turn: Turn = Turn.NEXT, discussion_of: int | None = None
) -> None:
    """Have these URL paths printed again, or removed if nothing belongs there any more."""
    longest = PrintOrder._meta.get_field("path").max_length or 0
    paths = [path for path in dict.fromkeys(paths) if len(path) <= longest]
    _write(
        [
            PrintOrder(subject=Subject.PATH, path=path, turn=turn, page_id=discussion_of)
            for path in paths
        ]
    )
    ordered = _noted.get()
    if ordered is not None:
        ordered.paths.update(dict.fromkeys(paths))


def order_discussion(paths: Iterable[str], *, page_id: int) -> None:
    """Have these URL paths of a page printed again, on which nothing but its discussion has changed."""
    order_paths(paths, discussion_of=page_id)


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


def order_everything(*, only: Node | None = None) -> None:
    """Have every page printed again, by all nodes or by one."""
    _write([PrintOrder(subject=Subject.EVERYTHING)], only=only)


@cache
def here() -> str:
    """What this node is called when it wakes the others."""
    return f"{socket.gethostname()}:{settings.CONFIGURATION.folder}"


def _write(orders: list[PrintOrder], *, only: Node | None = None) -> None:
    nodes = list(Node.objects.values_list("pk", flat=True)) if orders and only is None else []
    if only is not None:
        nodes = [only.pk]
    rows = [
        PrintOrder(
            node_id=node,
            subject=order.subject,
            path=order.path,
            page_id=order.page_id,
            turn=order.turn,
        )
        for node in nodes
        for order in orders
    ]
    PrintOrder.objects.bulk_create(rows, batch_size=_BATCH)
    if len(nodes) > 1 and connection.vendor == "postgresql":
        with (
            connection.cursor() as cursor
        ):  # sent with the commit, and once however often it is said
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, here()])
