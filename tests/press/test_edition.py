"""The whole paper at once."""

import shutil
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.newsroom.models import Correction, pagination
from broadsheet.press import edition, lists, printing, worker
from broadsheet.press.models import PrintOrder, Subject
from broadsheet.press.records import Page
from broadsheet.press.store import PageStore
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


def test_pages_of_lists_show_in_a_row_what_they_show_alone(
    db: None, folder: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagination, "PER_PAGE", 2)
    monkeypatch.setattr(lists, "PER_PAGE", 2)
    for number in range(9):
        article = builders.an_article(
            f"Ferry {number}",
            section=("News", "Culture")[number % 2],
            by=("Amal Haddad", "Ines Okafor")[: number % 3],
            minutes_ago=number * 1440 * 10,
        )
        article.tags.add("ships", "weather")
        article.corrections.add(Correction(text="It was late.", corrected_at=NOON))
        article.save()

    edition.print_everything(processes=1, progress=quietly, now=NOON)

    assert stored(folder, "/page/4/") is not None
    assert difference(folder) == NONE


def test_an_article_is_read_once_for_all_lists_it_is_on(
    printed: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagination, "PER_PAGE", 2)
    for number in range(8):
        builders.an_article(f"Ferry {number}", by=("Amal Haddad",), minutes_ago=number)
    bases = ("/", "/news/", "/contributors/amal-haddad/")

    def queries_for(numbers: range) -> int:
        paths = [lists.numbered(base, number) for base in bases for number in numbers]
        with CaptureQueriesContext(connection) as captured:
            facts = printing.facts(paths)
        assert {("numbered", base, number) for base in bases for number in numbers} < set(facts)
        return len(captured)

    assert queries_for(range(1, 5)) == queries_for(range(1, 2))


def test_pages_of_lists_are_printed_beside_those_of_the_same_time() -> None:
    paths = [lists.numbered("/", number) for number in (1, 2, 3, 4)]
    paths += [lists.numbered("/news/", number) for number in (1, 2)]
    paths += ["/archive/2026/1/page/1/", "/archive/2026/2/page/1/", "/news/ferry/"]

    assert lists.by_time(paths) == [
        "/page/1/",
        "/archive/2026/1/page/1/",
        "/news/page/1/",
        "/page/2/",
        "/page/3/",
        "/archive/2026/2/page/1/",
        "/news/page/2/",
        "/page/4/",
    ]
