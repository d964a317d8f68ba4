"""A consistent copy of a running database as one file, and back."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .vault import VaultError

_PAGES_AT_ONCE = 1000  # so that writers get their turn between two pieces


def kind_of(url: str) -> str:
    """ "sqlite" or "postgresql"."""
    return "sqlite" if url.startswith("sqlite") else "postgresql"


def name_of(kind: str) -> str:
    """How the copy is called within a snapshot."""
    return "broadsheet.db" if kind == "sqlite" else "broadsheet.pgdump"


def dump(url: str, target: Path) -> None:
    """Write what the database at `url` holds at one moment to `target`. Raises VaultError."""
    if kind_of(url) == "postgresql":
        _run("pg_dump", url, "--format=custom", "--no-owner", f"--file={target}")
        return
    try:
        with (
            closing(sqlite3.connect(f"file:{_sqlite_file(url)}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy, pages=_PAGES_AT_ONCE)
            copy.execute("PRAGMA journal_mode=DELETE")  # the copy is one file
    except sqlite3.Error as error:
        raise VaultError(f"The database can't be copied: {error}.") from error


def problem_of(copy: Path, kind: str) -> str:
    """What is wrong with a copy that `dump` made; "" for nothing."""
    if kind == "postgresql":
        try:
            _run("pg_restore", "", "--list", str(copy))
        except VaultError as error:
            return str(error)
        return ""
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)) as connection:
            (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        return str(error)
    return "" if answer == "ok" else str(answer)


def load(copy: Path, url: str) -> None:
    """Put a copy of a PostgreSQL database into the empty one at `url`. Raises VaultError, and nothing is changed then."""
    options = ("--no-owner", "--exit-on-error", "--single-transaction")
    _run("pg_restore", url, *options, str(copy))


def _sqlite_file(url: str) -> Path:
    return Path(unquote(urlsplit(url).path.removeprefix("/")))


def _run(program: str, url: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs, on the database at `url` if there is one. The password goes by the environment:
    `ps` shows arguments to everybody.
    """
    parts = urlsplit(url)
    address = parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", "@")).geturl()
    command = [program, *([f"--dbname={address}"] if url else []), *arguments]
    environment = os.environ | ({"PGPASSWORD": unquote(parts.password)} if parts.password else {})
    try:
        subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    except FileNotFoundError as error:
        raise VaultError(
            f"{program} was not found: install PostgreSQL's client programs (Debian: postgresql-client)."
        ) from error
    except subprocess.CalledProcessError as error:
        said = (error.stderr or "").strip().splitlines() or ["it failed"]
        raise VaultError(f"{program}: {said[-1]}") from error
