"""Whatever strangers send, the service answers as its clients understand, logs no exception, and does not grow."""

import asyncio
import logging
import random
import tracemalloc
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet.akismet import process, rsgi, wire
from tests.akismet.builders import a_key

FORM = "application/x-www-form-urlencoded"
UNDERSTOOD = {200, 400, 404, 405, 408, 413, 429}
METHODS = [method.value for method in wire.Method if method not in wire.FROM_DATABASE]


@dataclass
class Scope:
    """A request's head."""

    path: str = "/1.1/comment-check"
    method: str = "POST"
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": FORM})
    query_string: str = ""
    proto: str = "http"
    authority: str | None = None


class Exchange:
    """A request's body as it arrives, and what was answered."""

    def __init__(self, chunks: Iterable[bytes], *, stalls: bool = False) -> None:
        self._chunks = chunks
        self._stalls = stalls
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = ""
        self.taken = 0

    async def __call__(self) -> bytes:
        return b"".join([chunk async for chunk in self])

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self._chunks:
            self.taken += len(chunk)
            yield chunk
        if self._stalls:
            await asyncio.Event().wait()

    def response_str(self, status: int, headers: list[tuple[str, str]], body: str) -> None:
        self.status, self.headers, self.body = status, dict(headers), body


class Behind:
    """The application behind; nothing here should get to it."""

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        raise AssertionError(f"passed on: {scope.path}")


def send(exchange: Exchange, scope: Scope | None = None) -> Exchange:
    application = rsgi.in_front_of(Behind(), client_address=lambda _scope: "192.0.2.7")

    async def serve() -> None:
        await application.__rsgi__(scope or Scope(), exchange)

    process.current().look()
    asyncio.run(serve())
    return exchange


@pytest.fixture
def secret() -> str:
    return a_key().secret


EVERY_TIME = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
FIELDS = st.dictionaries(
    st.sampled_from(
        [
            "blog",
            "user_ip",
            "comment_content",
            "comment_author",
            "comment_author_email",
            "comment_author_url",
            "blog_charset",
            "blog_lang",
            "comment_date_gmt",
            "comment_context[]",
            "honeypot_field_name",
            "user_role",
            "is_test",
            "callback",
            "guid",
            "permalink",
        ]
    ),
    st.one_of(st.binary(max_size=200), st.sampled_from([b"http://a.example", b"utf-7", b"1"])),
)


def quoted(raw: bytes) -> bytes:
    return b"".join(b"%%%02X" % byte for byte in raw)


@EVERY_TIME
@given(method=st.sampled_from(METHODS), fields=FIELDS, context=st.integers(0, 60))
def test_any_fields_of_a_good_key_are_answered(
    secret: str,
    caplog: pytest.LogCaptureFixture,
    method: str,
    fields: dict[str, bytes],
    context: int,
) -> None:
    parts = [f"api_key={secret}&key={secret}".encode()]
    parts += [name.encode() + b"=" + quoted(value) for name, value in fields.items()]
    parts += [b"comment_context[]=x"] * context

    answered = send(Exchange([b"&".join(parts)]), Scope(f"/1.1/{method}"))

    assert answered.status == 200
    assert "\n" not in answered.body
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@EVERY_TIME
@given(
    chunks=st.lists(st.binary(max_size=500), max_size=5),
    path=st.one_of(st.sampled_from(METHODS), st.text(max_size=40)),
    verb=st.sampled_from(["POST", "PUT", "DELETE", "OPTIONS", "X-ODD"]),
    content_type=st.one_of(
        st.text(max_size=60), st.sampled_from([FORM, "multipart/form-data; boundary=b", ""])
    ),
    query=st.text(max_size=60),
    host=st.text(max_size=60),
)
def test_any_bytes_and_any_headers_are_answered(
    caplog: pytest.LogCaptureFixture,
    chunks: list[bytes],
    path: str,
    verb: str,
    content_type: str,
    query: str,
    host: str,
) -> None:
    scope = Scope(f"/1.1/{path}", verb, {"content-type": content_type, "host": host}, query)
    if wire.method_of(scope.path) in wire.FROM_DATABASE:
        return

    answered = send(Exchange(chunks), scope)

    assert answered.status in UNDERSTOOD
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_ten_megabytes_are_refused_before_they_are_read() -> None:
    headers = {"content-type": FORM, "content-length": str(10_000_000)}

    answered = send(Exchange([b"x" * 10_000_000]), Scope(headers=headers))

    assert (answered.status, answered.taken) == (413, 0)


def test_ten_megabytes_that_are_not_announced_are_refused_when_they_are_too_many() -> None:
    answered = send(Exchange(b"x" * 100_000 for _ in range(100)))

    assert answered.status == 413
    assert answered.taken <= wire.LARGEST_BODY + 100_000


def test_a_sender_that_stalls_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rsgi, "BODY_WITHIN", 0.01)

    answered = send(Exchange([b"api_key="], stalls=True))

    assert answered.status == 408


@pytest.mark.parametrize(
    "length",
    [
        pytest.param("-1", id="negative"),
        pytest.param("1e9", id="a float"),
        pytest.param("9" * 400, id="huge"),
        pytest.param("٣", id="digits of another script"),
        pytest.param("", id="empty"),
        pytest.param("0x10", id="hexadecimal"),
    ],
)
def test_a_length_that_is_none_is_no_trouble(length: str) -> None:
    headers = {"content-type": FORM, "content-length": length}

    assert send(Exchange([b"a=b"]), Scope(headers=headers)).status in {200, 413}


def test_a_bug_of_ours_makes_the_client_come_back(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_request: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(process.current().service, "answer", broken)

    answered = send(Exchange([b"a=b"]))

    assert (answered.status, answered.body) == (503, "")
    assert int(answered.headers["retry-after"]) > 0
    assert "/1.1/comment-check failed" in caplog.text


def test_before_the_keys_are_read_clients_come_back() -> None:
    application = rsgi.in_front_of(Behind(), client_address=lambda _scope: "192.0.2.7")
    exchange = Exchange([b"api_key=abc123def456"])

    async def serve() -> None:
        await application.__rsgi__(Scope(), exchange)

    asyncio.run(serve())

    assert exchange.status == 503


def test_many_odd_requests_take_no_more_memory(secret: str) -> None:
    source = random.Random(8)  # noqa: S311, the same each time

    def some_requests(number: int) -> None:
        for _ in range(number):
            charset = source.randbytes(6).hex()
            body = (
                f"api_key={secret}&blog=http://a.example&user_ip=192.0.2.7&is_test=1"
                f"&blog_charset={charset}&comment_content="
            ).encode() + source.randbytes(200)
            send(Exchange([body]), Scope(headers={"content-type": f"{FORM}; charset={charset}"}))

    some_requests(100)
    tracemalloc.start()
    some_requests(100)
    before, _ = tracemalloc.get_traced_memory()
    some_requests(400)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert after - before < 100_000
