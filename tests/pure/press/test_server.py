"""What readers are served: a stored page from memory, its conditions, its limits; and what is handed to Django."""

import asyncio
import gzip
import threading
from collections.abc import Iterable, Iterator
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.press import shelves
from broadsheet.press.cache import Cache
from broadsheet.press.documents import PrintedPages, StaticFiles
from broadsheet.press.gateway import Gateway, Limits
from broadsheet.press.hosts import Hosts
from broadsheet.press.media import Media
from broadsheet.press.records import Page
from broadsheet.press.server import Application
from broadsheet.press.shelves import Shelf
from broadsheet.press.store import PageStore

from .fakes import FakeClock, FakeExchange, FakeHeaders, FakeScope

LONG = b"<p>The ferry is late again, and nobody says why.</p>" * 40
OTHER = b"<p>The ferry came in time, to everybody's surprise.</p>" * 40


class Django:
    """A WSGI application that notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.bodies: list[bytes] = []
        self.closed = 0
        self.answer: Iterable[bytes] = [b"from Django"]
        self.headers = [("Content-Type", "text/plain"), ("X-Frame-Options", "DENY")]
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked.append(environ)
        self.bodies.append(environ["wsgi.input"].read())
        self.gate.wait(10)
        start_response("200 OK", self.headers)
        return self

    def __iter__(self) -> Iterator[bytes]:
        yield from self.answer

    def close(self) -> None:
        self.closed += 1


class Site:
    """A server with its folders, asked one request at a time."""

    def __init__(self, root: Path, **limits: int) -> None:
        self.store = PageStore(root / "pages")
        self.static, self.media = root / "static", root / "media"
        self.static.mkdir()
        self.media.mkdir()
        self.django = Django()
        self.clock = FakeClock()
        self.heard_of_papers = 0
        bounds = Limits(**({"max_body": 1000, "threads": 1, "queue": 1} | limits))
        self.cache = Cache(max_bytes=bounds.cache, clock=self.clock)
        self.application = Application(
            hosts=Hosts(PrintedPages(self.store), clock=self.clock, changed=self.papers_change),
            gateway=Gateway(self.django, limits=bounds, trusted_proxies=[ip_network("10.0.0.0/8")]),
            static=StaticFiles(self.static, "/static/", self.store.token),
            media=Media(self.media, "/media/"),
            cache=self.cache,
            clock=self.clock,
        )

    def papers_change(self) -> None:
        self.heard_of_papers += 1

    async def request(self, scope: FakeScope, *chunks: bytes) -> FakeExchange:
        exchange = FakeExchange(chunks)
        await self.application.__rsgi__(scope, exchange)
        return exchange

    def ask(
        self, path: str, *, method: str = "GET", chunks: tuple[bytes, ...] = (), **headers: str
    ) -> FakeExchange:
        """One request; header names with underscores for hyphens."""
        pairs = [(name.replace("_", "-"), value) for name, value in headers.items()]
        scope = FakeScope(path=path, method=method, headers=FakeHeaders(pairs))
        return asyncio.run(self.request(scope, *chunks))

    def from_memory(self, path: str, **headers: str) -> FakeExchange | None:
        """What is answered without waiting for anything."""
        pairs = [(name.replace("_", "-"), value) for name, value in headers.items()]
        exchange = FakeExchange()
        scope = FakeScope(path=path, headers=FakeHeaders(pairs))
        return exchange if self.application.answer(scope, exchange) else None


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    yield site
    site.application.close()


@pytest.fixture
def article(site: Site) -> str:
    site.store.write("/news/ferry/", Page(LONG))
    return "/news/ferry/"


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


def test_everything_else_is_djangos(site: Site) -> None:
    answer = site.ask("/search/", method="POST", chunks=(b"q=", b"ferry"), content_length="7")

    assert (answer.status, answer.body) == (200, b"from Django")
    assert site.django.bodies == [b"q=ferry"]
    environ = site.django.asked[0]
    assert (environ["REQUEST_METHOD"], environ["PATH_INFO"]) == ("POST", "/search/")
    assert environ["CONTENT_LENGTH"] == "7"
    assert site.django.closed == 1


def test_every_answer_carries_the_security_headers(site: Site, article: str) -> None:
    (site.media / "a.svg").write_text("<svg/>", encoding="utf-8")
    (site.static / "a.css").write_text("a{}", encoding="utf-8")
    answers = [
        site.ask(article),
        site.ask(article, if_none_match="*"),
        site.ask(article, method="PUT"),
        site.ask("/news/ferry"),
        site.ask("/search/"),
        site.ask("/media/a.svg"),
        site.ask("/static/a.css"),
        site.ask("/big", method="POST", content_length="5000"),
    ]

    assert [answer.status for answer in answers] == [200, 304, 405, 301, 200, 200, 200, 413]
    for answer in answers:
        assert "default-src" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "referrer-policy" in answer.headers


def test_what_django_says_about_security_stands(site: Site) -> None:
    site.django.headers = [("Content-Security-Policy", "default-src 'none'")]

    assert site.ask("/x/").headers["content-security-policy"] == "default-src 'none'"


def test_only_the_editor_may_use_inline_scripts(site: Site, article: str) -> None:
    assert "unsafe-inline" in site.ask("/editor/").headers["content-security-policy"]
    for path in (article, "/search/", "/editor"):
        assert "unsafe-inline" not in site.ask(path).headers["content-security-policy"]


@pytest.mark.parametrize(
    "chunks", [(b"x" * 1001,), (b"x" * 600, b"x" * 600)], ids=["in one piece", "in pieces"]
)
@pytest.mark.parametrize("announced", [True, False], ids=["announced", "not announced"])
def test_a_body_that_is_too_long_never_reaches_django(
    site: Site, chunks: tuple[bytes, ...], *, announced: bool
) -> None:
    headers = {"content_length": "1200"} if announced else {"transfer_encoding": "chunked"}

    assert site.ask("/form/", method="POST", chunks=chunks, **headers).status == 413
    assert site.django.asked == []


def test_when_django_is_full_readers_are_told_to_come_back(site: Site) -> None:
    async def crowd() -> list[FakeExchange]:
        site.django.gate.clear()
        waiting = [asyncio.ensure_future(site.request(FakeScope(path="/x/"))) for _ in range(2)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        refused = await site.request(FakeScope(path="/x/"))
        site.django.gate.set()
        return [refused, *await asyncio.gather(*waiting)]

    refused, *served = asyncio.run(crowd())

    assert (refused.status, refused.headers["retry-after"]) == (503, "5")
    assert [answer.status for answer in served] == [200, 200]


def test_a_failure_is_logged_and_no_traceback_is_served(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_environ: object, _start: object) -> list[bytes]:
        raise ValueError("a secret detail")

    site.application._gateway._application = broken
    answer = site.ask("/x/")

    assert answer.status == 500
    assert b"secret" not in answer.body
    assert "a secret detail" in caplog.text


def test_a_long_answer_is_sent_in_pieces_and_whole(site: Site) -> None:
    site.django.answer = (b"%06d" % number for number in range(100_000))

    answer = site.ask("/export/")

    assert len(answer.body) == 600_000
    assert answer.body.endswith(b"099999")


def test_django_hears_who_the_reader_is(site: Site) -> None:
    scope = FakeScope(
        path="/x/",
        client="10.1.2.3:4444",
        headers=FakeHeaders(
            [
                ("host", "paper.example"),
                ("x-forwarded-for", "6.6.6.6, 198.51.100.9, 10.9.9.9"),
                ("x-forwarded-proto", "https"),
                ("x-forwarded-host", "evil.example"),
                ("x_forwarded_for", "7.7.7.7"),
                ("proxy", "evil.example:80"),
                ("cookie", "a=1"),
                ("cookie", "b=2"),
            ]
        ),
    )
    asyncio.run(site.request(scope))

    environ = site.django.asked[0]
    assert environ["REMOTE_ADDR"] == "198.51.100.9"
    assert environ["wsgi.url_scheme"] == "https"
    assert environ["HTTP_HOST"] == "paper.example"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert not {name for name in environ if "FORWARDED" in name or name == "HTTP_PROXY"}


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        pytest.param("203.0.113.7:1", "1.1.1.1", "203.0.113.7", id="a stranger's word"),
        pytest.param("10.0.0.1:1", "1.1.1.1", "1.1.1.1", id="our proxy's word"),
        pytest.param("10.0.0.1:1", "", "10.0.0.1", id="our proxy says nothing"),
        pytest.param("10.0.0.1:1", "nonsense", "10.0.0.1", id="our proxy passes on nonsense"),
        pytest.param(
            "10.0.0.1:1", "1.1.1.1, nonsense, 10.0.0.2", "10.0.0.2", id="nonsense between"
        ),
        pytest.param("[::ffff:10.0.0.1]:1", "1.1.1.1", "1.1.1.1", id="IPv4 in IPv6"),
        pytest.param("[2001:db8::1]:1", "1.1.1.1", "2001:db8::1", id="IPv6"),
    ],
)
def test_the_readers_address(site: Site, peer: str, forwarded: str, expected: str) -> None:
    headers = FakeHeaders([("x-forwarded-for", forwarded)])
    asyncio.run(site.request(FakeScope(path="/x/", client=peer, headers=headers)))

    assert site.django.asked[0]["REMOTE_ADDR"] == expected


def test_a_path_in_any_script_reaches_django_as_wsgi_wants_it(site: Site) -> None:
    site.ask("/بحث/")

    assert site.django.asked[0]["PATH_INFO"].encode("latin-1").decode() == "/بحث/"


def test_static_files_are_compressed_and_hashed_ones_kept_for_good(site: Site) -> None:
    css = b".teaser { padding: 0 }\n" * 50
    for name in ("paper.css", "paper.0123456789ab.css"):
        (site.static / name).write_bytes(css)

    plain = site.ask("/static/paper.css", accept_encoding="br")
    hashed = site.ask("/static/paper.0123456789ab.css", accept_encoding="br")

    assert brotli.decompress(hashed.body) == css
    assert "immutable" in hashed.headers["cache-control"]
    assert "immutable" not in plain.headers["cache-control"]
    assert plain.headers["content-type"] == "text/css; charset=utf-8"
    assert site.from_memory("/static/paper.css", accept_encoding="br") == plain


def test_a_static_file_is_sent_in_parts_of_the_form_that_suits(site: Site) -> None:
    (site.static / "type.woff2").write_bytes(bytes(range(100)))

    whole = site.ask("/static/type.woff2")
    part = site.ask("/static/type.woff2", range="bytes=10-19", if_range=whole.headers["etag"])
    beyond = site.ask("/static/type.woff2", range="bytes=100-")
    changed = site.ask("/static/type.woff2", range="bytes=10-19", if_range='"other"')

    assert (part.status, part.body) == (206, bytes(range(10, 20)))
    assert part.headers["content-range"] == "bytes 10-19/100"
    assert (beyond.status, beyond.headers["content-range"]) == (416, "bytes */100")
    assert (changed.status, changed.body) == (200, bytes(range(100)))
    assert site.from_memory("/static/type.woff2", range="bytes=0-1") is None


def test_a_photo_is_sent_in_parts(site: Site) -> None:
    (site.media / "quay.webp").write_bytes(bytes(range(100)))

    whole = site.ask("/media/quay.webp")
    part = site.ask("/media/quay.webp", range="bytes=10-19", if_range=whole.headers["etag"])
    changed = site.ask("/media/quay.webp", range="bytes=10-19", if_range='"other"')
    beyond = site.ask("/media/quay.webp", range="bytes=100-")

    assert (whole.status, whole.body) == (200, bytes(range(100)))
    assert whole.headers["content-type"] == "image/webp"
    assert (part.status, part.body) == (206, bytes(range(10, 20)))
    assert part.headers["content-range"] == "bytes 10-19/100"
    assert changed.status == 200
    assert (beyond.status, beyond.headers["content-range"]) == (416, "bytes */100")


@pytest.mark.parametrize(
    ("name", "media_type", "is_shown"),
    [
        ("quay.jpg", "image/jpeg", True),
        ("map.svg", "image/svg+xml", True),
        ("page.html", "application/octet-stream", False),
        ("page.HTM", "application/octet-stream", False),
        ("script.js", "application/octet-stream", False),
        ("feed.xml", "application/octet-stream", False),
        ("noname", "application/octet-stream", False),
    ],
)
def test_nothing_uploaded_can_run(
    site: Site, name: str, media_type: str, *, is_shown: bool
) -> None:
    (site.media / name).write_text("<script>alert(1)</script>", encoding="utf-8")

    headers = site.ask(f"/media/{name}").headers

    assert headers["content-type"] == media_type
    assert "sandbox" in headers["content-security-policy"]
    assert ("content-disposition" not in headers) is is_shown


@pytest.mark.parametrize(
    "path",
    [
        "/media/../secret-key",
        "/media/./quay.webp",
        "/media//quay.webp",
        "/media/documents/draft.pdf",
        "/media/original_images/quay.jpg",
        "/media/.hidden",
        "/media/out/secret-key",
        "/media/a\0b",
        "/media/",
        "/static/../secret-key",
        "/static/a\\b",
    ],
)
def test_no_address_leads_to_other_files(site: Site, path: str) -> None:
    (site.media.parent / "secret-key").write_text("secret", encoding="utf-8")
    (site.media / "quay.webp").write_bytes(b"photo")
    (site.media / ".hidden").write_bytes(b"hidden")
    for private in ("documents", "original_images"):
        (site.media / private).mkdir()
    (site.media / "documents/draft.pdf").write_bytes(b"draft")
    (site.media / "original_images/quay.jpg").write_bytes(b"with GPS")
    (site.media / "out").symlink_to(site.media.parent)

    assert site.ask(path).body == b"from Django"


@given(st.text(max_size=40))
def test_any_path_gets_an_answer_from_us_or_django(
    tmp_path_factory: pytest.TempPathFactory, path: str
) -> None:
    store = PageStore(tmp_path_factory.mktemp("pages"))
    source = PrintedPages(store)

    assert source.signature(path) is None
    assert source.load(path) is None


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
