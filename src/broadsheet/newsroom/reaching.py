"""Whether an address on the web leads anywhere: asked once, with patience that ends, and in no private network.

Only the head of the answer is read. Each step of a redirect is judged anew, and the very address that was judged is called.
"""

import http.client
import io
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from .models.elsewhere import Outcome
from .outgoing import Refused, public_address

WITHIN: Final = 10.0  # seconds for one answer, and as long for the connection
_REDIRECTS: Final = 5
_HEAD: Final = 16 * 1024  # bytes
_USUAL_PORTS: Final = frozenset((80, 443))
_PLAIN: Final = "/%:@!$&'()*+,;=~-._?[]"  # in an address, as it is
_HEADERS: Final = {"User-Agent": "Broadsheet (looks at links)", "Accept": "*/*", "Connection": "close"}  # fmt: skip


class Unreadable(ValueError):
    """What is no plain web address."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    location: str


def outcome_of(url: str, *, allow_private: bool = False) -> Outcome:
    """What a reader who follows the link `url` can expect. One who keeps programs out is there."""
    try:
        status = _follow(url, allow_private=allow_private)
    except Refused:
        return Outcome.PRIVATE
    except socket.gaierror as error:
        return Outcome.SILENT if error.errno == socket.EAI_AGAIN else Outcome.NO_HOST
    except ssl.SSLCertVerificationError:
        return Outcome.UNTRUSTED
    except (OSError, http.client.HTTPException):
        return Outcome.SILENT
    except (
        ValueError
    ):  # of which Unreadable and UnicodeError are; a redirect may lead to "http://["
        return Outcome.UNREADABLE
    if status in {404, 410}:
        return Outcome.GONE
    return Outcome.FAILS if status >= 500 else Outcome.FOUND


def _follow(url: str, *, allow_private: bool) -> int:
    """The status at the end of the redirects. Raises Unreadable, Refused, OSError, HTTPException."""
    for _step in range(_REDIRECTS + 1):
        answer = _ask(url, allow_private=allow_private)
        if answer.status not in {301, 302, 303, 307, 308} or not answer.location:
            return answer.status
        url = urljoin(url, answer.location)
    raise http.client.HTTPException("it redirects too often")


def _ask(url: str, *, allow_private: bool) -> _Answer:
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise Unreadable(url) from error
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise Unreadable(url)
    if port not in _USUAL_PORTS and not allow_private:
        raise Unreadable(url)
    address = public_address(host, port, allow_private=allow_private)
    path = quote(parts.path or "/", safe=_PLAIN)
    query = "?" + quote(parts.query, safe=_PLAIN) if parts.query else ""
    with _connected(parts.scheme, host, address, port) as connection:
        connection.request("GET", path + query, headers=_HEADERS)
        return _head(connection.sock)


@contextmanager
def _connected(
    scheme: str, host: str, address: str, port: int
) -> Iterator[http.client.HTTPConnection]:
    """A connection that is hung up after WITHIN, whatever the other side does meanwhile."""
    connection = http.client.HTTPConnection(host, port)
    connection.sock = socket.create_connection((address, port), timeout=WITHIN)
    if scheme == "https":
        connection.sock = ssl.create_default_context().wrap_socket(
            connection.sock, server_hostname=host, do_handshake_on_connect=False
        )
    alarm = Timer(WITHIN, _hang_up, [connection.sock])
    alarm.start()
    try:
        if isinstance(connection.sock, ssl.SSLSocket):
            connection.sock.do_handshake()
        yield connection
    finally:
        alarm.cancel()
        connection.sock.close()


def _hang_up(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _head(sock: socket.socket) -> _Answer:
    """Status and target of an HTTP/1 answer. Raises HTTPException for anything else."""
    received = bytearray()
    while b"\r\n\r\n" not in received and len(received) < _HEAD:
        chunk = sock.recv(4096)
        if not chunk:
            break
        received += chunk
    line, _end, rest = bytes(received).partition(b"\r\n")
    if not line.startswith(b"HTTP/1.") or not line[9:12].isdigit():
        raise http.client.HTTPException("it is no HTTP answer")
    headers = http.client.parse_headers(io.BytesIO(rest.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"))
    return _Answer(int(line[9:12]), headers.get("Location") or "")
