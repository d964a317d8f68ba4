"""Each node prints for itself, and a machine that comes back prints what it missed."""

from datetime import timedelta
from pathlib import Path

import pytest

from broadsheet.press import worker
from broadsheet.press.models import Node
from broadsheet.press.store import PageStore
from tests import builders
from tests.clock import NOON
from tests.press.builders import FERRY, NONE, difference, print_what_is_ordered, text


def test_a_new_node_prints_everything(db: None, folder: PageStore) -> None:
    builders.an_article()

    print_what_is_ordered()

    assert difference(folder) == NONE
    assert "Ferry returns" in text(folder, FERRY)


def test_each_node_prints_for_itself(
    printed: PageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = PageStore(tmp_path / "other")
    monkeypatch.setattr(worker, "store", lambda: other)
    print_what_is_ordered()
    builders.an_article()
    print_what_is_ordered()
    assert text(printed, FERRY) == ""

    monkeypatch.setattr(worker, "store", lambda: printed)
    print_what_is_ordered()

    assert difference(printed) == NONE
    assert difference(other) == NONE


def test_a_node_that_was_away_too_long_is_forgotten_and_prints_everything_when_it_returns(
    printed: PageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = NOON + timedelta(days=31)
    other = PageStore(tmp_path / "other")
    with monkeypatch.context() as patched:
        patched.setattr(worker, "store", lambda: other)
        print_what_is_ordered(NOON)
        print_what_is_ordered(later)
    assert not Node.objects.filter(name=printed.name()).exists()
    builders.an_article()

    print_what_is_ordered(later)

    assert difference(printed) == NONE


def test_after_a_start_of_the_machine_everything_is_printed_again(
    printed: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    (printed.root / "about/index.html").write_bytes(b"")  # what a power cut may leave
    monkeypatch.setattr(worker, "start_of_this_machine", lambda: "another start")

    print_what_is_ordered()

    assert difference(printed) == NONE
    assert print_what_is_ordered() == 0
