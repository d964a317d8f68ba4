"""Taking a snapshot of a site while it is served, looking whether one is whole, and making a site of one."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from . import databases, vault
from .vault import Content, Snapshot, Vault, VaultError

_FOLDERS = ("templates", "journal", "media")  # pages and static files are made again
_LEARNT = ("model",)  # until a site's first start with this version (learning/adopting.py)
_FILES = ("broadsheet.toml", "secret-key", "theme.css")
_UNFINISHED = (".new", ".lock", ".tmp")

Progress = Callable[[int, int], None]  # files done, files in all


def take(
    site: Path, database_url: str, into: Vault, *, version: str, now: datetime, progress: Progress
) -> Snapshot:
    """A snapshot of the site in `site`. Raises VaultError; OSError for a disk that is full.

    The database is copied after the journal, so that no check is in neither, and between two looks at the photos, so that
    each photo it names is there. What an earlier version kept of the filter in files is copied just before it: none may know
    lessons that its log does not, for the log would go on with others.
    """
    into.create_missing()
    files = _kept(site, _FOLDERS, into, {}, progress)
    files |= _kept(site, _LEARNT, into, {}, progress)
    kind = databases.kind_of(database_url)
    with tempfile.TemporaryDirectory(dir=site, prefix="unfinished-") as folder:
        copy = Path(folder) / databases.name_of(kind)
        databases.dump(database_url, copy)
        files = _kept(site, _FOLDERS, into, files, progress)
        files[copy.name] = into.add(copy)
    snapshot = Snapshot(vault.name_of(now), version, kind, files)
    into.keep(snapshot)
    return snapshot


def verify(source: Vault, snapshot: Snapshot) -> list[str]:
    """What is wrong with `snapshot`, a line each; nothing when it can be restored."""
    problems = [f"{path} is missing or damaged" for path in source.damaged(snapshot)]
    name = databases.name_of(snapshot.database)
    if name not in snapshot.files:
        return [*problems, "it has no database"]
    if not problems:
        with tempfile.TemporaryDirectory(prefix="broadsheet-backup-") as folder:
            copy = Path(folder) / name
            source.copy(snapshot.files[name], copy)
            problem = databases.problem_of(copy, snapshot.database)
        problems += [f"the database: {problem}"] if problem else []
    return problems


def restore(
    source: Vault, snapshot: Snapshot, site: Path, database_url: str, *, progress: Progress
) -> None:
    """Make the empty folder `site` what it was at `snapshot`; `database_url` names an empty PostgreSQL, or is "".

    Raises VaultError, and leaves nothing then.
    """
    if site.exists() and any(site.iterdir()):
        raise VaultError(f"{site} is not empty; a backup is restored into a new folder.")
    if snapshot.database != (databases.kind_of(database_url) if database_url else "sqlite"):
        raise VaultError(
            "The backup is of a PostgreSQL database: name an empty one with DATABASE_URL."
            if snapshot.database == "postgresql"
            else "The backup is of a SQLite database: restore it without DATABASE_URL."
        )
    draft = site.with_name(f"{site.name}.restoring")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        for done, (path, content) in enumerate(sorted(snapshot.files.items()), start=1):
            target = _within(draft, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            if not source.copy(content, target):
                raise VaultError(f"The backup is damaged: {path} is not what it was.")
            progress(done, len(snapshot.files))
        (draft / "secret-key").chmod(0o600)
        if snapshot.database == "postgresql":
            copy = draft / databases.name_of(snapshot.database)
            databases.load(copy, database_url)
            copy.unlink()
        if site.exists():
            site.rmdir()
        draft.replace(site)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _kept(
    site: Path, folders: Sequence[str], into: Vault, known: dict[str, Content], progress: Progress
) -> dict[str, Content]:
    """The contents of the site's files, the `known` ones not read again."""
    paths = list(_paths(site, folders))
    found: dict[str, Content] = {}
    for done, path in enumerate(paths, start=1):
        name = path.relative_to(site).as_posix()
        try:
            found[name] = known.get(name) or into.add(path)
        except FileNotFoundError:  # deleted meanwhile
            continue
        progress(done, len(paths))
    return known | found


def _paths(site: Path, folders: Sequence[str]) -> Iterator[Path]:
    for name in _FILES:
        if (site / name).is_file():
            yield site / name
    for folder in folders:
        for path in sorted((site / folder).rglob("*")):
            if path.is_file() and not path.is_symlink() and path.suffix not in _UNFINISHED:
                yield path


def _within(folder: Path, path: str) -> Path:
    target = (folder / path).resolve()
    if not target.is_relative_to(folder.resolve()):
        raise VaultError(f"The backup names a file outside the site: {path!r}.")
    return target
