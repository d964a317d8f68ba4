"""Moving the database that Django knows the tables of."""

from django.apps import apps
from django.core.management import call_command

from . import copying
from .canonical import Table
from .closed import MoveError
from .copying import Progress
from .source import Source
from .target import Target

_MADE_ANEW = {"wagtailsearch"}  # each kind of database keeps its own index for searching


def move(source: Source, target: Target, *, name: str, progress: Progress) -> tuple[int, int]:
    """Copy what `source`, called `name`, holds; go on where an earlier try ended. Django's database is the target's.

    Returns how many tables and rows there are. Raises MoveError; what has arrived stays, for the next try.
    """
    target.open_ledger(name)
    is_new = not target.is_prepared()
    if is_new:
        call_command("migrate", interactive=False, verbosity=0)
    if source.migrations() != target.migrations():
        raise MoveError(
            "The site's database is not up to date: serve the site once with this version, then move it."
        )
    tables = _tables(target)
    if is_new:
        target.prepare(tables)
    rows = copying.copy(source, target, tables, progress)
    target.put_references_back()
    call_command("update_index", verbosity=0)
    target.finish()
    return len(tables), rows


def _tables(target: Target) -> list[Table]:
    tables = []
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.proxy or not meta.managed or meta.app_label in _MADE_ANEW:
            continue
        known = target.columns(meta.db_table)
        columns = tuple(known[str(field.column)] for field in meta.local_concrete_fields)
        tables.append(Table(meta.db_table, str(meta.pk.column), columns))
    return tables
