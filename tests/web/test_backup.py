"""Backups of a site while it is served, on the database that the tests run on."""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from click.testing import CliRunner

from broadsheet.web.backup import databases, site
from broadsheet.web.backup.commands import restore_backup, verify_backup
from broadsheet.web.backup.vault import Snapshot, VaultError, vault_at

pytestmark = pytest.mark.database  # each works on the database that the address names

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
SERVER = os.environ.get("DATABASE_URL", "")
HARBOUR = b"\xff\xd8 a photo of the harbour"


def ignored(_done: int, _of: int) -> None:
    """No bar."""


class Database:
    """A small database with one table, on whatever the tests run on."""

    def __init__(self, url: str) -> None:
        self.url = url

    def run(self, *statements: str) -> list[tuple[object, ...]]:
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as connection:
                for statement in statements:
                    rows = connection.execute(statement).fetchall()
                connection.commit()
                return rows
        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


@pytest.fixture
def databases_made() -> Iterator[list[str]]:
    """URLs of databases that are empty; SQLite files come by themselves."""
    names = [f"backup_{secrets.token_hex(6)}" for _ in range(2)] if SERVER else []
    for name in names:
        Database(SERVER).run(f"CREATE DATABASE {name}")
    yield [urlsplit(SERVER)._replace(path=f"/{name}").geturl() for name in names]
    for name in names:
        Database(SERVER).run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def served(tmp_path: Path, databases_made: list[str]) -> tuple[Path, Database]:
    """A site's folder and its database."""
    folder = tmp_path / "site"
    (folder / "media" / "photos").mkdir(parents=True)
    (folder / "pages").mkdir()
    (folder / "media" / "photos" / "Hafen – größer.jpg").write_bytes(HARBOUR)
    (folder / "pages" / "index.html").write_text("printed")
    (folder / "secret-key").write_text("s" * 50)
    (folder / "broadsheet.toml").write_text("[site]\n")
    (folder / "theme.css").write_text(":root {}")
    database = Database(databases_made[0] if SERVER else f"sqlite:///{folder / 'broadsheet.db'}")
    database.run("CREATE TABLE article (title TEXT)", "INSERT INTO article VALUES ('The ferry')")
    return folder, database


def take(
    served: tuple[Path, Database], into: Path, *, now: datetime = NOON, key: str = ""
) -> Snapshot:
    folder, database = served
    return site.take(
        folder, database.url, vault_at(str(into), key), version="0.1", now=now, progress=ignored
    )


def test_a_restored_site_is_what_it_was(
    served: tuple[Path, Database], tmp_path: Path, databases_made: list[str]
) -> None:
    _folder, database = served
    vault = vault_at(str(tmp_path / "backups"))
    snapshot = take(served, Path(str(vault)))
    database.run("INSERT INTO article VALUES ('Written afterwards')")

    new = tmp_path / "new"
    url = databases_made[1] if SERVER else ""
    site.restore(vault, snapshot, new, url, progress=ignored)

    restored = Database(url or f"sqlite:///{new / 'broadsheet.db'}")
    assert restored.run("SELECT title FROM article") == [("The ferry",)]
    assert (new / "media/photos/Hafen – größer.jpg").read_bytes() == HARBOUR
    assert (new / "secret-key").read_text() == "s" * 50
    assert (new / "theme.css").read_text() == ":root {}"
    assert (new / "secret-key").stat().st_mode & 0o777 == 0o600
    assert not (new / "pages").exists()
    assert list(new.parent.glob("*.restoring")) == []


def test_the_filter_goes_on_from_what_it_had_learnt_when_the_log_was_copied(
    served: tuple[Path, Database], tmp_path: Path
) -> None:
    """Not from a checkpoint of later lessons: the restored log goes on with others."""
    folder, _database = served
    (folder / "model").mkdir()
    (folder / "model" / "00000000000000000100.model").write_bytes(b"a hundred lessons")
    vault = vault_at(str(tmp_path / "backups"))
    later = folder / "model" / "00000000000000000200.model"

    def learn_on(done: int, of: int) -> None:
        if any(path.name.startswith("unfinished-") for path in folder.iterdir()):
            later.write_bytes(b"two hundred")

    snapshot = site.take(folder, served[1].url, vault, version="0.1", now=NOON, progress=learn_on)

    assert later.exists()
    assert [path for path in snapshot.files if path.startswith("model/")] == [
        "model/00000000000000000100.model"
    ]


def test_a_backup_that_is_whole_has_no_problems(
    served: tuple[Path, Database], tmp_path: Path
) -> None:
    vault = vault_at(str(tmp_path / "backups"))

    assert site.verify(vault, take(served, Path(str(vault)))) == []


def test_a_damaged_database_is_found(
    served: tuple[Path, Database], tmp_path: Path, databases_made: list[str]
) -> None:
    vault = vault_at(str(tmp_path / "backups"))
    snapshot = take(served, Path(str(vault)))
    name = databases.name_of(snapshot.database)
    place = Path(str(vault)) / vault.place_of(snapshot.files[name])
    place.write_bytes(b"no database" + place.read_bytes()[11:])

    assert site.verify(vault, snapshot) == [f"{name} is missing or damaged"]
    url = databases_made[1] if SERVER else ""
    with pytest.raises(VaultError, match="damaged"):
        site.restore(vault, snapshot, tmp_path / "new", url, progress=ignored)
    assert not (tmp_path / "new").exists()


def test_a_second_backup_adds_only_what_changed(
    served: tuple[Path, Database], tmp_path: Path
) -> None:
    into = tmp_path / "backups"
    first = take(served, into)
    (served[0] / "media" / "ferry.jpg").write_bytes(b"the ferry")

    second = take(served, into, now=NOON.replace(hour=13))

    photos = [path for path in second.files if path.startswith("media/")]
    assert sorted(photos) == ["media/ferry.jpg", "media/photos/Hafen – größer.jpg"]
    assert second.files["media/photos/Hafen – größer.jpg"] in first.files.values()


def test_nothing_but_the_owner_reads_a_backup(
    served: tuple[Path, Database], tmp_path: Path
) -> None:
    take(served, tmp_path / "backups")

    assert (tmp_path / "backups").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_is_in_use_is_not_restored_into(
    served: tuple[Path, Database], tmp_path: Path
) -> None:
    take(served, tmp_path / "backups")

    result = CliRunner().invoke(
        restore_backup, [str(tmp_path / "backups"), "--site", str(served[0])]
    )

    assert result.exit_code == 1
    assert "is not empty" in result.output


def test_the_command_says_that_all_is_well_or_what_is_not(
    served: tuple[Path, Database], tmp_path: Path
) -> None:
    vault = vault_at(str(tmp_path / "backups"))
    snapshot = take(served, Path(str(vault)))

    assert "all as they were" in CliRunner().invoke(verify_backup, [str(vault)]).output

    (Path(str(vault)) / vault.place_of(snapshot.files["secret-key"])).unlink()
    result = CliRunner().invoke(verify_backup, [str(vault)])
    assert result.exit_code == 1
    assert "secret-key is missing or damaged" in result.output


def test_a_folder_without_backups_says_so_in_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(verify_backup, [str(tmp_path)])

    assert result.exit_code == 1
    assert result.output == f"Error: There is no backup in {tmp_path}.\n"


def test_a_sealed_backup_is_restored_with_its_key_alone_and_tells_nothing(
    served: tuple[Path, Database], tmp_path: Path, databases_made: list[str]
) -> None:
    key = tmp_path / "key"
    key.write_text("k" * 44 + "\n")
    into = tmp_path / "backups"
    take(served, into, key="k" * 44)

    kept = b"".join(path.read_bytes() for path in into.rglob("*") if path.is_file())
    assert not [secret for secret in (HARBOUR, b"s" * 50, b"The ferry", b"Hafen") if secret in kept]
    assert "name its key" in CliRunner().invoke(verify_backup, [str(into)]).output
    said = CliRunner().invoke(verify_backup, [str(into), "--key-file", str(key)]).output
    assert "all as they were" in said
    environment = {"DATABASE_URL": databases_made[1] if SERVER else ""}
    arguments = [str(into), "--site", str(tmp_path / "new"), "--key-file", str(key)]
    assert CliRunner(env=environment).invoke(restore_backup, arguments).exit_code == 0
    assert (tmp_path / "new/media/photos/Hafen – größer.jpg").read_bytes() == HARBOUR
