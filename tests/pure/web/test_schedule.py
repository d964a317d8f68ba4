"""One backup a day, as many as are to be kept."""

import errno
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from broadsheet.web import configuration
from broadsheet.web.backup import history, schedule
from broadsheet.web.backup.vault import VaultError, vault_at
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


def test_what_became_of_the_last_one_is_known(site: Configuration) -> None:
    assert history.read(site.folder).is_too_old(MONDAY)

    schedule.take_if_due(site, now=MONDAY)

    known = history.read(site.folder)
    assert known.taken_at == MONDAY
    assert not known.is_too_old(MONDAY + timedelta(hours=36))
    assert known.is_too_old(MONDAY + timedelta(hours=37))


def test_a_failure_is_known_until_a_backup_is_taken(site: Configuration) -> None:
    schedule.take_if_due(site, now=MONDAY)
    (site.folder / "broadsheet.db").write_bytes(b"no database" * 100)
    tuesday = MONDAY + timedelta(days=1)

    with pytest.raises(VaultError) as failure:
        schedule.take_if_due(site, now=tuesday)
    history.note_failed(site.folder, tuesday, str(failure.value))

    known = history.read(site.folder)
    assert (known.taken_at, known.failed_at) == (MONDAY, tuesday.isoformat())
    assert "can't be copied" in known.why
    history.note_taken(site.folder, tuesday)
    assert history.read(site.folder).why == ""


def test_a_node_that_takes_none_learns_of_what_another_took(
    site: Configuration, tmp_path: Path
) -> None:
    schedule.take_if_due(site, now=MONDAY)
    (site.folder / history.FILE_NAME).unlink()

    schedule.look(site)

    assert history.read(site.folder).taken_at == MONDAY
    assert schedule.take_if_due(site, now=MONDAY + timedelta(hours=1)) == ""


@pytest.mark.parametrize("damage", ["", "[]", '{"last": 3}', '{"last": "soon"}', '{"when": ""}'])
def test_a_damaged_note_is_no_note(site: Configuration, damage: str) -> None:
    (site.folder / history.FILE_NAME).write_text(damage, encoding="utf-8")

    assert history.read(site.folder) == history.History()


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(OSError(errno.ENOSPC, "No space left on device"), id="a full disk"),
        pytest.param(RuntimeError("what nobody thought of"), id="what nobody thought of"),
    ],
)
def test_after_any_failure_there_is_another_attempt(
    site: Configuration, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(schedule.sites, "take", fail)
        assert schedule.attempt(site, is_first=True, now=MONDAY) == schedule.AFTER_AN_ERROR
        assert str(error) in history.read(site.folder).why
        broken.setattr(schedule.history, "note_failed", fail_to_write)
        assert schedule.attempt(site, is_first=True, now=MONDAY) == schedule.AFTER_AN_ERROR

    assert schedule.attempt(site, is_first=True, now=MONDAY) == schedule.LOOK_EVERY
    assert history.read(site.folder).taken_at == MONDAY


def fail_to_write(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
