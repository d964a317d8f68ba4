"""The service in front of another RSGI application: calls below /1.1/ and /1.2/ are answered here, in microseconds,
without Django's middleware; all else is passed on.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Protocol

from . import process, wire
from .wire import Answer, Request

logger = logging.getLogger(__name__)

PREFIXES = ("/1.1/", "/1.2/")
BODY_WITHIN = 10.0  # seconds; the slowest client gives up after 15


class Headers(Protocol):
    def get(self, name: str, default: str | None = None, /) -> str | None: ...


class Scope(Protocol):
    """The part of granian's request that is looked at."""

    proto: str
    method: str
    path: str
    query_string: str
    authority: str | None

    @property
    def headers(self) -> Headers: ...


class Exchange(Protocol):
    """The part of granian's `HTTPProtocol` that is used."""

    def __call__(self) -> Awaitable[bytes]: ...
    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def response_str(self, status: int, headers: list[tuple[str, str]], body: str, /) -> None: ...


class _TooLarge(Exception):
    """More than wire.LARGEST_BODY bytes."""


class InFront:
    """An RSGI application. Make it with `in_front_of`."""

    def __init__(self, behind: Any, client_address: Callable[[Any], str]) -> None:
        self._behind = behind
        self._client_address = client_address

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        process.current().start()
        if hasattr(self._behind, "__rsgi_init__"):
            self._behind.__rsgi_init__(loop)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        if hasattr(self._behind, "__rsgi_del__"):
            self._behind.__rsgi_del__(loop)
        process.forget()

    def __rsgi__(self, scope: Any, proto: Any) -> Awaitable[None]:
        if scope.path.startswith(PREFIXES) and scope.proto == "http":
            return self._serve(scope, proto)
        passed_on: Awaitable[None] = self._behind.__rsgi__(scope, proto)
        return passed_on

    async def _serve(self, scope: Scope, proto: Exchange) -> None:
        if scope.method == "GET" or wire.method_of(scope.path) in wire.FROM_DATABASE:
            await self._behind.__rsgi__(scope, proto)
            return
        try:
            body = await _body(scope, proto)
            _send(proto, process.current().service.answer(self._request(scope, body)))
        except _TooLarge:
            _send(proto, Answer("", 413))
        except TimeoutError:
            _send(proto, Answer("", 408, headers=(("Connection", "close"),)))
        except Exception:
            logger.exception("%s %s failed", scope.method, scope.path)
            _send(proto, wire.come_back(seconds=60, reason="failure", status=503))

    def _request(self, scope: Scope, body: bytes) -> Request:
        asked = scope.headers.get
        return Request(
            verb=scope.method,
            path=scope.path,
            query=scope.query_string,
            host=asked("host") or scope.authority or "",
            content_type=asked("content-type") or "",
            body=body,
            address=self._client_address(scope),
        )


def in_front_of(application: Any, *, client_address: Callable[[Any], str]) -> InFront:
    """`application` with the service before it; `client_address` tells who sent an RSGI scope's request."""
    return InFront(application, client_address)


async def _body(scope: Scope, proto: Exchange) -> bytes:
    announced = scope.headers.get("content-length") or ""
    if announced.isdecimal() and int(announced[:20]) > wire.LARGEST_BODY:
        raise _TooLarge
    if announced == "0":
        return b""
    async with asyncio.timeout(BODY_WITHIN):
        if announced.isdecimal():
            return await proto()
        return await _unannounced_body(proto)


async def _unannounced_body(proto: Exchange) -> bytes:
    body = bytearray()
    async for chunk in proto:
        body += chunk
        if len(body) > wire.LARGEST_BODY:
            raise _TooLarge
    return bytes(body)


def _send(proto: Exchange, answer: Answer) -> None:
    headers = [(name.lower(), value) for name, value in answer.headers]
    proto.response_str(
        answer.status, [("content-type", answer.content_type), *headers], answer.body
    )
