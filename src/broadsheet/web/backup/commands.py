"""`broadsheet backup`, `verify-backup` and `restore-backup`."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import click

from broadsheet.web.configuration import Configuration

from . import history
from . import site as sites
from .shelves import ShelfError
from .site import Progress
from .vault import VaultError, vault_at

_FOLDER = click.Path(path_type=Path, file_okay=False)
_KEY = click.option(
    "--key-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The key of a sealed backup (or BROADSHEET_BACKUP_KEY in the environment).",
)
_SNAPSHOT = click.option("--snapshot", default="", help="Which one (default: the newest).")


def backup(configuration: Configuration, into: str, *, keep: int) -> None:
    """Take a snapshot and forget the oldest ones; `keep` 0 forgets none."""
    now = datetime.now(UTC)
    with _one_line(), _noting(configuration, into, now), _bar("Backing up") as progress:
        vault = vault_at(into, configuration.backup_key)
        snapshot = sites.take(
            configuration.folder,
            configuration.database_url,
            vault,
            version=version("broadsheet"),
            now=now,
            progress=progress,
        )
        forgotten = vault.prune(keep) if keep else 0
    size = sum(content.size for content in snapshot.files.values())
    click.echo(
        f"{snapshot.name}: {len(snapshot.files)} files, {size / 1e6:.1f} MB, in {into}"
        + (f"; {forgotten} older ones forgotten" if forgotten else "")
    )


@click.command("verify-backup", short_help="Look whether a backup can be restored.")
@click.argument("place")
@_SNAPSHOT
@_KEY
def verify_backup(place: str, snapshot: str, key_file: Path | None) -> None:
    """Read every content of a backup in PLACE, a folder or s3://bucket/prefix, again, and its database."""
    with _one_line():
        vault = vault_at(place, _key(key_file))
        found = vault.snapshot(snapshot)
        problems = sites.verify(vault, found)
    for problem in problems[:20]:
        click.echo(problem, err=True)
    if problems:
        raise click.ClickException(f"{found.name} can't be restored: {len(problems)} problems.")
    click.echo(f"{found.name}: {len(found.files)} files, all as they were.")


@click.command("restore-backup", short_help="Make a site of a backup.")
@click.argument("place")
@click.option("--site", type=_FOLDER, required=True, help="The new site's folder.")
@_SNAPSHOT
@_KEY
def restore_backup(place: str, site: Path, snapshot: str, key_file: Path | None) -> None:
    """Make a site of a backup in PLACE, a folder or s3://bucket/prefix. Its pages are printed when it is served."""
    with _one_line(), _bar("Restoring") as progress:
        vault = vault_at(place, _key(key_file))
        found = vault.snapshot(snapshot)
        url = os.environ.get("DATABASE_URL", "")
        sites.restore(vault, found, site.resolve(), url, progress=progress)
    click.echo(f"{found.name} is restored. Serve it: broadsheet serve --site {site}")


def _key(file: Path | None) -> str:
    """The key of the file, or of the environment; "" for none."""
    if file is None:
        return os.environ.get("BROADSHEET_BACKUP_KEY", "")
    return file.read_text(encoding="utf-8").strip()


@contextmanager
def _one_line() -> Iterator[None]:
    """Errors as people read them."""
    try:
        yield
    except (VaultError, ShelfError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.strerror}: {error.filename}") from error


@contextmanager
def _noting(configuration: Configuration, into: str, now: datetime) -> Iterator[None]:
    """What the operator's page tells of backups. One more, elsewhere than the settings say, is no reason to skip theirs."""
    counts = configuration.backup_to in ("", into)
    try:
        yield
    except (VaultError, ShelfError, OSError) as error:
        if counts:
            with suppress(OSError):
                history.note_failed(configuration.folder, now, str(error))
        raise
    if counts:
        with suppress(OSError):
            history.note_taken(configuration.folder, now)


@contextmanager
def _bar(label: str) -> Iterator[Progress]:
    """A progress bar on a terminal, and nothing in a log."""
    with click.progressbar(
        length=1, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:

        def progress(done: int, of: int) -> None:
            bar.length = of
            bar.pos = done
            bar.update(0)

        yield progress
