"""The `broadsheet` command: what it lists, and how it says that something is wrong."""

import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from broadsheet.web import configuration, serving

COMMAND = str(Path(sys.executable).parent / "broadsheet")


def broadsheet(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as an operator does, with nothing of the tests' own environment."""
    return subprocess.run(
        [COMMAND, *arguments],
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": "src", "LANG": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    configuration.create_missing(tmp_path / "site")
    return tmp_path / "site"


def assert_one_line_of_advice(result: subprocess.CompletedProcess[str], *words: str) -> None:
    """The last line says it all, there is no traceback, and the exit code is not zero."""
    assert result.returncode != 0
    assert "Traceback" not in result.stdout + result.stderr
    last = result.stderr.strip().splitlines()[-1]
    for word in words:
        assert word in last


@pytest.mark.parametrize(
    "name", ["serve", "demo", "work", "import", "print", "proxy", "retrain", "create-admin"]
)
def test_help_lists_each_command_with_a_line(name: str) -> None:
    lines = broadsheet("--help").stdout.splitlines()

    assert any(line.strip().startswith(f"{name} ") and line.strip().endswith(".") for line in lines)


def test_help_on_a_command_needs_no_site() -> None:
    result = broadsheet("import", "wordpress", "--help")

    assert result.returncode == 0
    assert "--no-media" in result.stdout
    assert "--site DIR" in result.stdout


def test_djangos_own_commands_work_through_it(site: Path) -> None:
    result = broadsheet("check", "--site", str(site))

    assert result.returncode == 0
    assert "no issues" in result.stdout


def test_an_unknown_option_is_named() -> None:
    assert_one_line_of_advice(broadsheet("serve", "--sight", "x"), "--sight")


def test_an_unknown_command_is_named(site: Path) -> None:
    assert_one_line_of_advice(broadsheet("publsh", "--site", str(site)), "broadsheet help")


def test_without_a_site_it_says_how_to_name_one(tmp_path: Path) -> None:
    assert_one_line_of_advice(broadsheet("serve", PWD=str(tmp_path)), "--site DIR")


def test_a_folder_that_does_not_exist_is_only_created_by_serve(tmp_path: Path) -> None:
    assert_one_line_of_advice(
        broadsheet("check", "--site", str(tmp_path / "none")), "broadsheet serve --site"
    )


def test_a_mistake_in_the_settings_names_file_and_key(site: Path) -> None:
    (site / "broadsheet.toml").write_text("[server]\nprot = 1\n")

    assert_one_line_of_advice(
        broadsheet("serve", "--site", str(site)), "broadsheet.toml", "'prot'", "port"
    )


def test_a_port_in_use_is_told_with_a_way_out(site: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        assert_one_line_of_advice(
            broadsheet("serve", "--site", str(site), "--port", port), port, "in use", "another port"
        )


def test_an_address_that_is_not_ours_is_told(site: Path) -> None:
    assert_one_line_of_advice(
        broadsheet("serve", "--site", str(site), "--host", "192.0.2.1"), "192.0.2.1"
    )


def test_a_database_that_is_down_is_told(site: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"postgresql://nobody@127.0.0.1:{closed.getsockname()[1]}/none"

        result = broadsheet("serve", "--site", str(site), DATABASE_URL=url, PORT="0")

    assert_one_line_of_advice(result, "database")


def test_a_database_that_is_none_is_told(site: Path) -> None:
    (site / "broadsheet.db").write_bytes(b"not a database at all" * 100)

    assert_one_line_of_advice(broadsheet("serve", "--site", str(site), PORT="0"), "database")
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(site / "broadsheet.db").execute("SELECT 1 FROM x")


def test_a_read_only_folder_is_told() -> None:
    assert_one_line_of_advice(broadsheet("serve", "--site", "/proc/broadsheet"), "/proc/broadsheet")


@pytest.mark.parametrize("was_served", [True, False])
def test_printing_a_site_that_was_never_served_brings_it_up_to_date_first(
    site: Path, was_served: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def prepare() -> "subprocess.CompletedProcess[str]":
        asked.append(site)
        return subprocess.CompletedProcess([], 0)

    monkeypatch.setattr(serving, "prepare", prepare)
    if was_served:
        (site / "static").mkdir()
        (site / "static/staticfiles.json").touch()

    serving.gather_what_pages_need(configuration.read(site, {}))

    assert asked == ([] if was_served else [site])
