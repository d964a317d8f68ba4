"""Let search find very many new pages.

On SQLite, Wagtail's index takes each text of a page three times, and rewrites its rows, with the words that FTS5 keeps of them,
to weigh their titles. Here texts are taken once, and rows are inserted with their weight. Elsewhere the index does its work.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils.module_loading import import_string
from modelsearch.index import AutocompleteField
from wagtail.models import Page
from wagtail.search.backends import get_search_backends_with_name
from wagtail.search.models import IndexEntry

from . import rows

_INDEXER = "modelsearch.backends.database.sqlite.sqlite.ObjectIndexer"  # there on SQLite only


def index(page_class: type[Page], pages: Sequence[Page]) -> None:
    """Index new pages of one class. Call it in a transaction."""
    for backend, found in _indexes(page_class):
        if connection.vendor == "sqlite":
            _insert([_entry(page, backend) for page in pages])
        else:
            found._refresh_title_norms = _later
            found.add_items(page_class, pages)


def weigh_titles() -> None:
    """Weigh the titles that have no weight yet; call it when all are there."""
    for _backend, found in _indexes(Page):
        found._refresh_title_norms()


def _later() -> None:
    """The weight of titles depends on the length of all: found anew for each batch, that took most of a large import."""


def _indexes(page_class: type[Page]) -> Iterator[tuple[Any, Any]]:
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        yield backend, backend.get_index_for_model(page_class)


def _entry(page: Page, backend: Any) -> IndexEntry:
    indexer = import_string(_INDEXER)(page, backend)
    titles, bodies, beginnings = list[str](), list[str](), list[str]()
    for searched in indexer.search_fields:
        for field, text in indexer.prepare_field(page, searched):
            if isinstance(field, AutocompleteField):
                beginnings.append(text)
            else:
                (titles if field.field_name == "title" else bodies).append(text)
    return IndexEntry(
        content_type=ContentType.objects.get_for_model(page),
        object_id=str(page.pk),
        title=" ".join(titles),
        body=" ".join(bodies),
        autocomplete=" ".join(beginnings),
    )


def _insert(entries: Sequence[IndexEntry]) -> None:
    """A title weighs what the mean length is to its own: of all, says Wagtail; of those that come with it, here."""
    lengths = [len(entry.title) for entry in entries if entry.title]
    for entry in entries:
        if entry.title:
            entry.title_norm = sum(lengths) / len(lengths) / len(entry.title)
    rows.number(IndexEntry, entries)
    rows.insert(IndexEntry, entries)
