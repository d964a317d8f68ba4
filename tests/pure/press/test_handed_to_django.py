"""What is no printed page is Django's: how it is asked, how much of it, and what its answers carry."""

import asyncio

import pytest

from .fakes import FakeExchange, FakeHeaders, FakeScope
from .sites import Site


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
