"""The whole paper at once."""

import shutil
from pathlib import Path

import pytest

from broadsheet.press import edition, printing, worker
from broadsheet.press.models import PrintOrder, Subject
from broadsheet.press.store import Page, PageStore
from tests import builders
from tests.clock import NOON
from tests.press.builders import NONE, difference, print_what_is_ordered, stored


def quietly(_done: int, _total: int) -> None:
    """No progress bar."""


def test_everything_is_printed_and_nothing_is_ordered_any_more(db: None, folder: PageStore) -> None:
    builders.an_article()
    folder.write("/of-yesterday/", Page(b"gone"))

    printed = edition.print_everything(processes=1, progress=quietly, now=NOON)

    assert difference(folder) == NONE
    assert printed.pages == len(list(folder.paths()))
    assert set(PrintOrder.objects.values_list("subject", flat=True)) == {Subject.FORMS}


def test_afterwards_a_change_is_still_followed(db: None, folder: PageStore) -> None:
    article = builders.an_article()
    edition.print_everything(processes=1, progress=quietly, now=NOON)

    article.delete()
    print_what_is_ordered()

    assert difference(folder) == NONE


def test_a_page_that_fails_is_named_and_stays_ordered(
    printed: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.an_article()
    print_what_is_ordered()

    def page_for(path: str) -> Page | None:
        if path == "/about/":
            raise printing.PrintingFailed(path, 500)
        return printing.page_for(path)

    monkeypatch.setattr(worker, "page_for", page_for)
    found = edition.print_everything(processes=1, progress=quietly, now=NOON)

    assert found.failed == ("/about/",)
    assert stored(printed, "/about/") is not None
    waiting = PrintOrder.objects.exclude(subject=Subject.FORMS)
    assert list(waiting.values_list("path", flat=True)) == ["/about/"]


def test_several_processes_print_the_same(tmp_path: Path) -> None:
    """Without a database: the division of work alone."""
    chunks = [[f"/{number}/" for number in range(start, start + 5)] for start in range(0, 20, 5)]

    results = list(edition.in_processes(_write_names(tmp_path), chunks, 2))

    assert sum(result.paths for result in results) == 20
    assert len(list(tmp_path.iterdir())) == 20
    shutil.rmtree(tmp_path)


class _write_names:  # noqa: N801, a function that can be sent to another process
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, paths: list[str]) -> edition.Printed:
        for path in paths:
            (self.folder / path.strip("/")).touch()
        return edition.Printed(len(paths), [], [])
