"""Closed loops: so many connections, each of which asks again as soon as it is answered."""

import re
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle

CONNECTIONS = 16

Address = tuple[str, int]


@dataclass(slots=True)
class Tally:
    """What one run measured."""

    seconds: list[float] = field(default_factory=list)
    whole: float = 0.0
    failures: int = 0

    @property
    def per_second(self) -> float:
        return round(len(self.seconds) / self.whole, 1)

    def percentile(self, share: float) -> float:
        """Milliseconds."""
        ordered = sorted(self.seconds)
        return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)


ANSWERED = {"checks": 0}  # over all runs


def ask(address: Address, requests: Sequence[bytes], *, seconds: float) -> Tally:
    """Closed loop: each of CONNECTIONS sends its next request when its last one is answered."""
    tally = Tally()
    source = cycle(requests)
    with selectors.DefaultSelector() as selector:
        for _ in range(CONNECTIONS):
            connection = socket.create_connection(address)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(connection, selectors.EVENT_READ, _Asking(connection, source))
        begun = time.perf_counter()
        askers: list[_Asking] = [key.data for key in selector.get_map().values()]
        for asker in askers:
            asker.send()
        waiting = len(askers)
        while waiting:
            is_over = time.perf_counter() - begun >= seconds
            for key, _ in selector.select(timeout=30):
                if not key.data.receive(tally):
                    continue
                if is_over:
                    waiting -= 1
                    selector.unregister(key.fileobj)
                    key.data.connection.close()
                else:
                    key.data.send()
        tally.whole = time.perf_counter() - begun
    return tally


class _Asking:
    """One connection: what it sent, and when."""

    def __init__(self, connection: socket.socket, source: Iterator[bytes]) -> None:
        self.connection = connection
        self._source = source
        self._received = b""
        self._sent_at = 0.0
        self._is_check = False

    def send(self) -> None:
        request = next(self._source)
        self._is_check = b"/comment-check " in request[:60]
        self._received = b""
        self._sent_at = time.perf_counter()
        self.connection.sendall(request)

    def receive(self, tally: Tally) -> bool:
        """True when the answer is complete."""
        data = self.connection.recv(65536)
        if not data:
            raise SystemExit("A connection was closed.")
        self._received += data
        head, blank_line, body = self._received.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: *(\d+)", head)
        if not blank_line or length is None or len(body) < int(length[1]):
            return False
        tally.seconds.append(time.perf_counter() - self._sent_at)
        is_good = head.split(b" ", 2)[1] == b"200"
        tally.failures += not is_good
        if self._is_check and is_good:
            ANSWERED["checks"] += 1
        return True


def ask_each(address: Address, requests: Sequence[bytes], seconds: float) -> Tally:
    """Closed loop with a connection for each request."""
    tally = Tally()
    source = cycle(requests)
    begun = time.perf_counter()
    with selectors.DefaultSelector() as selector:

        def send() -> None:
            connection = socket.create_connection(address, timeout=60)
            connection.sendall(next(source))
            connection.shutdown(socket.SHUT_WR)
            selector.register(connection, selectors.EVENT_READ, time.perf_counter())

        for _ in range(CONNECTIONS):
            send()
        while selector.get_map():
            for key, _ in selector.select(timeout=60):
                connection = key.fileobj
                assert isinstance(connection, socket.socket)
                if connection.recv(65536):
                    continue
                tally.seconds.append(time.perf_counter() - key.data)
                selector.unregister(connection)
                connection.close()
                if time.perf_counter() - begun < seconds:
                    send()
    tally.whole = time.perf_counter() - begun
    return tally


def http_request(path: str, body: bytes) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: spam.example\r\nContent-Length: {len(body)}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    return head.encode() + body
