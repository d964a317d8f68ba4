"""What answers readers: a granian RSGI application. Plain Python.

A printed page is sent straight from memory; a static file too; photos from their folder; all else is Django's, behind a
bounded pool of threads. `answer` is the hot path: it never waits, so `direct.py` can call it without asyncio.
"""

import asyncio
import logging
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote
from wsgiref.types import WSGIApplication

from . import direct, policy
from .cache import Answer, Cache, Document, Source
from .documents import PrintedPages, StaticFiles
from .environ import Network
from .gateway import Gateway, Limits, refuse
from .hosts import Hosts
from .http import (
    UnsatisfiableRange,
    byte_range,
    is_not_modified,
    range_still_applies,
)
from .media import Media
from .rsgi import Exchange, Scope

logger = logging.getLogger(__name__)

_ALLOWED = [("allow", "GET, HEAD")]
_SWITCH_INTERVAL = (
    0.0005  # seconds; a busy Django thread lets the server's thread in ten times sooner
)


class _Done:
    """An awaitable that is ready, for answers that are already on their way."""

    __slots__ = ()

    def __await__(self) -> Generator[Any, None, None]:
        yield from ()


_DONE = _Done()


class Application:
    """The RSGI application. Make it with `make_application`."""

    def __init__(
        self,
        *,
        hosts: Hosts,
        gateway: Gateway,
        static: StaticFiles,
        media: Media,
        cache: Cache,
        clock: Callable[[], float],
    ) -> None:
        self._hosts = hosts
        self._further = hosts.further
        self._token = hosts.first.store.token
        self._gateway = gateway
        self._static = static
        self._media = media
        self._cache = cache
        self._entries = cache.entries
        self._preferences = cache.preferences
        self._clock = clock
        self._files = ThreadPoolExecutor(2, thread_name_prefix="files")
        self.from_memory: Counter[int] = Counter()  # answers of `answer`, by status

    @property
    def room(self) -> int:
        """How many more requests Django could take now."""
        return self._gateway.room

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        sys.setswitchinterval(_SWITCH_INTERVAL)
        direct.install(self.answer)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.close()

    def close(self) -> None:
        """Let the requests end that were begun, and stop all threads."""
        self._gateway.close()
        self._files.shutdown(wait=True, cancel_futures=True)

    def __rsgi__(self, scope: Scope, proto: Exchange) -> Awaitable[None]:
        return _DONE if self.answer(scope, proto) else self._serve(scope, proto)

    def answer(self, scope: Scope, proto: Exchange) -> bool:
        """Answer from memory at once; False, with nothing sent, if that takes more than a look-up."""
        path = key = scope.path
        token = self._token
        if self._further and not path.startswith(self._static.prefix):
            pages = self._hosts.pages(scope)
            key, token = pages.key(path), pages.store.token
        entry = self._entries.get(key)
        if (
            entry is None
            or (path == "/" and scope.query_string)
            or entry.token != token()
            or entry.good_until < self._clock()
            or scope.method != "GET"
        ):
            return False
        asked = scope.headers.get
        if entry.source is self._static and asked("range") is not None:
            return False
        answer = entry.answers.get(self._preferences.get(asked("accept-encoding")))
        if answer is None:
            return False
        entry.used = True
        self.from_memory[_send(answer, entry.document, asked, proto)] += 1
        return True

    async def _serve(self, scope: Scope, proto: Exchange) -> None:
        if scope.proto != "http":
            proto.close(403)  # type: ignore[attr-defined]  # a websocket
            return
        try:
            if not await self._serve_file(scope, proto):
                await self._gateway.handle(scope, proto)
        except Exception:
            logger.exception("%s %s failed", scope.method, scope.path)
            refuse(scope, proto, 500, "Something went wrong on our side. It has been noted.")

    async def _serve_file(self, scope: Scope, proto: Exchange) -> bool:
        """Answer with a file of ours; False if Django has to."""
        path = scope.path
        if path == "/" and policy.asks_for_an_old_address(scope.query_string):
            return False
        if path.startswith(self._static.prefix):
            return await self._serve_document(self._static, scope, proto)
        if path.startswith(self._media.prefix):
            return self._serve_media(scope, proto)
        self._hosts.look()
        pages = self._hosts.pages(scope)
        return await self._serve_document(pages, scope, proto) or _redirect(pages, scope, proto)

    async def _serve_document(self, source: Source, scope: Scope, proto: Exchange) -> bool:
        if source.signature(scope.path) is None:
            return False
        if scope.method not in {"GET", "HEAD"}:
            refuse(scope, proto, 405, "This page can only be read.", _ALLOWED)
            return True
        asked = scope.headers.get
        found = await asyncio.get_running_loop().run_in_executor(
            self._files, self._cache.answer, source, scope.path, asked("accept-encoding")
        )
        if found is None:
            return False
        answer, document = found
        if scope.method == "HEAD":
            length = ("content-length", str(len(answer.body)))
            proto.response_empty(answer.status, [*answer.headers, length])
        elif source is not self._static or not _send_part(answer, document, asked, proto):
            _send(answer, document, asked, proto)
        return True

    def _serve_media(self, scope: Scope, proto: Exchange) -> bool:
        file = self._media.file(scope.path)
        if file is None:
            return False
        if scope.method in {"GET", "HEAD"}:
            self._media.send(file, scope, proto)
        else:
            refuse(scope, proto, 405, "This file can only be read.", _ALLOWED)
        return True


def _redirect(pages: PrintedPages, scope: Scope, proto: Exchange) -> bool:
    """Lead `/About` and `/about` to the page printed at `/about/`."""
    if scope.method not in {"GET", "HEAD"}:
        return False
    slashed = scope.path if scope.path.endswith("/") else scope.path + "/"
    for candidate in (slashed, slashed.lower(), scope.path.lower()):
        if candidate != scope.path and pages.signature(candidate) is not None:
            query = f"?{scope.query_string}" if scope.query_string else ""
            location = ("location", quote(candidate) + query)
            headers = [location, *policy.security_headers(scope.path)]
            proto.response_empty(301, [*headers, ("cache-control", pages.keeping.caching)])
            return True
    return False


def _send(
    answer: Answer, document: Document, asked: Callable[[str], str | None], proto: Exchange
) -> int:
    """Returns the status that was sent."""
    if_none_match = asked("if-none-match")
    if_modified_since = asked("if-modified-since")
    is_asked = if_none_match is not None or if_modified_since is not None
    if (
        is_asked
        and answer.status < 300
        and is_not_modified(  # RFC 9110, 13.2.1
            if_none_match=if_none_match,
            if_modified_since=if_modified_since,
            etag=answer.etag,
            modified=document.modified,
        )
    ):
        proto.response_empty(304, answer.headers_of_304)
        return 304
    proto.response_bytes(answer.status, answer.headers, answer.body)
    return answer.status


def _send_part(
    answer: Answer, document: Document, asked: Callable[[str], str | None], proto: Exchange
) -> bool:
    """Send the range that is asked for, of the form that suits (RFC 9110, 14.2); False where all is to be sent, or nothing."""
    if asked("if-none-match") is not None or asked("if-modified-since") is not None:
        return False
    if not range_still_applies(asked("if-range"), etag=answer.etag, modified=document.modified):
        return False
    length = len(answer.body)
    try:
        part = byte_range(asked("range"), length)
    except UnsatisfiableRange:
        proto.response_empty(416, [*answer.headers_of_304, ("content-range", f"bytes */{length}")])
        return True
    if part is not None:
        headers = [*answer.headers, ("content-range", part.content_range(length))]
        proto.response_bytes(206, headers, answer.body[part.start : part.end])
    return part is not None


def make_application(
    *,
    hosts: Hosts,
    wsgi: WSGIApplication,
    static_root: Path,
    media_root: Path,
    trusted_proxies: Sequence[Network] = (),
    limits: Limits | None = None,
) -> Application:
    """The application for granian: printed pages of all `hosts`, files from the two folders, the rest from `wsgi`.

    `X-Forwarded-For` and `X-Forwarded-Proto` are believed from `trusted_proxies` only.
    """
    limits = limits or Limits()
    gateway = Gateway(wsgi, limits=limits, trusted_proxies=trusted_proxies)
    return Application(
        hosts=hosts,
        gateway=gateway,
        static=StaticFiles(static_root, "/static/", hosts.first.store.token),
        media=Media(media_root, "/media/"),
        cache=Cache(max_bytes=limits.cache, clock=time.monotonic),
        clock=time.monotonic,
    )
