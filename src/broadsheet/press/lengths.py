"""How long each list is, counted along: what a publication adds and takes away, so that nothing is counted anew.

A length is the number of Placement rows that name the list; both change in one transaction.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from broadsheet.comments.memory import once

from .models import ListLength, Node


@dataclass(frozen=True, slots=True)
class Lengths:
    """How many articles lists have, by URL path."""

    articles: Mapping[str, int]
    are_current: Callable[[], bool]  # False once something has changed that is not counted yet


def find(node: Node, base: str) -> int | None:
    """The length of the list at the URL path `base`; None if no list is known there."""
    rows = ListLength.objects.filter(node=node, path=base).values_list("articles", flat=True)
    return once(("list length", node.pk, base), rows.first)


def grown(node: Node, by: Mapping[str, int]) -> dict[str, int]:
    """The lengths of these lists after they have grown."""
    rows = ListLength.objects.filter(node=node, path__in=by)
    known = dict(rows.values_list("path", "articles"))
    return {base: known.get(base, 0) + more for base, more in by.items()}


def keep(node: Node, lengths: Mapping[str, int]) -> None:
    ListLength.objects.bulk_create(
        [ListLength(node=node, path=base, articles=length) for base, length in lengths.items()],
        update_conflicts=True,
        unique_fields=["node", "path"],
        update_fields=["articles"],
    )
