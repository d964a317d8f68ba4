"""How many articles a list has: counted, unless whoever prints pages knows it already.

A page of a list says how many there are before it, and a count touches every one of them. The press keeps along how
long each list is, and prints with `known`; what prints very many pages in a row uses `counted_once`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from .articles import ArticlePage

Find = Callable[[str], int | None]  # URL path of a list → its length, None if not known

_known: ContextVar[Find | None] = ContextVar("known", default=None)
_counted: ContextVar[dict[str, int] | None] = ContextVar("counted", default=None)


@contextmanager
def known(find: Find) -> Iterator[None]:
    """Within, ask `find` before counting."""
    token = _known.set(find)
    try:
        yield
    finally:
        _known.reset(token)


@contextmanager
def counted_once() -> Iterator[None]:
    """Within, count each list once only."""
    token = _counted.set({})
    try:
        yield
    finally:
        _counted.reset(token)


def length(base: str, articles: "QuerySet[ArticlePage]") -> int:
    """How many `articles` the list at the URL path `base` has."""
    find, counted = _known.get(), _counted.get()
    found = find(base) if find is not None else None
    if found is not None:
        return found
    if counted is None:
        return articles.count()
    if base not in counted:
        counted[base] = articles.count()
    return counted[base]
