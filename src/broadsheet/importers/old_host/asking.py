"""One request to the old site, to no other host and into no private network, with patience. Plain Python.

The name is looked up once for each request, judged, and that very address is connected to. Redirects are followed on the same
host only (`www.` and the step to https excepted). What fails for a while is asked again, later and later.
"""

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from broadsheet.newsroom.outgoing import Refused, public_address

WITHIN: Final = 60.0  # seconds for one answer
LONGEST_PAUSE: Final = 60.0  # seconds
_ATTEMPTS: Final = 4
_REDIRECTS: Final = 3
_CHUNK: Final = 64 * 1024  # bytes
_FOR_A_WHILE: Final = frozenset((408, 425, 429, 500, 502, 503, 504))
_USUAL_PORTS: Final = frozenset((80, 443))


class Unanswered(Exception):
    """The old site does not give what was asked for; the message says why, in a few words."""

    def __init__(self, reason: str, status: int = 0) -> None:
        super().__init__(reason)
        self.status = status  # of HTTP, or 0


@dataclass(frozen=True, slots=True)
class Answer:
    body: bytes
    headers: Mapping[str, str]  # lower-case names


@dataclass(frozen=True, slots=True)
class _Received:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class OldHost:
    """The host of the old site, and how it is asked."""

    address: str  # "https://old.example/blog"
    headers: Mapping[str, str] = field(default_factory=dict)  # of each request
    allow_private: bool = False  # for tests, and for a copy in one's own network
    pause: Callable[[float], None] = time.sleep  # seconds

    def get(self, url: str, *, max_bytes: int) -> Answer:
        """What `url` gives. Raises Unanswered."""
        reason, status = "", 0
        for attempt in range(_ATTEMPTS):
            try:
                received = self._follow(url, max_bytes)
            except (OSError, http.client.HTTPException) as error:
                reason, wait, status = f"no answer ({type(error).__name__})", 0.0, 0
            else:
                if received.status == 200:
                    return Answer(received.body, received.headers)
                reason, status = f"the old site answered {received.status}", received.status
                if status not in _FOR_A_WHILE:
                    break
                wait = _seconds(received.headers.get("retry-after", ""))
            if attempt + 1 < _ATTEMPTS:
                self.pause(min(max(wait, 2.0**attempt), LONGEST_PAUSE))
        raise Unanswered(reason, status)

    def _follow(self, url: str, max_bytes: int) -> _Received:
        for _step in range(_REDIRECTS + 1):
            received = self._ask(url, max_bytes)
            target = received.headers.get("location", "")
            if received.status not in {301, 302, 303, 307, 308} or not target:
                return received
            url = urljoin(url, target)
        raise Unanswered("it redirects too often")

    def _ask(self, url: str, max_bytes: int) -> _Received:
        scheme, host, port, path = self._judged(url)
        deadline = time.monotonic() + WITHIN
        try:
            address = public_address(host, port, allow_private=self.allow_private)
        except Refused as error:
            raise Unanswered(str(error)) from error
        with _connected(scheme, host, address, port) as connection:
            headers = {"User-Agent": "Broadsheet (moving in)", "Accept-Encoding": "identity"}
            connection.request("GET", path, headers={**headers, **self.headers})
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            if _length(found) > max_bytes:
                raise Unanswered(f"larger than {max_bytes // 1024**2} MB")
            return _Received(response.status, found, _body(response, max_bytes, deadline))

    def _judged(self, url: str) -> tuple[str, str, int, str]:
        """Scheme, host, port and path. Raises Unanswered for another host, or what is no plain web address."""
        own = urlsplit(self.address)
        try:
            parts = urlsplit(url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError as error:
            raise Unanswered("it is no address") from error
        if parts.scheme not in {"http", "https"} or parts.username is not None:
            raise Unanswered("it is no plain web address")
        host = parts.hostname or ""
        if not host or _bare(host) != _bare(own.hostname or ""):
            raise Unanswered("it lies on another host")
        if port not in _USUAL_PORTS | {own.port}:
            raise Unanswered(f"port {port} is not the old site's")
        if self.headers and parts.scheme == "http" and own.scheme == "https":
            raise Unanswered("it would send the password unencrypted")
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        return parts.scheme, host, port, f"{path}?{parts.query}" if parts.query else path


@contextmanager
def _connected(
    scheme: str, host: str, address: str, port: int
) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(host, port)
    with socket.create_connection((address, port), timeout=WITHIN) as plain:
        connection.sock = plain
        if scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(plain, server_hostname=host)
        with connection.sock:
            yield connection


def _body(response: http.client.HTTPResponse, max_bytes: int, deadline: float) -> bytes:
    received = bytearray()
    while chunk := response.read(_CHUNK):
        received += chunk
        if len(received) > max_bytes:
            raise Unanswered(f"larger than {max_bytes // 1024**2} MB")
        if time.monotonic() > deadline:
            raise TimeoutError("too slow")
    return bytes(received)


def _length(headers: Mapping[str, str]) -> int:
    text = headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _seconds(text: str) -> float:
    """`Retry-After` in seconds; a date is not looked at."""
    return float(text) if text.isascii() and text.isdigit() else 0.0


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
