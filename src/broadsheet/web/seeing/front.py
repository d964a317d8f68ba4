"""The server's outermost part: what is asked about the node itself, and a look at every other request. Plain Python.

- `/healthz`: is this process serving? Neither database nor disk is asked, so pages go on while those are away. 503 once
  the node is leaving, so that a load balancer sends nobody here any more.
- `/readyz`: could somebody comment and edit here now?
- `/metrics`: figures for Prometheus, for allowed networks and for who knows the token.
"""

import asyncio
import hmac
import logging
import os
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Protocol

from broadsheet import tracing
from broadsheet.press.environ import Network, client_of
from broadsheet.press.rsgi import Exchange, Headers, Scope

from .exposition import CONTENT_TYPE
from .logs import Request, in_hand
from .tally import Tally

requests = logging.getLogger("broadsheet.requests")
logger = logging.getLogger(__name__)

LEAVING = "leaving"  # a file in the site's folder while the node drains
WITHIN = 5.0  # seconds for the database to answer a question about itself
_GOOD_FOR = 1.0  # seconds that an answer about the node is repeated
_PLAIN = ("content-type", "text/plain; charset=utf-8")
_UNCACHED = ("cache-control", "no-store")
_FORWARDED = ("forwarded", "x-forwarded-for", "via", "x-real-ip")
_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_COMMENT = re.compile(r"/comments/on/[0-9]+/")


@dataclass(frozen=True, slots=True)
class Door:
    """Who may read the figures."""

    networks: Sequence[Network]
    token: str
    trusted_proxies: Sequence[Network]

    def is_open(self, scope: Scope) -> bool:
        """By network only who really comes from there: what a proxy that nobody trusts passes on comes from elsewhere."""
        said = (scope.headers.get("authorization") or "").removeprefix("Bearer ")
        if self.token and hmac.compare_digest(said.encode(), self.token.encode()):
            return True
        client = client_of(scope, self.trusted_proxies).address
        peer = client_of(scope, ()).address
        if client == peer and any(scope.headers.get(name) for name in _FORWARDED):
            return False
        return any(ip_address(client) in network for network in self.networks)


Answer = tuple[int, str]  # status and text


class Node(Protocol):
    """Who knows about this node. `ready` and `metrics` may wait for the database."""

    @property
    def tally(self) -> Tally: ...
    def start(self) -> None: ...
    def close(self) -> None: ...
    def ready(self) -> Answer: ...
    def metrics(self) -> Answer: ...


class Seen:
    """An RSGI application around another one."""

    def __init__(self, behind: Any, *, node: Node, door: Door, folder: Path) -> None:
        self._behind = behind
        self._node = node
        self._door = door
        self._leaving = folder / LEAVING
        self._questions = {"/readyz": node.ready, "/metrics": node.metrics}
        self._answers: dict[str, tuple[float, Answer]] = {}
        self._asking: dict[str, asyncio.Future[Answer]] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="figures")

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        tracing.start("server", os.environ)
        self._node.start()
        self._behind.__rsgi_init__(loop)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._node.close()
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._behind.__rsgi_del__(loop)
        tracing.stop()

    def __rsgi__(self, scope: Scope, proto: Exchange) -> Awaitable[None]:
        if scope.path == "/healthz":
            return self._health(proto)
        if scope.path in self._questions:
            return self._about_itself(scope, proto)
        return self._pass_on(scope, proto)

    async def _health(self, proto: Exchange) -> None:
        if self._leaving.exists():
            proto.response_str(503, [_PLAIN, _UNCACHED], "leaving\n")
        else:
            proto.response_str(200, [_PLAIN, _UNCACHED], "ok\n")

    async def _about_itself(self, scope: Scope, proto: Exchange) -> None:
        is_metrics = scope.path == "/metrics"
        if is_metrics and not self._door.is_open(scope):
            proto.response_str(403, [_PLAIN, _UNCACHED], "Not from here.\n")
            return
        status, text = await self._answer(scope.path)
        kind = ("content-type", CONTENT_TYPE) if is_metrics else _PLAIN
        proto.response_str(status, [kind, _UNCACHED], text)

    async def _answer(self, path: str) -> Answer:
        """At most one thread asks, however many want to know; a database that hangs is an answer, too."""
        known = self._answers.get(path)
        if known is not None and time.monotonic() < known[0]:
            return known[1]
        if path not in self._asking:
            loop = asyncio.get_running_loop()
            asking = loop.run_in_executor(self._thread, self._questions[path])
            self._asking[path] = asking
            asking.add_done_callback(partial(self._note, path))
        try:
            async with asyncio.timeout(WITHIN):
                return await asyncio.shield(self._asking[path])
        except TimeoutError:
            return 503, "The database does not answer.\n"
        except Exception:
            logger.exception("%s could not be answered", path)
            return 503, "This could not be found out; see the log.\n"

    def _note(self, path: str, asking: "asyncio.Future[Answer]") -> None:
        self._asking.pop(path, None)
        if not asking.cancelled() and asking.exception() is None:
            self._answers[path] = (time.monotonic() + _GOOD_FOR, asking.result())

    async def _pass_on(self, scope: Scope, proto: Exchange) -> None:
        request = Request(_request_id(scope))
        in_hand.set(request)
        watched = _Watched(proto, request.id)
        began = time.perf_counter()
        try:
            await self._behind.__rsgi__(scope, watched)
        finally:
            seconds = time.perf_counter() - began
            self._node.tally.answered(_kind(scope, request), watched.status, seconds)
            fields = {"status": watched.status, "seconds": round(seconds, 4)}
            requests.info("%s answered", scope.method, extra=fields)


def _kind(scope: Scope, request: Request) -> str:
    """Who answered: a file of ours, the spam service, the intake of comments, or Django."""
    if scope.path.startswith(("/1.1/", "/1.2/")):
        return "spam-service"
    if scope.method == "POST" and _COMMENT.fullmatch(scope.path):
        return "comment"
    return "django" if request.route or scope.method not in {"GET", "HEAD"} else "file"


def _request_id(scope: Scope) -> str:
    """The one that a proxy gave it, if it looks like one; it is only ever compared."""
    said = scope.headers.get("x-request-id") or ""
    return said if _REQUEST_ID.fullmatch(said) else os.urandom(8).hex()


class _Watched:
    """A request whose answer tells its status and carries the request's id."""

    def __init__(self, proto: Any, request_id: str) -> None:
        self._proto = proto
        self._header = ("x-request-id", request_id)
        self.status = 0  # until it is answered; the client may have gone

    def __call__(self) -> Any:
        return self._proto()

    def __aiter__(self) -> Any:
        return self._proto.__aiter__()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._proto, name)
        return partial(self._respond, found) if name.startswith("response_") else found

    def _respond(
        self, respond: Callable[..., Any], status: int, headers: Headers, *rest: Any
    ) -> Any:
        self.status = status
        return respond(status, [*headers, self._header], *rest)
