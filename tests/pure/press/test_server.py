"""What readers are served: a stored page, from its file and from memory, its conditions and its limits."""

import gzip
from pathlib import Path
from typing import Any

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.press.documents import PrintedPages
from broadsheet.press.records import Page
from broadsheet.press.store import PageStore

from .sites import LONG, OTHER, Site


def test_a_stored_page_is_served_without_django(site: Site, article: str) -> None:
    answer = site.ask(article)

    assert (answer.status, answer.body) == (200, LONG)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert site.django.asked == []


def test_the_second_time_it_comes_from_memory(site: Site, article: str) -> None:
    assert site.from_memory(article) is None

    first = site.ask(article, accept_encoding="br")

    assert site.from_memory(article, accept_encoding="br") == first


def test_while_it_is_replaced_readers_get_what_was_there_a_moment_ago(
    site: Site, article: str
) -> None:
    site.ask(article)
    site.store.write(article, Page(OTHER))
    for file in (site.store.root / "news" / "ferry").iterdir():  # the record is new, no form is yet
        file.write_bytes(LONG)

    assert site.ask(article).body == LONG
    assert site.django.asked == []

    site.ask(article)
    assert len(site.django.asked) == 1, "what stays broken is Django's"


@pytest.mark.parametrize(
    ("accept", "encoding", "unpack"),
    [
        pytest.param("gzip, br", "br", brotli.decompress, id="br"),
        pytest.param("gzip;q=1, br;q=0.9", "gzip", gzip.decompress, id="gzip by its quality"),
        pytest.param("deflate", None, bytes, id="plain"),
    ],
)
def test_it_comes_in_the_form_that_suits(
    site: Site, article: str, accept: str, encoding: str | None, unpack: Any
) -> None:
    for _ in range(2):
        answer = site.ask(article, accept_encoding=accept)
        assert answer.headers.get("content-encoding") == encoding
        assert answer.headers["vary"] == "accept-encoding"
        assert unpack(answer.body) == LONG


def test_each_form_has_its_own_strong_tag(site: Site, article: str) -> None:
    tags = {site.ask(article, accept_encoding=form).headers["etag"] for form in ("br", "gzip", "")}

    assert len(tags) == 3
    assert all(tag.startswith('"') for tag in tags)


@pytest.mark.parametrize("times", [1, 2], ids=["from the file", "from memory"])
def test_what_the_reader_has_is_not_sent_again(site: Site, article: str, times: int) -> None:
    fresh = site.ask(article, accept_encoding="br")
    if times == 1:
        site.cache.entries.clear()

    answer = site.ask(article, accept_encoding="br", if_none_match=fresh.headers["etag"])

    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["etag"] == fresh.headers["etag"]
    assert "cache-control" in answer.headers
    assert "content-type" not in answer.headers


def test_a_date_does_as_well(site: Site, article: str) -> None:
    modified = site.ask(article).headers["last-modified"]

    assert site.ask(article, if_modified_since=modified).status == 304


def test_caches_may_answer_with_an_old_page_while_they_ask(site: Site, article: str) -> None:
    assert "stale-while-revalidate" in site.ask(article).headers["cache-control"]


def test_head_has_the_same_headers_and_no_body(site: Site, article: str) -> None:
    get, head = site.ask(article), site.ask(article, method="HEAD")

    assert (head.status, head.body) == (200, b"")
    assert head.headers == get.headers | {"content-length": str(len(LONG))}


def test_a_page_can_only_be_read(site: Site, article: str) -> None:
    answer = site.ask(article, method="POST")

    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
    assert site.django.asked == []


def test_a_redirect_is_served_as_what_it_is(site: Site) -> None:
    site.store.write("/old/", Page(b"moved", status=301, location="/new/"))

    answer = site.ask("/old/")

    assert (answer.status, answer.headers["location"]) == (301, "/new/")


def test_a_change_by_another_process_is_seen_at_once(site: Site, article: str) -> None:
    site.ask(article)
    PageStore(site.store.root).write(article, Page(OTHER))

    assert site.from_memory(article) is None
    assert site.ask(article).body == OTHER


def test_a_file_changed_behind_our_back_is_seen_within_a_second(site: Site, article: str) -> None:
    site.ask(article)
    record = site.store.root / ".press/pages/news/ferry/index.html.json"
    record.unlink()
    assert site.from_memory(article) is not None

    site.clock.now += 1.01

    assert site.from_memory(article) is None
    assert site.ask(article).body == b"from Django"


def test_a_removed_page_is_djangos(site: Site, article: str) -> None:
    site.ask(article)
    site.store.remove(article)

    assert site.ask(article).body == b"from Django"


def test_a_half_written_page_is_djangos(site: Site, article: str) -> None:
    (site.store.root / "news/ferry/index.html").write_bytes(OTHER)

    assert site.ask(article).body == b"from Django"


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("/news/ferry", "/news/ferry/"),
        ("/News/Ferry", "/news/ferry/"),
        ("/NEWS/ferry/", "/news/ferry/"),
    ],
)
def test_other_spellings_lead_to_the_page(
    site: Site, article: str, asked: str, location: str
) -> None:
    answer = site.ask(asked)

    assert (answer.status, answer.headers["location"]) == (301, location)


def test_a_redirect_to_the_slash_stays_on_this_host(site: Site) -> None:
    site.store.write("/a/", Page(LONG))

    assert site.ask("//a").body == b"from Django"


def test_the_memory_for_pages_is_bounded(tmp_path: Path) -> None:
    site = Site(tmp_path, cache=30_000)
    for number in range(20):
        site.store.write(f"/{number}/", Page(LONG))
        assert site.ask(f"/{number}/").body == LONG

    assert 1 <= len(site.cache.entries) < 20
    assert sum(entry.size for entry in site.cache.entries.values()) <= 30_000
    assert "/19/" in site.cache.entries
    site.application.close()


def test_what_is_read_often_stays_in_memory(tmp_path: Path) -> None:
    site = Site(tmp_path, cache=30_000)
    for number in range(20):
        site.store.write(f"/{number}/", Page(LONG))
        site.ask(f"/{number}/")
        site.ask("/0/")

    assert site.from_memory("/0/") is not None
    site.application.close()


@given(st.text(max_size=40))
def test_any_path_gets_an_answer_from_us_or_django(
    tmp_path_factory: pytest.TempPathFactory, path: str
) -> None:
    store = PageStore(tmp_path_factory.mktemp("pages"))
    source = PrintedPages(store)

    assert source.signature(path) is None
    assert source.load(path) is None
