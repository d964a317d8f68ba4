"""`broadsheet move-database`."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
import psycopg

from broadsheet.web import configuration as configurations
from broadsheet.web.configuration import Configuration

from . import closed, source, switching
from .closed import MoveError


def move_database(configuration: Configuration, to: str, *, switch: bool) -> None:
    """Copy the site's database to `to`; with `switch`, have `broadsheet.toml` name it."""
    if not configuration.database_url.startswith("sqlite"):
        raise click.ClickException("The site's database is a PostgreSQL already.")
    if urlsplit(to).scheme not in {"postgres", "postgresql"}:
        raise click.ClickException("The new database's address must begin with postgresql://.")
    file = configuration.folder / configurations.FILE_NAME
    with _one_line(), closed.closed(configuration.folder):
        tables, rows = _copied(configuration, to)
        if switch:
            switching.switch(file, to)
    click.echo(f"{rows} rows in {tables} tables are the same in both databases.")
    click.echo(
        f"{file} names the new one."
        if switch
        else f"In {file}, write under [database]:\n{switching.line(to)}"
    )
    click.echo("Start the site again now: until then it takes no comments and no edits.")


def _copied(configuration: Configuration, to: str) -> tuple[int, int]:
    os.environ["DATABASE_URL"] = to  # Django works on the new database
    import django  # noqa: PLC0415, after the address is known
    from django.db import DatabaseError  # noqa: PLC0415

    django.setup()
    from . import site  # noqa: PLC0415, after setup
    from .target import Target  # noqa: PLC0415

    path = Path(unquote(urlsplit(configuration.database_url).path.removeprefix("/")))
    try:
        with source.held(path) as old, psycopg.connect(to, autocommit=True) as new, _bar() as bar:
            return site.move(old, Target(new), name=str(path), progress=bar)
    except (psycopg.Error, DatabaseError) as error:
        line = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise MoveError(f"The new database can't be used: {line}") from error


@contextmanager
def _one_line() -> Iterator[None]:
    """Errors as people read them."""
    try:
        yield
    except MoveError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.strerror}: {error.filename}") from error
    except KeyboardInterrupt as error:
        raise click.ClickException("Stopped; the same command goes on from there.") from error


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """A progress bar with the time left on a terminal, and nothing in a log."""
    with click.progressbar(
        length=1, label="Copying", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:

        def progress(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        yield progress
