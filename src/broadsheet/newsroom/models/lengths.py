"""How many articles a list has: counted, unless whoever prints pages knows it already.

A page of a list says how many there are before it, and a count touches every one of them. The press keeps along how
long each list is, and prints with `known`; what prints very many pages in a row counts each list once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from broadsheet.comments.memory import once

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from .articles import ArticlePage

Find = Callable[[str], int | None]  # URL path of a list → its length, None if not known

_known: ContextVar[Find | None] = ContextVar("known", default=None)


@contextmanager
def known(find: Find) -> Iterator[None]:
    """Within, ask `find` before counting."""
    token = _known.set(find)
    try:
        yield
    finally:
        _known.reset(token)


def length(base: str, articles: "QuerySet[ArticlePage]") -> int:
    """How many `articles` the list at the URL path `base` has."""
    find = _known.get()
    found = find(base) if find is not None else None
    return once(("length", base), articles.count) if found is None else found
