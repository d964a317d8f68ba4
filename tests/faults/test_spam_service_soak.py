"""Whatever strangers send over real connections: it is answered or cut off, nothing fails inside, and memory stays."""

import random
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests.clients.asking import answers_again, ask
from tests.clients.conftest import issue_keys
from tests.faults.test_spam_service import server_processes
from tests.journeys.served import Served

pytestmark = pytest.mark.fault

UNDERSTOOD = {200, 400, 404, 405, 408, 411, 413, 414, 417, 429, 431, 501, 505}
ROUNDS = 250  # of ODDITIES each
MOST_GROWTH = 12 * 1024  # kB, of which the two large bodies may leave 10 with the allocator
METHODS = (b"comment-check", b"submit-spam", b"submit-ham", b"verify-key", b"usage-limit", b"x")

Chance = random.Random
Oddity = Callable[[Chance, str], bytes]


def any_bytes(chance: Chance, _key: str) -> bytes:
    return chance.randbytes(chance.randrange(1, 400)) + b"\r\n\r\n"


def any_body(chance: Chance, _key: str) -> bytes:
    return post(chance, chance.randbytes(chance.randrange(2000)))


def any_fields(chance: Chance, key: str) -> bytes:
    names = ("blog", "user_ip", "comment_content", "comment_author_url", "callback", "blog_lang")
    fields = {name: chance.randbytes(chance.randrange(60)) for name in names}
    return post(chance, urlencode({"api_key": key, "is_test": 1, **fields}).encode())


def any_charset(chance: Chance, key: str) -> bytes:
    charset = chance.choice(
        [chance.randbytes(5).hex(), "utf-7", "zip", "../etc", "punycode", "x" * 500]
    )
    fields = {"api_key": key, "blog": "http://a.example", "user_ip": "192.0.2.7", "is_test": 1}
    body = urlencode({**fields, "blog_charset": charset}).encode() + b"&comment_content="
    return post(chance, body + chance.randbytes(99), f"; charset={charset}".encode())


def any_header(chance: Chance, _key: str) -> bytes:
    name = bytes(chance.choices(range(33, 127), k=chance.randrange(1, 30)))
    value = chance.randbytes(chance.randrange(80)).replace(b"\n", b" ")
    return b"POST /1.1/comment-check HTTP/1.1\r\nHost: a\r\n" + name + b": " + value + b"\r\n\r\n"


def many_parts(chance: Chance, _key: str) -> bytes:
    part = b"--b\r\nContent-Disposition: form-data; name=x\r\n\r\n1\r\n"
    return post(chance, part * chance.randrange(700), kind=b"multipart/form-data; boundary=b")


def a_length_that_is_none(chance: Chance, _key: str) -> bytes:
    length = chance.choice([b"-1", b"1e3", b"", b"99999999999999999999", b"0x10", b"3, 3"])
    return (
        b"POST /1.1/comment-check HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + b"\r\n\r\nabc"
    )


def broken_chunks(chance: Chance, _key: str) -> bytes:
    head = b"POST /1.1/comment-check HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + chance.choice(
        [b"zz\r\n", b"ffffffffffffffffff\r\n", b"3\r\nabcdef\r\n", b"0\r\n\r\n"]
    )


ODDITIES: tuple[Oddity, ...] = (
    *(any_bytes, any_body, any_fields, any_charset, any_header, many_parts),
    *(a_length_that_is_none, broken_chunks),
)


def post(chance: Chance, body: bytes, more: bytes = b"", kind: bytes = b"") -> bytes:
    """A whole request with `body`."""
    path = b"/1.1/" + chance.choice(METHODS)
    kind = (kind or b"application/x-www-form-urlencoded") + more
    head = b"POST %b HTTP/1.1\r\nHost: a\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n"
    return head % (path, kind, len(body)) + body


@contextmanager
def connected(address: str) -> Iterator[socket.socket]:
    parts = urlsplit(address)
    with closing(socket.create_connection((parts.hostname, parts.port), timeout=30)) as connection:
        yield connection


def status_of(address: str, sent: bytes) -> int:
    """The answer's status; 0 when the connection was closed without one."""
    with connected(address) as connection:
        with suppress(OSError):  # refused before all was sent
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        with suppress(ConnectionResetError):
            answer = connection.recv(200)
            return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0
        return 0


def ten_megabytes(*, announced: bool) -> bytes:
    head = b"POST /1.1/comment-check HTTP/1.1\r\nHost: a\r\n"
    if announced:
        return head + b"Content-Length: 10000000\r\n\r\n" + bytes(10_000_000)
    chunk = b"186A0\r\n" + bytes(100_000) + b"\r\n"
    return head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 100 + b"0\r\n\r\n"


def resident(process: int) -> int:
    """kB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


@dataclass(frozen=True, slots=True)
class Soaked:
    """A spam service that tests send oddities to."""

    served: Served
    key: str
    log: Path


@pytest.fixture(scope="module")
def soaked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Soaked]:
    folder = tmp_path_factory.mktemp("soaked")
    site, log = folder / "site", folder / "log"
    with (
        log.open("w", encoding="utf-8") as written,
        Served.start(site, command="spam-service", log=written) as served,
    ):
        key = issue_keys(served)[0]
        assert answers_again(served, key)
        yield Soaked(served, key, log)


def test_thousands_of_odd_requests_fail_nothing_and_take_no_memory(soaked: Soaked) -> None:
    address, supervisor = soaked.served.address, soaked.served.process.pid
    chance = Chance(8)

    def soak(rounds: int) -> set[int]:
        return {
            status_of(address, oddity(chance, soaked.key))
            for _ in range(rounds)
            for oddity in ODDITIES
        }

    statuses = soak(ROUNDS // 5)
    workers = server_processes(supervisor)
    before = [resident(process) for process in workers]
    statuses |= soak(ROUNDS)
    for announced in (True, False):
        assert status_of(address, ten_megabytes(announced=announced)) in {413, 0}

    assert statuses <= UNDERSTOOD | {0}
    assert {200, 400} <= statuses
    assert ask(soaked.served, soaked.key, "Are you still there?")[0] == 200
    assert server_processes(supervisor) == workers
    grown = [resident(process) - kb for process, kb in zip(workers, before, strict=True)]
    assert max(grown) < MOST_GROWTH
    said = soaked.log.read_text(encoding="utf-8")
    assert "Traceback" not in said
    assert "ERROR" not in said


def test_a_sender_that_stalls_is_told_so_and_holds_nobody_up(soaked: Soaked) -> None:
    head = b"POST /1.1/comment-check HTTP/1.1\r\nHost: a\r\nContent-Length: 400\r\n\r\nblog="
    with connected(soaked.served.address) as stalling:
        stalling.sendall(head)
        assert ask(soaked.served, soaked.key, "Meanwhile, from somebody else")[0] == 200
        assert stalling.recv(100).startswith(b"HTTP/1.1 408")
