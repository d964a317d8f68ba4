"""Several newspapers, each at its host."""

import pytest

from broadsheet.press import shelves
from broadsheet.press.records import Page
from broadsheet.press.shelves import Shelf
from broadsheet.press.store import PageStore

from .sites import LONG, OTHER, Site

ISLAND = "island.example"


def a_further_paper(site: Site, host: str = ISLAND) -> PageStore:
    """The folder of another newspaper, noted as whoever prints notes it."""
    store = PageStore(shelves.beside(site.store.root) / host)
    first = Shelf("", "", site.store.name(), "1")
    shelves.note(site.store.root, [first, Shelf(host, host, store.name(), "2")])
    site.clock.now += 1.5
    return store


def test_each_newspaper_is_served_at_its_host(site: Site, article: str) -> None:
    a_further_paper(site).write(article, Page(OTHER))

    for _ in range(2):  # from the file, then from memory
        assert site.ask(article, host="Island.example:8000").body == OTHER
        assert site.ask(article, host="paper.example").body == LONG
    found = site.from_memory(article, host=ISLAND)
    assert found is not None
    assert found.body == OTHER
    assert site.from_memory(article, host="elsewhere.example").body == LONG  # type: ignore[union-attr]


def test_what_another_newspaper_has_is_not_served_at_this_one(site: Site, article: str) -> None:
    other = a_further_paper(site)
    other.write("/news/mill/", Page(OTHER))

    assert site.ask(article, host=ISLAND).body == b"from Django"
    assert site.ask("/news/mill/", host="paper.example").body == b"from Django"
    assert site.ask("/News/Mill", host=ISLAND).status == 301
    assert site.ask("/News/Mill", host="paper.example").body == b"from Django"


def test_while_a_page_is_replaced_no_reader_gets_another_newspapers(
    site: Site, article: str
) -> None:
    other = a_further_paper(site)
    other.write(article, Page(OTHER))
    assert site.ask(article, host="paper.example").body == LONG
    assert site.ask(article, host=ISLAND).body == OTHER

    other.write(article, Page(OTHER + b"anew"))
    for file in (other.root / "news" / "ferry").iterdir():  # the record is new, no form is yet
        file.write_bytes(OTHER)

    assert site.ask(article, host=ISLAND).body == OTHER


def test_a_change_of_one_newspaper_is_seen_there_at_once(site: Site, article: str) -> None:
    other = a_further_paper(site)
    other.write(article, Page(OTHER))
    site.ask(article, host=ISLAND)

    PageStore(other.root).write(article, Page(b"<p>Anew"))

    assert site.from_memory(article, host=ISLAND) is None
    assert site.ask(article, host=ISLAND).body == b"<p>Anew"


def test_papers_come_go_and_are_named_anew_without_a_restart(site: Site, article: str) -> None:
    assert site.ask(article, host=ISLAND).body == LONG
    heard = site.heard_of_papers
    a_further_paper(site).write(article, Page(OTHER))
    assert site.ask(article, host=ISLAND).body == OTHER

    a_further_paper(site, "shore.example").write(article, Page(b"<p>Shore"))
    assert site.ask(article, host=ISLAND).body == LONG
    assert site.ask(article, host="shore.example").body == b"<p>Shore"

    shelves.note(site.store.root, [Shelf("", "", site.store.name(), "1")])
    site.clock.now += 1.5
    assert site.ask(article, host="shore.example").body == LONG
    assert site.heard_of_papers == heard + 3


def test_static_files_are_kept_once_for_all_newspapers(site: Site) -> None:
    a_further_paper(site)
    (site.static / "paper.css").write_text("body { color: black }")

    site.ask("/static/paper.css", host=ISLAND)

    assert site.from_memory("/static/paper.css", host="paper.example") is not None
    assert list(site.cache.entries) == ["/static/paper.css"]


@pytest.mark.parametrize("said", [b"", b"{", b'[{"host": 1}]', b"[]"])
def test_a_damaged_note_leaves_the_first_newspaper(site: Site, article: str, said: bytes) -> None:
    a_further_paper(site)
    (site.store.root / ".press/papers.json").write_bytes(said)
    site.clock.now += 1.5

    assert site.ask(article, host=ISLAND).body == LONG
