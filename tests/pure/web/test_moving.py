"""The file that asks writers to wait, and the line that names the new database."""

import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

import pytest

from broadsheet.web.moving import source, switching
from broadsheet.web.moving.closed import FILE_NAME, MoveError, closed, is_closed
from broadsheet.web.starting_file import STARTING_FILE

URL = 'postgresql://paper:se"cret@host/name'


def test_a_site_is_closed_while_it_is_moved_and_afterwards(tmp_path: Path) -> None:
    assert not is_closed(tmp_path)

    with closed(tmp_path):
        assert is_closed(tmp_path)

    assert is_closed(tmp_path)


def test_a_site_whose_move_failed_is_open(tmp_path: Path) -> None:
    with pytest.raises(MoveError, match="no room"), closed(tmp_path):
        raise MoveError("no room")

    assert not is_closed(tmp_path)


def test_what_a_killed_move_has_left_closes_nothing(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()

    assert not is_closed(tmp_path)


def test_a_site_is_moved_once_at_a_time(tmp_path: Path) -> None:
    with closed(tmp_path), pytest.raises(MoveError, match="is being moved"), closed(tmp_path):
        pytest.fail("two at once")


def test_nobody_writes_into_what_is_held_and_everybody_reads(tmp_path: Path) -> None:
    path = tmp_path / "broadsheet.db"
    with closing(sqlite3.connect(path, timeout=0)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE article (title text)")
        with source.held(path):
            assert other.execute("SELECT * FROM article").fetchall() == []
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("INSERT INTO article VALUES ('Late')")


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(STARTING_FILE, id="as it was made"),
        pytest.param("", id="empty"),
        pytest.param('[site]\naddress = "https://paper.example"\n', id="without the section"),
        pytest.param("[database]", id="with an empty section"),
        pytest.param('[database]\nurl = "sqlite:///a"\n[mail]\nurl = ""\n', id="with an old one"),
    ],
)
def test_the_settings_name_the_new_database_and_are_otherwise_as_they_were(settings: str) -> None:
    before, after = tomllib.loads(settings), tomllib.loads(switching.switched(settings, URL))

    assert after == before | {"database": {"url": URL}}


def test_settings_with_a_password_are_their_owners(tmp_path: Path) -> None:
    file = tmp_path / "broadsheet.toml"
    file.touch()
    file.chmod(0o644)

    switching.switch(file, URL)

    assert file.stat().st_mode & 0o777 == 0o600
