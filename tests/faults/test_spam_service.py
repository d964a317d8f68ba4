"""The spam service while things break: it answers on, and nothing that it answered is lost."""

import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.clients.asking import LONGEST_WAIT, answers_again, ask, pause
from tests.clients.conftest import issue_keys
from tests.journeys.served import Served

pytestmark = pytest.mark.fault


@contextmanager
def write_lock(database: Path) -> Iterator[None]:
    """What a backup or a long migration does to everybody else."""
    with closing(sqlite3.connect(database, isolation_level=None, timeout=60)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def kept(database: Path, guids: set[str]) -> set[str]:
    """Those of `guids` that get into the database in time."""
    found: set[str] = set()
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)) as connection:
        for _ in range(LONGEST_WAIT):
            found = {row[0] for row in connection.execute("SELECT guid FROM akismet_check")}
            if guids <= found:
                break
            pause()
    return found & guids


def server_processes(supervisor: int) -> list[int]:
    """The server and its worker, which answer requests."""
    listing = subprocess.run(
        ["ps", "-eo", "pid=,ppid=,comm="], capture_output=True, text=True, check=True
    )
    rows = [line.split(None, 2) for line in listing.stdout.splitlines()]
    family = {supervisor}
    for _generation in range(3):
        family |= {int(pid) for pid, parent, _ in rows if int(parent) in family}
    return [int(pid) for pid, _, name in rows if int(pid) in family and name == "web.front"]


def test_a_locked_database_and_a_killed_server_lose_no_check(tmp_path: Path) -> None:
    site = tmp_path / "site"
    database = site / "broadsheet.db"
    with Served.start(site, command="spam-service") as served:
        key = issue_keys(served)[0]
        assert answers_again(served, key)

        with write_lock(database):
            answers = [ask(served, key, f"While it is locked, {number}") for number in range(50)]
            for process in server_processes(served.process.pid):
                os.kill(process, signal.SIGKILL)
        assert answers_again(served, key)
        answers.append(ask(served, key, "After it was killed"))

        guids = {guid for _, guid in answers}
        assert {status for status, _ in answers} == {200}
        assert len(guids) == 51
        assert kept(database, guids) == guids


def test_a_node_that_leaves_takes_no_check_with_it(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with Served.start(site, command="spam-service") as served:
        key = issue_keys(served)[0]
        assert answers_again(served, key)
        answers = [ask(served, key, f"Before it leaves, {number}") for number in range(50)]

    guids = {guid for _, guid in answers}
    assert list((site / "journal").glob("*.jsonl")) == []
    with closing(sqlite3.connect(site / "broadsheet.db")) as connection:
        found = {row[0] for row in connection.execute("SELECT guid FROM akismet_check")}
    assert guids <= found
