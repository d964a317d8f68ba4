"""granian's side of a request, as far as the server uses it. `tests/press/test_served.py` asks the real one."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from pathlib import Path

Headers = list[tuple[str, str]]


class FakeHeaders:
    def __init__(self, items: Iterable[tuple[str, str]]) -> None:
        self._items = list(items)

    def __contains__(self, name: str) -> bool:
        return any(key == name for key, _ in self._items)

    def get(self, name: str, default: str | None = None) -> str | None:
        return next((value for key, value in self._items if key == name), default)

    def items(self) -> list[tuple[str, str]]:
        return self._items


@dataclass
class FakeScope:
    path: str = "/"
    method: str = "GET"
    headers: FakeHeaders = field(default_factory=lambda: FakeHeaders([]))
    query_string: str = ""
    proto: str = "http"
    http_version: str = "1.1"
    server: str = "127.0.0.1:8000"
    client: str = "203.0.113.7:50000"
    scheme: str = "http"
    authority: str | None = None


@dataclass
class FakeExchange:
    """Takes one response; gives the body in the chunks that it was made with."""

    chunks: tuple[bytes, ...] = ()
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            yield chunk

    def _answer(self, status: int, headers: Headers, body: bytes = b"") -> None:
        assert self.status == 0, "only one response can be sent"
        names = [name for name, _ in headers]
        assert len(set(names)) == len(names), f"a header is there twice: {names}"
        assert all(name == name.lower() for name in names)
        self.status, self.headers, self.body = status, dict(headers), body

    def response_empty(self, status: int, headers: Headers) -> None:
        self._answer(status, headers)

    def response_str(self, status: int, headers: Headers, body: str) -> None:
        self._answer(status, headers, body.encode())

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        self._answer(status, headers, body)

    def response_file(self, status: int, headers: Headers, file: str) -> None:
        self._answer(status, headers, Path(file).read_bytes())

    def response_file_range(
        self, status: int, headers: Headers, file: str, start: int, end: int
    ) -> None:
        self._answer(status, headers, Path(file).read_bytes()[start:end])

    def response_stream(self, status: int, headers: Headers) -> "FakeExchange":
        self._answer(status, headers)
        return self

    async def send_bytes(self, data: bytes) -> None:
        self.body += data


class FakeClock:
    """Monotonic seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now
