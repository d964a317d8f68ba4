"""Django's WSGI handler behind our RSGI server: a bounded pool of threads, bounded bodies. Plain Python.

No thread waits for the network: a body is complete, in memory or on disk, before a thread gets it, and an answer is
complete before the thread is free again and the answer goes out.
"""

import asyncio
import contextlib
import contextvars
import logging
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from wsgiref.types import StartResponse, WSGIApplication

from . import policy
from .environ import Network, client_of, environ_of
from .rsgi import Exchange, Headers, Scope

logger = logging.getLogger(__name__)

_IN_MEMORY = 256 * 1024  # bytes; longer bodies and answers wait on disk
_CHUNK = 64 * 1024
_BODY_WITHIN = 120.0  # seconds for a client to send its body
_OF_A_CONNECTION = {"connection", "keep-alive", "transfer-encoding", "upgrade", "trailer"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of this machine the server may use."""

    threads: int = 4  # requests in Django at once
    queue: int = 64  # further ones that wait; beyond, 503
    max_body: int = 40 * 1024 * 1024  # bytes of a request; beyond, 413
    cache: int = 10 * 1024 * 1024  # bytes of memory for what is asked for most; the rest is read


class BodyTooLarge(ValueError):
    """The request's body is longer than we take: 413."""


def _spool() -> IO[bytes]:
    return SpooledTemporaryFile(max_size=_IN_MEMORY)


@dataclass(slots=True)
class _Response:
    """What the application said, complete."""

    status: int = 500
    headers: Headers = field(default_factory=list)
    body: IO[bytes] = field(default_factory=_spool)
    length: int = 0  # bytes

    def start(
        self, status: str, headers: list[tuple[str, str]], _exc_info: object = None, /
    ) -> Any:
        self.status = int(status[:3])
        self.headers = [
            (name.lower(), value) for name, value in headers if name.lower() not in _OF_A_CONNECTION
        ]
        return self.write

    def write(self, data: bytes) -> None:
        self.body.write(data)
        self.length += len(data)


class Gateway:
    """Hands requests to a WSGI application, within limits."""

    def __init__(
        self, application: WSGIApplication, *, limits: Limits, trusted_proxies: Sequence[Network]
    ) -> None:
        self._application = application
        self._pool = ThreadPoolExecutor(limits.threads, thread_name_prefix="django")
        self._room = limits.threads + limits.queue
        self._max_body = limits.max_body
        self._trusted_proxies = trusted_proxies

    @property
    def room(self) -> int:
        """How many more requests are taken now; beyond, 503."""
        return self._room

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    async def handle(self, scope: Scope, proto: Exchange) -> None:
        """Answer one request. What goes wrong is logged; the client gets a plain page, never a traceback."""
        try:
            async with asyncio.timeout(_BODY_WITHIN):
                body, length = await self._receive(scope, proto)
        except BodyTooLarge:
            refuse(scope, proto, 413, "That is more than this site takes at once.")
            return
        except TimeoutError:
            refuse(scope, proto, 408, "The request took too long to arrive.")
            return
        with body:
            await self._answer(scope, proto, body, length)

    async def _receive(self, scope: Scope, proto: Exchange) -> tuple[IO[bytes], int]:
        announced = scope.headers.get("content-length") or "0"
        if announced.isdecimal() and int(announced) > self._max_body:
            raise BodyTooLarge
        body = _spool()
        length = 0
        if announced != "0" or "transfer-encoding" in scope.headers or scope.http_version[0] > "1":
            async for chunk in proto:
                length += len(chunk)
                if length > self._max_body:
                    body.close()
                    raise BodyTooLarge
                body.write(chunk)
            body.seek(0)
        return body, length

    async def _answer(self, scope: Scope, proto: Exchange, body: IO[bytes], length: int) -> None:
        if self._room <= 0:
            refuse(scope, proto, 503, "Very many people are here just now. Try again in a moment.")
            return
        self._room -= 1
        try:
            environ = environ_of(scope, client_of(scope, self._trusted_proxies), body, length)
            loop = asyncio.get_running_loop()
            here = contextvars.copy_context()  # lines of the log tell which request they belong to
            response = await loop.run_in_executor(self._pool, here.run, self._call, environ)
        except Exception:
            logger.exception("%s %s failed", scope.method, scope.path)
            refuse(scope, proto, 500, "Something went wrong on our side. It has been noted.")
            return
        finally:
            self._room += 1
        with response.body:
            await _send(response, scope, proto)

    def _call(self, environ: dict[str, Any]) -> _Response:
        response = _Response()
        start: StartResponse = response.start
        chunks: Iterable[bytes] = self._application(environ, start)
        try:
            for chunk in chunks:
                response.write(chunk)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        response.body.seek(0)
        return response


async def _send(response: _Response, scope: Scope, proto: Exchange) -> None:
    headers = policy.with_security(response.headers, scope.path)
    if not response.length:
        proto.response_empty(response.status, headers)
    elif response.length <= _IN_MEMORY:
        proto.response_bytes(response.status, headers, response.body.read())
    else:
        transport = proto.response_stream(response.status, headers)
        with contextlib.suppress(Exception):  # the client went away; there is nobody to tell
            while chunk := response.body.read(_CHUNK):
                await transport.send_bytes(chunk)


_TITLES = {
    405: "Not possible here",
    408: "Too slow",
    413: "Too large",
    500: "Something went wrong",
    503: "Busy",
}


def refuse(
    scope: Scope, proto: Exchange, status: int, reason: str, extra: Headers | None = None
) -> None:
    """A short page of our own, for when there is nobody behind us to make one."""
    title = _TITLES[status]
    headers = [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store"),
        *policy.security_headers(scope.path),
        *(extra or []),
    ]
    if status in {408, 503}:
        headers.append(("retry-after", "5"))
    proto.response_str(
        status,
        headers,
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=width=device-width>"
        f"<title>{title}</title><h1>{title}</h1><p>{reason}",
    )
