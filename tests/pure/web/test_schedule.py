"""One backup a day, as many as are to be kept."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from broadsheet.web import configuration
from broadsheet.web.backup import schedule
from broadsheet.web.backup.vault import vault_at
from broadsheet.web.configuration import Configuration

MONDAY = datetime(2026, 3, 2, 4, 30, tzinfo=UTC)


@pytest.fixture
def site(tmp_path: Path) -> Configuration:
    folder = tmp_path / "site"
    configuration.create_missing(folder)
    said = f'[backup]\nto = "{tmp_path / "backups"}"\nkeep = 2\n'
    (folder / "broadsheet.toml").write_text(said, encoding="utf-8")
    with closing(sqlite3.connect(folder / "broadsheet.db")) as database:
        database.execute("CREATE TABLE t (c)")
    return configuration.read(folder, {})


def test_a_backup_is_taken_once_a_day_and_the_oldest_are_forgotten(site: Configuration) -> None:
    taken = [
        schedule.take_if_due(site, now=MONDAY + timedelta(hours=hours))
        for hours in (0, 1, 23, 25, 26, 50)
    ]

    assert taken == [
        "2026-03-02T04-30-00Z",
        "",
        "",
        "2026-03-03T05-30-00Z",
        "",
        "2026-03-04T06-30-00Z",
    ]
    assert vault_at(site.backup_to).names() == [taken[3], taken[5]]


def test_nothing_is_backed_up_without_a_folder_to_do_so(tmp_path: Path) -> None:
    configuration.create_missing(tmp_path / "site")

    assert schedule.take_if_due(configuration.read(tmp_path / "site", {}), now=MONDAY) == ""
