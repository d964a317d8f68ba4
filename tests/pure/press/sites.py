"""A server with its folders, asked one request at a time, and a Django that notes what it is asked."""

import asyncio
import threading
from collections.abc import Iterable, Iterator
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from broadsheet.press.cache import Cache
from broadsheet.press.documents import PrintedPages, StaticFiles
from broadsheet.press.gateway import Gateway, Limits
from broadsheet.press.hosts import Hosts
from broadsheet.press.media import Media
from broadsheet.press.server import Application
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
