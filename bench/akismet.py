"""The spam service under load, beside SpamAssassin's and rspamd's daemons: `python -m bench.akismet --json`.

A new site is made in a temporary folder and served as `broadsheet spam-service` does it. The server, its background
process and each other daemon run on one core, the load on another. Sixteen connections with keep-alive ask about real
comments (`../shared/data/spam/dev`, else made-up ones), one call in fifty is a report that is learnt. Then the same
again while somebody else holds the database's write lock; afterwards every check that was answered must be in the
database. The other daemons get the same texts as mail, in their own protocols: with a connection for each, as
their own clients `spamc` and `rspamc` do.
"""

import argparse
import json
import os
import re
import selectors
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode, urlsplit

CONNECTIONS = 16
SECONDS = 10.0
REPORT_EVERY = 50
SHARED = Path(os.environ.get("BROADSHEET_SHARED", Path(__file__).resolve().parents[2] / "shared"))
CORPORA = ("youtube", "sms", "tg")
ISSUE = (
    "from datetime import UTC, datetime; from broadsheet.akismet import issuing;"
    "from broadsheet.akismet.models import Key; print('key', issuing.issue(Key(name='bench'), now=datetime.now(UTC)))"
)
RSPAMD = """
.include "$CONFDIR/common.conf"
options {{ .include "$CONFDIR/options.inc" dns {{ nameserver = "127.0.0.1:9"; timeout = 0.01s; }} }}
logging {{ type = "file"; filename = "{folder}/rspamd.log"; level = "error"; }}
worker "normal" {{ bind_socket = "127.0.0.1:{port}"; count = 1; }}
"""

Address = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Item:
    """A submission whose label is known."""

    text: str
    author: str
    is_spam: bool


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--ours-only", action="store_true", help="leave the other daemons out")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for each measurement")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        figures = ours(Path(folder) / "site", submissions(), arguments.seconds)
        if not arguments.ours_only:
            figures |= others(Path(folder), arguments.seconds)
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:45} {value}")


def others(folder: Path, seconds: float) -> dict[str, float | int | None]:
    """The same figures of the other daemons; null where one is not installed."""
    figures: dict[str, float | int | None] = {}
    mails = [mail(item) for item in submissions()]
    for name, daemon in (("spamd", spamd), ("rspamd", rspamd)):
        tally = daemon(folder, mails, seconds)
        figures[f"{name}_checks_per_second_16"] = tally.per_second if tally else None
        figures[f"{name}_p99_ms_16"] = tally.percentile(0.99) if tally else None
    return figures


def ours(site: Path, items: Sequence[Item], seconds: float) -> dict[str, float | int | None]:
    with served(site) as address:
        key = issue(site)
        requests = [call(item, number, key) for number, item in enumerate(items)]
        use_core(1)
        ask(address, requests, seconds=2)  # warm up
        with lag(site / "broadsheet.db") as seen:
            free = ask(address, requests, seconds=seconds)
        with locked(site / "broadsheet.db"):
            held = ask(address, requests, seconds=seconds)
        caught_up, kept = catch_up(site / "broadsheet.db")
    return {
        "checks_per_second_16": free.per_second,
        "p50_ms_16": free.percentile(0.5),
        "p99_ms_16": free.percentile(0.99),
        "longest_seconds_until_kept": round(max(seen), 2),
        "checks_per_second_with_locked_database": held.per_second,
        "p99_ms_with_locked_database": held.percentile(0.99),
        "slowest_ms_with_locked_database": held.percentile(1),
        "failures": free.failures + held.failures,
        "seconds_until_log_caught_up": round(caught_up, 1),
        "checks_answered": ANSWERED["checks"],
        "checks_lost": ANSWERED["checks"] - kept,
    }


def submissions() -> list[Item]:
    """Real comments where they are at hand."""
    items = []
    for name in CORPORA:
        path = SHARED / "data" / "spam" / "dev" / f"{name}.jsonl"
        if path.exists():
            rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
            items += [
                Item(row["text"], row.get("author") or "", row["label"] == "spam") for row in rows
            ]
    return items or [
        Item(f"Comment {number} about the bridge and the ferry. " * 4, "Ann", number % 2 == 0)
        for number in range(1000)
    ]


def call(item: Item, number: int, key: str) -> bytes:
    """An HTTP request: mostly comment-check, now and then a report."""
    report = f"submit-{'spam' if item.is_spam else 'ham'}"
    method = report if number % REPORT_EVERY == REPORT_EVERY - 1 else "comment-check"
    form = {
        "api_key": key,
        "blog": "https://old-blog.example",
        "user_ip": "192.0.2.7",
        "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "referrer": "https://old-blog.example/2026/03/bridge",
        "comment_type": "comment",
        "comment_author": item.author,
        "comment_content": item.text,
        "blog_lang": "en_GB",
        "blog_charset": "UTF-8",
    }
    return http_request(f"/1.1/{method}", urlencode(form).encode())


def http_request(path: str, body: bytes) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: spam.example\r\nContent-Length: {len(body)}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    return head.encode() + body


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


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Hold the write lock, as a long migration or a backup does."""
    connection = sqlite3.connect(database, isolation_level=None, timeout=60)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


@contextmanager
def lag(database: Path) -> Iterator[list[float]]:
    """While checks come all the time: how old the newest one in the database is, ten times a second (seconds)."""
    seen: list[float] = []
    over = threading.Event()

    def look() -> None:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=60)) as kept:
            while not over.wait(0.1):
                (newest,) = kept.execute(
                    "SELECT (julianday(max(checked_at)) - 2440587.5) * 86400 FROM akismet_check"
                ).fetchone()
                seen.append(time.time() - newest)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield seen
    finally:
        over.set()
        looking.join()


def catch_up(database: Path) -> tuple[float, int]:
    """Seconds until every answered check is in the database, or five minutes; and how many are."""
    begun = time.perf_counter()
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=60)
    statement = "SELECT COUNT(*) FROM akismet_check WHERE answered_spam IS NOT NULL"
    kept = 0
    while time.perf_counter() - begun < 300:
        (kept,) = connection.execute(statement).fetchone()
        if kept >= ANSWERED["checks"]:
            break
        time.sleep(0.2)
    connection.close()
    return time.perf_counter() - begun, kept


@contextmanager
def served(site: Path) -> Iterator[Address]:
    start = "from broadsheet.web.command import main; main()"
    server = subprocess.Popen(
        [sys.executable, "-c", start, "spam-service", "--site", str(site)],
        env=environment() | {"PORT": "0"},
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: use_core(0),
    )
    try:
        for line in server.stdout or ():
            if line.startswith("http://"):
                parts = urlsplit(line.strip())
                yield parts.hostname or "", parts.port or 80
                break
        else:
            raise SystemExit("The server ended before it told its address.")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(15)


def issue(site: Path) -> str:
    """A new key, once the service knows it."""
    command = "from broadsheet.web.command import main; main()"
    words = [
        sys.executable,
        "-c",
        command,
        "shell",
        "--site",
        str(site),
        "--no-imports",
        "-c",
        ISSUE,
    ]
    made = subprocess.run(words, env=environment(), stdout=subprocess.PIPE, text=True, check=True)
    time.sleep(2)
    return made.stdout.split("key ")[-1].split()[0]


def mail(item: Item) -> bytes:
    """The submission as a mail, which is what the daemons judge."""
    return (
        f"From: =?utf-8?q?reader?= <reader@example.org>\r\nTo: <blog@example.net>\r\n"
        "Subject: A comment\r\nDate: Sat, 14 Mar 2026 12:00:00 +0000\r\nMessage-ID: <1@example.org>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        f"{item.text}\r\n"
    ).encode()


def spamd(folder: Path, mails: Sequence[bytes], seconds: float) -> Tally | None:
    """SpamAssassin's daemon, local tests only."""
    if not shutil.which("spamd"):
        return None
    port = free_port()
    options = ["-L", "-x", "-m", "4", "-i", "127.0.0.1", "-p", str(port)]
    command = ["spamd", *options, f"--pidfile={folder / 'spamd.pid'}", "-s", str(folder / "log")]
    requests = [b"CHECK SPAMC/1.5\r\nContent-length: %d\r\n\r\n" % len(m) + m for m in mails]
    with running(command, port):
        return ask_each(("127.0.0.1", port), requests, seconds)


def rspamd(folder: Path, mails: Sequence[bytes], seconds: float) -> Tally | None:
    """rspamd's worker, as Debian configures it, without a network."""
    if not shutil.which("rspamd"):
        return None
    port = free_port()
    configuration = folder / "rspamd.conf"
    configuration.write_text(RSPAMD.format(folder=folder, port=port))
    folders = [f"--var={name}={folder}" for name in ("DBDIR", "RUNDIR", "LOGDIR")]
    command = ["rspamd", "-f", "--insecure", "-c", str(configuration), *folders]
    requests = [http_request("/checkv2", body) for body in mails]
    with running(command, port):
        return ask_each(("127.0.0.1", port), requests, seconds)


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


@contextmanager
def running(command: Sequence[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: use_core(0),
    )
    try:
        wait_until(lambda: socket.create_connection(("127.0.0.1", port), 1).close())
        yield
    finally:
        process.terminate()
        process.wait(15)


def wait_until(attempt: Callable[[], None]) -> None:
    for _ in range(900):
        try:
            attempt()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("A daemon did not start.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def use_core(number: int) -> None:
    """Pin this process and its children, where there is more than one core."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {number})


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}


if __name__ == "__main__":
    main()
