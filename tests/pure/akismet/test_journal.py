"""The journal: what was answered outlives the process, and is read from where one stopped."""

import subprocess
import sys
from pathlib import Path

import pytest

from broadsheet.akismet import journal
from broadsheet.akismet.journal import Journal


@pytest.fixture(autouse=True)
def _a_busy_machine_is_no_slow_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "SLOW", float("inf"))


def lines_in(folder: Path) -> list[int]:
    return [
        line["n"]
        for path in journal.files(folder)
        for chunk in journal.chunks(path, start=0, lines=10)
        for line in chunk.lines
    ]


def test_what_is_appended_is_on_file_at_once(tmp_path: Path) -> None:
    writer = Journal(tmp_path)

    writer.append({"n": 1, "text": "zwölf\nBrücken"})
    writer.append({"n": 2})

    assert lines_in(tmp_path) == [1, 2]


def test_what_is_appended_outlives_a_killed_process(tmp_path: Path) -> None:
    program = (
        "import os, sys, signal; from pathlib import Path\n"
        "from broadsheet.akismet.journal import Journal\n"
        "journal = Journal(Path(sys.argv[1]))\n"
        "for n in range(100): journal.append({'n': n})\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )

    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)

    assert lines_in(tmp_path) == list(range(100))
    assert all(journal.is_finished(path) for path in journal.files(tmp_path))


def test_a_file_in_use_is_not_finished(tmp_path: Path) -> None:
    writer = Journal(tmp_path)
    writer.append({"n": 1})
    (path,) = journal.files(tmp_path)

    in_use = journal.is_finished(path)
    writer.close()

    assert (in_use, journal.is_finished(path)) == (False, True)


def test_a_full_file_is_followed_by_another(tmp_path: Path) -> None:
    writer = Journal(tmp_path, largest_file=50)

    for number in range(20):
        writer.append({"n": number})

    assert len(journal.files(tmp_path)) > 1
    assert lines_in(tmp_path) == list(range(20))


def test_reading_goes_on_where_it_stopped(tmp_path: Path) -> None:
    writer = Journal(tmp_path)
    for number in range(25):
        writer.append({"n": number})
    (path,) = journal.files(tmp_path)
    first = next(journal.chunks(path, start=0, lines=10))

    rest = [
        line["n"]
        for chunk in journal.chunks(path, start=first.end, lines=10)
        for line in chunk.lines
    ]

    assert rest == list(range(10, 25))


@pytest.mark.parametrize(
    ("tail", "end_moves"),
    [
        pytest.param(b'{"n":2', False, id="a half line is waited for"),
        pytest.param(b"\x00\xff nonsense\n", True, id="a damaged line is skipped"),
        pytest.param(b"[1]\n", True, id="a line that is no entry is skipped"),
    ],
)
def test_damage_costs_no_more_than_its_line(tmp_path: Path, tail: bytes, end_moves: bool) -> None:
    path = tmp_path / "1.jsonl"
    path.write_bytes(b'{"n":1}\n' + tail)

    (chunk,) = journal.chunks(path, start=0, lines=10)

    assert [line["n"] for line in chunk.lines] == [1]
    assert chunk.end == (path.stat().st_size if end_moves else 8)


def test_on_a_disk_that_refuses_lines_wait_in_memory(tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    folder.write_text("a file where a folder should be")
    writer = Journal(folder)
    writer.append({"n": 1})
    writer.append({"n": 2})
    folder.unlink()
    writer._respite_until = 0

    writer.flush()

    assert lines_in(folder) == [1, 2]


def test_a_disk_that_refused_is_left_alone_for_a_while(tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    folder.write_text("a file where a folder should be")
    writer = Journal(folder)
    writer.append({"n": 1})
    folder.unlink()

    writer.append({"n": 2})

    assert not folder.exists()


def test_a_slow_disk_is_left_alone_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "SLOW", -1)
    writer = Journal(tmp_path)

    writer.append({"n": 1})
    writer.append({"n": 2})
    assert lines_in(tmp_path) == [1]
    writer.close()

    assert lines_in(tmp_path) == [1, 2]


def test_strangers_can_not_read_it(tmp_path: Path) -> None:
    Journal(tmp_path).append({"n": 1})

    (path,) = journal.files(tmp_path)

    assert path.stat().st_mode & 0o077 == 0
