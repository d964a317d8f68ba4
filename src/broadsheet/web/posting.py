"""Readers' comments in front of Django: what waits is kept in one transaction, and printed once (docs/adr/0005).

A request whose answer is anything but a redirect goes on to Django, with its body.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.http import HttpRequest

from broadsheet import tracing
from broadsheet.comments import clients
from broadsheet.comments.clients import Sender
from broadsheet.comments.gathering import Full, Gatherer
from broadsheet.comments.intake import Intake, Posted
from broadsheet.comments.submitting import Proposal
from broadsheet.comments.views.requests import LARGEST_BODY
from broadsheet.learning.filters import current_filter
from broadsheet.newsroom.locality import at_home
from broadsheet.press import policy
from broadsheet.press.at_once import print_at_once
from broadsheet.press.gateway import refuse
from broadsheet.press.orders import noted
from broadsheet.press.rsgi import Exchange, Scope

from .middleware import remembered_newspaper
from .moving.closed import takes_nothing

logger = logging.getLogger(__name__)

AT_ONCE = 64  # comments in one transaction
WAITING = 256  # further ones; beyond, 503
PATIENCE = 0.004  # seconds that the first of many waits for the others
PRINT_WITHIN = (
    0.1  # seconds that readers wait for the printing, at most; then it is the background's
)
BODY_WITHIN = 60.0  # seconds for a client to send its form
_PATH = re.compile(r"/comments/on/([0-9]{1,18})/")
_FORM = re.compile(r"application/x-www-form-urlencoded *(; *charset *= *\"?utf-8\"? *)?", re.I)
_HEADERS = policy.with_security([("cache-control", "no-store, private")], "/comments/")


def _now() -> datetime:
    return datetime.now(UTC)


class Posting:
    """An RSGI application: comments are taken here, everything else is `behind`'s."""

    def __init__(self, behind: Any, *, client_address: Callable[[Scope], str]) -> None:
        self._behind = behind
        self._client_address = client_address
        self._intake = Intake(spam_filter=current_filter, clock=_now)
        self._gatherer = Gatherer(
            prepare=self._prepare,
            finish=self._finish,
            at_once=AT_ONCE,
            waiting=WAITING,
            patience=PATIENCE,
        )

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._gatherer.start(loop.call_soon_threadsafe)
        self._behind.__rsgi_init__(loop)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._gatherer.close()
        self._behind.__rsgi_del__(loop)

    def __rsgi__(self, scope: Scope, proto: Exchange) -> Awaitable[None]:
        if scope.method == "POST" and scope.proto == "http":
            found = _PATH.fullmatch(scope.path)
            if found and _is_short_form(scope) and not takes_nothing(settings.CONFIGURATION):
                return self._serve(scope, proto, int(found[1]))
        passed_on: Awaitable[None] = self._behind.__rsgi__(scope, proto)
        return passed_on

    async def _serve(self, scope: Scope, proto: Exchange, page_id: int) -> None:
        try:
            async with asyncio.timeout(BODY_WITHIN):
                body: bytes = await proto()  # type: ignore[operator]
        except TimeoutError:
            refuse(scope, proto, 408, "The request took too long to arrive.")
            return
        try:
            url = await self._take(scope, page_id, body)
        except Full:
            refuse(
                scope, proto, 503, "Very many people are writing just now. Try again in a moment."
            )
            return
        if url is None:
            await self._behind.__rsgi__(scope, _Again(proto, body))
            return
        proto.response_empty(303, [("location", url), *_HEADERS])

    async def _take(self, scope: Scope, page_id: int, body: bytes) -> str | None:
        """Where the browser is led, once the comment is kept and printed; None where Django has to answer."""
        asked = scope.headers.get
        host = asked("host") or scope.authority or ""
        came_from = {"Sec-Fetch-Site": asked("sec-fetch-site"), "Origin": asked("origin")}
        said = {name: value for name, value in came_from.items() if value is not None}
        if not clients.is_from_our_pages(
            said,
            host=host,
            address=settings.CONFIGURATION.address,
            copies=settings.CONFIGURATION.static_origins,
        ):
            return None
        sender = Sender(
            address=self._client_address(scope),
            user_agent=asked("user-agent") or "",
            referrer=asked("referer") or "",
        )
        at = (host, scope.server.rpartition(":")[2])
        waits: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._gatherer.give((at, Posted(page_id, body, sender)), waits)
        try:
            return await waits
        except Exception:  # noqa: BLE001, Django does it alone, and says what is wrong
            return None

    def _prepare(self, posted: tuple[tuple[str, str], Posted]) -> Proposal:
        (host, port), form = posted
        close_old_connections()
        request = HttpRequest()
        request.META.update(HTTP_HOST=host, SERVER_PORT=port or "80")
        with at_home(remembered_newspaper(request)):
            return self._intake.read(form)

    def _finish(self, proposals: Sequence[Proposal]) -> list[str | None]:
        try:
            told = {"broadsheet.comments": len(proposals)}
            with tracing.span("keep comments", told), noted() as ordered:
                urls = self._intake.keep(proposals)
                try:
                    print_at_once(ordered, seconds=PRINT_WITHIN, now=_now())
                except Exception:
                    logger.exception("Printing comments failed; it is tried again")
            return urls
        finally:
            close_old_connections()


class _Again:
    """A request whose body was read already."""

    def __init__(self, proto: Exchange, body: bytes) -> None:
        self._proto = proto
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._body

    def __getattr__(self, name: str) -> Any:
        return getattr(self._proto, name)


def _is_short_form(scope: Scope) -> bool:
    """Is it a form as browsers send ours, of a length that is known and allowed?"""
    length = scope.headers.get("content-length") or ""
    return (
        length.isdecimal()
        and 0 < int(length[:12]) <= LARGEST_BODY
        and _FORM.fullmatch(scope.headers.get("content-type") or "") is not None
    )
