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
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from .daemons import mail, rspamd, spamd
from .load import ANSWERED, Address, ask, http_request
from .processes import BROADSHEET, use_core

SECONDS = 10.0
REPORT_EVERY = 50
SHARED = Path(os.environ.get("BROADSHEET_SHARED", Path(__file__).resolve().parents[2] / "shared"))
CORPORA = ("youtube", "sms", "tg")
ISSUE = (
    "from datetime import UTC, datetime; from broadsheet.akismet import issuing;"
    "from broadsheet.akismet.models import Key; print('key', issuing.issue(Key(name='bench'), now=datetime.now(UTC)))"
)


@dataclass(frozen=True, slots=True)
class Item:
    """A submission whose label is known."""

    text: str
    author: str
    is_spam: bool


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
    mails = [mail(item.text) for item in submissions()]
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
    server = subprocess.Popen(
        [*BROADSHEET, "spam-service", "--site", str(site)],
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
    words = [*BROADSHEET, "shell", "--site", str(site), "--no-imports", "-c", ISSUE]
    made = subprocess.run(words, env=environment(), stdout=subprocess.PIPE, text=True, check=True)
    time.sleep(2)
    return made.stdout.split("key ")[-1].split()[0]


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}


if __name__ == "__main__":
    main()
