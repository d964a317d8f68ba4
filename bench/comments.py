"""Posting comments to a served newspaper: `python -m bench.comments --json`.

A new site is made in a temporary folder and served as `broadsheet serve` does it. The server and its background process
run on one core, the readers on another. Each comment goes through the form, the filter, the cleaning, SQLite (WAL,
synchronous=NORMAL) and the printed page; the answer comes after the page was printed or, under load, ordered. Readers
write below articles that have 30 comments; after 20 more the next article is taken. Every tenth reader looks at the
article as soon as the answer is there, and must find the comment; what the answers led to is read after the run.
"""

import argparse
import http.client
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from .processes import BROADSHEET, use_core

READERS = 16
SEQUENTIAL, CONCURRENT, COMPARED = 100, 400, 40
LOOK_EVERY = 10  # posts
# kind of article → how many, with how many comments each
ARTICLES = {"small": (17 + (SEQUENTIAL + CONCURRENT) // 20, 30), "50": (1, 50), "5000": (1, 5000)}
WORDS = [
    "the",
    "ferry",
    "council",
    "library",
    "bridge",
    "winter",
    "market",
    "garden",
    "school",
    "river",
    "harbour",
    "reader",
    "article",
    "question",
    "answer",
    "road",
]


@dataclass(frozen=True, slots=True)
class Target:
    """An article to write below."""

    page_id: int
    token: str
    path: str


@dataclass(slots=True)
class Tally:
    """What one run measured."""

    seconds: list[float] = field(default_factory=list)
    whole: float = 0.0  # seconds from the first to the last
    looks: int = 0
    misses: int = 0  # looks that did not find the comment
    led_to: list[str] = field(default_factory=list)  # of those who looked

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.whole

    def percentile(self, share: float) -> float:
        """Milliseconds."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        figures = measure(Path(folder))
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:45} {value}")


def measure(folder: Path) -> dict[str, float | int]:
    with served(folder / "site") as address:
        targets = prepare(folder / "site", ARTICLES)
        use_core(1)
        write(address, targets["small"][:1], number=50, readers=READERS)  # warm up
        one = write(address, targets["small"][1:], number=SEQUENTIAL, readers=1)
        many = write(address, targets["small"][17:], number=CONCURRENT, readers=READERS)
        fifty = write(address, targets["50"], number=COMPARED, readers=1)
        thousands = write(address, targets["5000"], number=COMPARED, readers=1)
    bare_one = insert(folder / "one.db", number=SEQUENTIAL, writers=1)
    bare_many = insert(folder / "many.db", number=CONCURRENT, writers=READERS)
    return {
        "comments_per_second_sequential": round(one.per_second, 1),
        "comments_per_second_16": round(many.per_second, 1),
        "p99_ms_16": round(many.percentile(0.99), 1),
        "ratio_5000_to_50_comments": round(thousands.percentile(0.5) / fifty.percentile(0.5), 2),
        "ms_at_50_comments": round(fifty.percentile(0.5), 2),
        "ms_at_5000_comments": round(thousands.percentile(0.5), 2),
        "looks": one.looks + many.looks,
        "looks_that_missed_the_comment": one.misses + many.misses,
        "bare_sqlite_inserts_per_second_sequential": round(bare_one.per_second, 1),
        "bare_sqlite_inserts_per_second_16": round(bare_many.per_second, 1),
        "bare_sqlite_p99_ms_16": round(bare_many.percentile(0.99), 1),
    }


@contextmanager
def served(site: Path) -> Iterator[str]:
    """A new site, served on a free port; yields its address."""
    server = subprocess.Popen(
        [*BROADSHEET, "serve", "--site", str(site), "--port", "0"],
        env=_environment(),
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: use_core(0),
    )
    try:
        for line in server.stdout or ():
            if found := re.match(r"http://\S+", line.strip()):
                yield found.group().rstrip("/")
                break
        else:
            raise SystemExit("The server ended before it told its address.")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(10)


def prepare(site: Path, articles: Mapping[str, tuple[int, int]]) -> dict[str, list[Target]]:
    """Articles with comments, printed."""
    made = subprocess.run(
        [sys.executable, "-m", "bench.comments_site", json.dumps(articles)],
        env=_environment() | {"BROADSHEET_SITE": str(site)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = json.loads(made.stdout)
    return {name: [Target(*target) for target in targets] for name, targets in found.items()}


def write(address: str, targets: list[Target], *, number: int, readers: int) -> Tally:
    """Have `readers` at once send `number` comments."""
    tally, lock = Tally(), threading.Lock()
    numbers = iter(range(number))

    def read_and_write() -> None:
        reader = Reader(address)
        while True:
            with lock:
                n = next(numbers, None)
            if n is None:
                return
            target = targets[min(n // 20, len(targets) - 1)]
            taken, location = reader.write(target, n)
            looks = n % LOOK_EVERY == 0
            misses = looks and not reader.finds(location, at=target.path)
            with lock:
                tally.seconds.append(taken)
                tally.looks += looks
                tally.misses += misses
                tally.led_to += [location] if looks else []

    tally.whole = together(read_and_write, readers)
    reader = Reader(address)
    tally.misses += sum(not reader.finds(location, at=location) for location in tally.led_to)
    return tally


class Reader:
    """One reader's browser, which keeps its connection."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)

    def write(self, target: Target, n: int) -> tuple[float, str]:
        """Seconds until the answer came, and where it leads."""
        body = urlencode(
            {
                "author": f"Reader {n % 97}",
                "email": f"reader{n % 97}@bench.example",
                "text": some_text(n),
                "token": target.token,
            }
        )
        began = time.perf_counter()
        self._connection.request(
            "POST",
            f"/comments/on/{target.page_id}/",
            body,
            {"Content-Type": "application/x-www-form-urlencoded"},
        )
        answer = self._connection.getresponse()
        answer.read()
        taken = time.perf_counter() - began
        location = answer.headers.get("Location", "")
        if answer.status != 303 or "#comment-" not in location:
            raise SystemExit(f"The comment was not published: {answer.status} {location}")
        return taken, location

    def finds(self, location: str, *, at: str) -> bool:
        """Does the page `at` a path show the comment that `location` ends with?"""
        anchor = location.partition("#")[2]
        self._connection.request("GET", at.partition("#")[0])
        page = self._connection.getresponse().read()
        return f'id="{anchor}"'.encode() in page


def insert(path: Path, *, number: int, writers: int) -> Tally:
    """The same texts into one bare table, one transaction each."""
    tally, lock = Tally(), threading.Lock()
    numbers = iter(range(number))
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE comment (id INTEGER PRIMARY KEY, author, email, text)")
    connection.close()

    def write_rows() -> None:
        own = sqlite3.connect(path, timeout=20, isolation_level=None)
        own.execute("PRAGMA synchronous=NORMAL")
        while True:
            with lock:
                n = next(numbers, None)
            if n is None:
                return own.close()
            began = time.perf_counter()
            own.execute("BEGIN IMMEDIATE")
            own.execute(
                "INSERT INTO comment (author, email, text) VALUES (?, ?, ?)",
                (f"Reader {n % 97}", f"reader{n % 97}@bench.example", some_text(n)),
            )
            own.execute("COMMIT")
            with lock:
                tally.seconds.append(time.perf_counter() - began)

    tally.whole = together(write_rows, writers)
    return tally


def some_text(n: int) -> str:
    """About 40 words, the same for the same `n`, different for every other."""
    words = [WORDS[(n * 7 + k * (n % 13 + 1)) % len(WORDS)] for k in range(40)]
    return f"Remark {n}: " + " ".join(words) + "."


def together(work: Callable[[], None], number: int) -> float:
    threads = [threading.Thread(target=work) for _ in range(number)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "BROADSHEET_ADMIN": "bench:a password of the bench",
        "PYTHONPATH": os.pathsep.join(("src", os.environ.get("PYTHONPATH", ""))),
        "DJANGO_SETTINGS_MODULE": "broadsheet.web.settings",
    }


if __name__ == "__main__":
    main()
