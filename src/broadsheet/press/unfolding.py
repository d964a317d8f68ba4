"""What an order means: from a page of the tree, or everything, to the URL paths that have to be printed.

Done after the change is committed, one at a time on each node, so that it sees what readers will see. Where pages stood
before is in their Placement rows; so a page that moved, lost a tag or was deleted is removed from where it was, too.
"""

from collections import Counter
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import QuerySet

from . import consequences, extent, lengths, tree
from .consequences import Change
from .lengths import Lengths
from .models import Node, Placement, PrintOrder, Subject, Turn
from .orders import order_everything, order_pages, order_paths
from .store import PageStore
from .tree import Paper, Position

_BATCH = 500  # pages unfolded in one transaction


def unfold(node: Node, store: PageStore, *, patience: float | None = None) -> int:
    """Replace one batch of orders for pages, or for everything, by orders for paths. Returns how many there were.

    After a crash at any point it is done again, with the same result; so no transaction is needed, and no other writer
    waits for this one. Raises Busy after `patience` seconds of waiting for another process that does this.
    """
    waiting = PrintOrder.objects.filter(node=node, subject__in=[Subject.PAGE, Subject.EVERYTHING])
    if not waiting.exists():
        return 0
    with store.unfolding(patience=patience):
        batch = list(waiting.order_by("turn", "id")[:_BATCH])
        paper = tree.paper()
        if paper is not None and waiting.filter(subject=Subject.EVERYTHING).exists():
            batch = list(waiting)
            _unfold_everything(node, store, paper)
        elif paper is not None:
            others = waiting.exclude(pk__in=[order.pk for order in batch])
            page_ids = {order.page_id for order in batch if order.page_id is not None}
            _unfold_pages(node, store, paper, page_ids, others)
        PrintOrder.objects.filter(pk__in=[order.pk for order in batch]).delete()
    return len(batch)


def _unfold_everything(node: Node, store: PageStore, paper: Paper) -> None:
    order_paths(sorted(extent.all_that_could_be(paper, store)), turn=Turn.AFTER, only=node)
    note_all(node, paper)


def note_all(node: Node, paper: Paper) -> None:
    """Note where every page of the tree stands now."""
    seen: set[int] = set()
    for positions in extent.all_positions(paper):
        _keep(node, {position.page_id for position in positions}, positions)
        seen.update(position.page_id for position in positions)
    kept = Placement.objects.filter(node=node).values_list("page_id", flat=True)
    gone = sorted(set(kept.iterator()) - seen)
    for start in range(0, len(gone), _BATCH):
        _keep(node, gone[start : start + _BATCH], [])


def _unfold_pages(
    node: Node,
    store: PageStore,
    paper: Paper,
    page_ids: Collection[int],
    others: "QuerySet[PrintOrder]",
) -> None:
    """`others`: the orders whose pages have not been looked at yet."""
    kept = Placement.objects.filter(node=node, page_id__in=page_ids)
    before = {row.page_id: _position(row) for row in kept}
    after = {position.page_id: position for position in tree.positions(paper, page_ids)}
    known = (
        before.keys() | after.keys()
    )  # the others are no page that readers see, or another paper's
    changes = [Change(pk, before.get(pk), after.get(pk)) for pk in page_ids if pk in known]
    if any(consequences.is_on_every_page(change) for change in changes):
        order_pages(sorted(consequences.pages_of_other_papers(node, changes)))
        order_everything(only=node)
        return
    others_too = {pk for change in changes for pk in consequences.other_pages(node, change)}
    order_pages(sorted(others_too.difference(page_ids)))
    grown = lengths.grown(node, _growth(before.values(), after.values()))
    now = Lengths(grown, are_current=lambda: not others.exists())
    order_paths(consequences.paths(node, store, paper, changes, now), only=node)
    _keep(node, page_ids, after.values())


@transaction.atomic
def _keep(node: Node, page_ids: Collection[int], positions: Collection[Position]) -> None:
    """Note where these pages stand now; those without a position stand nowhere."""
    kept = Placement.objects.filter(node=node, page_id__in=page_ids)
    growth = _growth(map(_position, kept), positions)
    lengths.keep(node, lengths.grown(node, growth))
    kept.delete()
    Placement.objects.bulk_create(
        [
            Placement(
                node=node,
                page_id=position.page_id,
                path=position.path,
                lists=list(position.lists),
                month=position.month,
                published_at=position.published_at,
                face=position.face,
            )
            for position in positions
        ]
    )


def _growth(before: Iterable[Position], after: Iterable[Position]) -> Counter[str]:
    """By how many articles each list grows."""
    growth = Counter(base for position in after for base in position.lists)
    growth.subtract(base for position in before for base in position.lists)
    return growth


def _position(row: Placement) -> Position:
    return Position(
        page_id=row.page_id,
        path=row.path,
        lists=tuple(row.lists),
        month=row.month,
        published_at=row.published_at,
        face=row.face,
    )
