"""Printing at once what a request has ordered, for whoever waits for it."""

import time
from datetime import datetime

from . import folders, tree, worker
from .files import Busy
from .folders import Folder
from .models import Placement
from .orders import Ordered
from .unfolding import unfold


def print_at_once(ordered: Ordered, *, seconds: float, now: datetime) -> None:
    """Print what a request has just ordered, for as long as `seconds`; the rest is the background's."""
    if not (ordered.pages or ordered.paths):
        return
    deadline = time.monotonic() + seconds
    here = folders.known(worker.store())
    try:
        for folder in here if len(here) == 1 else _concerned(here, ordered):
            with folder.in_hand():
                _print_at_once(folder, ordered, deadline=deadline, now=now)
    except Busy:
        return


def _concerned(here: list[Folder], ordered: Ordered) -> list[Folder]:
    """Those of newspapers that something was ordered of by path, or that show the pages, or did; the rest is no hurry."""
    sites = {site_id for site_id, _ in ordered.paths}
    nodes = set()
    if ordered.pages:
        pages = list(ordered.pages)
        showed = Placement.objects.filter(page_id__in=pages, node__in=[one.node for one in here])
        nodes = set(showed.order_by().values_list("node_id", flat=True).distinct())
        sites |= {place.site_id for place in tree.places_of_pages(pages)}
    return [
        folder
        for folder in here
        if None in sites or folder.node.site_id in sites or folder.node.pk in nodes
    ]


def _print_at_once(folder: Folder, ordered: Ordered, *, deadline: float, now: datetime) -> None:
    """Raises Busy."""
    if ordered.pages:
        patience = max(0.0, deadline - time.monotonic())
        unfold(folder.node, folder.pages, patience=patience)  # notes its paths in `ordered`
    for path in ordered.paths_of(folder.node.site_id):
        patience = deadline - time.monotonic()
        if patience <= 0:
            return
        worker.print_path(folder.node, folder.pages, path, now=now, patience=patience)
