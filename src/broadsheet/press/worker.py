"""Printing what was ordered, on this node: by the background process, and at once for whoever waits for it."""

import itertools
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import cache, partial
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Max

from broadsheet import tracing
from broadsheet.comments import printed
from broadsheet.newsroom.models.lengths import known

from . import folders, lengths
from .encodings import Encoding
from .folders import Folder
from .models import Node, PrintOrder, Subject
from .names import UnprintablePath
from .orders import order_purges
from .printing import PrintingFailed, page_for
from .records import Page
from .rows import in_a_row
from .store import ForeignFile, PageStore
from .unfolding import unfold

logger = logging.getLogger(__name__)

_TO_UNFOLD = (Subject.PAGE, Subject.EVERYTHING)
TO_PRINT = (Subject.PATH, *_TO_UNFOLD)
_BATCH = 50  # paths looked up at once
_ROWS_PER_PATH = 10
_MANY = 30  # paths in a row; then all are brought to disk at once, at the end
_PRESSED = 20  # pages pressed well in one go; each takes some 30 ms
_QUIET_FOR = timedelta(seconds=10)  # without a change, before a page is pressed well
_LONGEST_WAIT = timedelta(minutes=5)
_DOUBLINGS = 9  # of a wait that begins with a second, until it is longer than that
_WHILE_AWAY = timedelta(seconds=2)  # until what was away is asked again


@cache
def store() -> PageStore:
    """The folder of this machine's first newspaper, by whose name the machine is known."""
    return PageStore(settings.CONFIGURATION.pages)


def folders_here(now: datetime) -> list[Folder]:
    """This machine's folders, looked after: one for each newspaper, the first one's before the others."""
    return folders.look_after(store(), boot=start_of_this_machine(), now=now)


@cache
def start_of_this_machine() -> str:
    """Changes whenever the machine starts; "" where the system does not tell."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def run_pending(*, limit: int, now: datetime, until: int | None = None) -> int:
    """Print what was ordered, up to `limit` paths of each newspaper. Returns how many paths were dealt with.

    Orders after `until` (a `newest_order`) are left to whoever gave them, and prints them at once. Without it, this is all
    that prints here: when nothing else waits, it presses pages well, too.
    """
    here = folders_here(now)
    while len(here) > 1 and _unfold_all(here):
        pass  # what pages of one newspaper show may concern another's
    waiting = _with_orders(here, TO_PRINT) if len(here) > 1 else here
    done = sum(_run(folder, limit=limit, now=now, until=until) for folder in waiting)
    if until is None and done < limit:
        _press_well(here, now=now)
    return done


def _with_orders(here: list[Folder], subjects: Collection[Subject]) -> list[Folder]:
    """Those for which such orders wait. However many newspapers there are: one query."""
    orders = PrintOrder.objects.filter(
        node__in=[folder.node for folder in here], subject__in=subjects
    )
    nodes = set(orders.order_by().values_list("node_id", flat=True).distinct())
    return [folder for folder in here if folder.node.pk in nodes]


def _unfold_all(here: list[Folder]) -> int:
    done = 0
    for folder in _with_orders(here, _TO_UNFOLD):
        with folder.in_hand():
            done += unfold(folder.node, folder.pages)
    return done


def _run(folder: Folder, *, limit: int, now: datetime, until: int | None) -> int:
    node, pages = folder.node, folder.pages
    done = 0
    with folder.in_hand():
        while done < limit:
            while unfold(node, pages):
                pass
            paths = _next_paths(node, min(_BATCH, limit - done), now, until)
            if not paths:
                break
            print_in_a_row(node, pages, paths, now=now)
            done += len(paths)
    return done


def press_quiet_pages(*, now: datetime) -> int:
    """Press some pages of this machine well, once it has a node. Returns how many."""
    return _press_well(folders.known(store()), now=now)


def _press_well(here: list[Folder], *, now: datetime) -> int:
    found = _with_orders(here, [Subject.FORMS]) if len(here) > 1 else here
    return sum(press_well(folder.node, folder.pages, now=now) for folder in found)


def press_well(node: Node, pages: PageStore, *, now: datetime) -> int:
    """Give some of the pages that were printed in haste their best compressed forms, if nothing changes there any more.

    Returns how many.
    """
    orders = PrintOrder.objects.filter(node=node, subject=Subject.FORMS)
    paths = orders.order_by("id").values_list("path", flat=True)[: _PRESSED * _ROWS_PER_PATH]
    quiet = (path for path in dict.fromkeys(paths) if _is_quiet(pages, path, now))
    pressed = 0
    for path in itertools.islice(quiet, _PRESSED):
        seen = list(orders.filter(path=path).values_list("pk", flat=True))
        pages.recompress(path)
        PrintOrder.objects.filter(pk__in=seen).delete()
        pressed += 1
    return pressed


def _is_quiet(pages: PageStore, path: str, now: datetime) -> bool:
    try:
        return pages.modified(path) < (now - _QUIET_FOR).timestamp()
    except OSError:
        return True  # it is gone


_ANYTHING = """
    SELECT EXISTS (
        SELECT 1 FROM press_printorder
        WHERE node_id IN (SELECT id FROM press_node WHERE machine = %s) AND subject IN (%s, %s, %s)
    )
"""


def anything_waits() -> bool:
    """Is there an order to print something here? In SQL, for it is asked several times a second, day and night."""
    with connection.cursor() as cursor:
        cursor.execute(_ANYTHING, [store().name(), *TO_PRINT])
        return bool(cursor.fetchone()[0])


def newest_order() -> int:
    """The number of the order that was given last."""
    return PrintOrder.objects.aggregate(newest=Max("id"))["newest"] or 0


def _next_paths(node: Node, limit: int, now: datetime, until: int | None) -> list[str]:
    due = PrintOrder.objects.filter(node=node, subject=Subject.PATH).exclude(not_before__gt=now)
    if until is not None:
        due = due.filter(id__lte=until)
    rows = due.order_by("turn", "id").values_list("path", flat=True)[: limit * _ROWS_PER_PATH]
    return list(dict.fromkeys(rows))[:limit]


def print_path(
    node: Node, pages: PageStore, path: str, *, now: datetime, patience: float | None = None
) -> None:
    """Print what belongs at `path`, if that is still ordered. What fails stays ordered, for later.

    Raises Busy after `patience` seconds of waiting for someone who prints it; StorageFull.
    """
    with pages.printing(path, patience=patience):
        seen = _orders(node, [path])
        if path in seen:  # or else someone has printed it while we waited
            with tracing.span("print", {"broadsheet.pages": 1}):
                _note(node, [_print(node, pages, path, seen[path])], now)


def print_in_a_row(node: Node, pages: PageStore, paths: Sequence[str], *, now: datetime) -> None:
    """The same for many paths, with what they show read together. Raises StorageFull."""
    seen = _orders(node, paths)  # before anything is read: what is ordered from now on stays so
    is_long = len(seen) >= _MANY
    with (
        tracing.span("print", {"broadsheet.pages": len(seen)}),
        in_a_row(pages, list(seen)) as printing,
    ):
        done = []
        for path, orders in seen.items():
            with printing(path):
                done.append(_print(node, pages, path, orders, flush=not is_long))
    if is_long:
        pages.flush_all()
    _note(node, done, now)


class Outcome(Enum):
    """What printing did to the folder."""

    SAME = auto()
    WRITTEN = auto()
    REMOVED = auto()
    AWAY = auto()  # nothing: what it needs, such as the store of photos, does not answer


CHANGES = (Outcome.WRITTEN, Outcome.REMOVED)


@dataclass(frozen=True, slots=True)
class _Done:
    """What became of a path's orders."""

    path: str
    orders: dict[int, int | None]  # id → page, where only its discussion had changed
    outcome: Outcome | None = None  # None: it failed


def _orders(node: Node, paths: Sequence[str]) -> dict[str, dict[int, int | None]]:
    """Those that wait for each path."""
    rows = PrintOrder.objects.filter(node=node, subject=Subject.PATH, path__in=paths)
    found: dict[str, dict[int, int | None]] = {}
    for path, pk, page_id in rows.values_list("path", "pk", "page_id"):
        found.setdefault(path, {})[pk] = page_id
    return {path: found[path] for path in paths if path in found}


def _print(
    node: Node, pages: PageStore, path: str, orders: dict[int, int | None], *, flush: bool = True
) -> _Done:
    try:
        only_comments = None not in orders.values()
        with known(partial(lengths.find, node)):
            if only_comments and put_discussion(pages, path):
                return _Done(path, orders, Outcome.WRITTEN)
            return _Done(path, orders, put(pages, path, flush=flush))
    except PrintingFailed as error:
        logger.error("%s; it is tried again later", error)
        return _Done(path, orders, Outcome.AWAY if error.is_away else None)


def _note(node: Node, done: Sequence[_Done], now: datetime) -> None:
    """What was printed in haste is ordered in smaller forms; caches are to be told of what changed; what failed stays ordered."""
    order_purges(node, [one.path for one in done if one.outcome in CHANGES])
    orders: defaultdict[Outcome | None, list[int]] = defaultdict(list)
    for one in done:
        orders[one.outcome] += one.orders
    _put_off(orders[None], now)
    PrintOrder.objects.filter(pk__in=orders[Outcome.AWAY]).update(not_before=now + _WHILE_AWAY)
    PrintOrder.objects.filter(pk__in=orders[Outcome.WRITTEN]).update(
        subject=Subject.FORMS, page_id=None
    )
    settled = orders[Outcome.SAME] + orders[Outcome.REMOVED]
    PrintOrder.objects.filter(pk__in=settled).delete()


def put_discussion(pages: PageStore, path: str) -> bool:
    """Bring only the discussion on a printed page up to date; False where that is not possible."""
    stored = pages.find(path)
    body = pages.read(path, stored, Encoding.IDENTITY) if stored else None
    refreshed = printed.refreshed(body) if body is not None else None
    if stored is None or refreshed is None:
        return False
    page = Page(refreshed, stored.content_type, stored.status, stored.location, stored.keys)
    pages.write(path, page, flush=False)  # after a power cut, everything is printed again
    return True


def put(pages: PageStore, path: str, *, flush: bool = True) -> Outcome:
    """Bring the folder up to date at one path. Raises PrintingFailed, StorageFull."""
    try:
        page = page_for(path)
        if page is None:
            return Outcome.REMOVED if pages.remove(path) else Outcome.SAME
        return Outcome.WRITTEN if pages.write(path, page, flush=flush) else Outcome.SAME
    except (UnprintablePath, ForeignFile) as error:
        logger.warning("%s", error)
        return Outcome.SAME


def _put_off(order_ids: Iterable[int], now: datetime) -> None:
    """Twice as long after each failure, up to five minutes."""
    for order in PrintOrder.objects.filter(pk__in=list(order_ids)):
        order.failures += 1
        wait = timedelta(seconds=2 ** min(order.failures, _DOUBLINGS))
        order.not_before = now + min(_LONGEST_WAIT, wait)
        order.save(update_fields=["failures", "not_before"])
