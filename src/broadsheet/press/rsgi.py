"""The part of granian's RSGI 1.5 that is used here, as types. https://github.com/emmett-framework/granian, docs/spec/RSGI.md"""

from collections.abc import AsyncIterator
from typing import Protocol

Headers = list[tuple[str, str]]  # names in lower case


class RequestHeaders(Protocol):
    def __contains__(self, name: str, /) -> bool: ...
    def get(self, name: str, default: str | None = None, /) -> str | None: ...
    def items(self) -> list[tuple[str, str]]: ...


class Scope(Protocol):
    """A request, without its body."""

    proto: str  # http, or ws
    http_version: str
    server: str  # address:port
    client: str  # address:port
    scheme: str
    method: str
    path: str  # percent-decoded
    query_string: str
    authority: str | None

    @property
    def headers(self) -> RequestHeaders: ...


class Transport(Protocol):
    async def send_bytes(self, data: bytes, /) -> None: ...


class Exchange(Protocol):
    """granian's `HTTPProtocol`: the body comes out, one response goes in."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def response_empty(self, status: int, headers: Headers, /) -> None: ...
    def response_str(self, status: int, headers: Headers, body: str, /) -> None: ...
    def response_bytes(self, status: int, headers: Headers, body: bytes, /) -> None: ...
    def response_file(self, status: int, headers: Headers, file: str, /) -> None: ...
    def response_file_range(
        self, status: int, headers: Headers, file: str, start: int, end: int, /
    ) -> None: ...
    def response_stream(self, status: int, headers: Headers, /) -> Transport: ...
