"""The server is killed at any moment while readers write: nothing that was acknowledged is lost, no page stays untrue.

`BROADSHEET_KILLS=200` kills it so often. Each round kills all of the server's processes with SIGKILL after a random number
of answers and a random while; readers who got no answer send the same again to the next server, as a browser would.
"""

import http.client
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.journeys.served import Served

pytestmark = pytest.mark.fault

KILLS = int(os.environ.get("BROADSHEET_KILLS", 15))
READERS = 6
MOST_ANSWERS = 30  # in one round
LONGEST_WHILE = 0.02  # seconds between the last of them and the kill
WHOLE_LOOK_EVERY = 50  # rounds
SEED = 20


@dataclass(frozen=True, slots=True)
class Article:
    page_id: int
    path: str
    token: str


class Nursery:
    """See nursery.py."""

    def __init__(self, site: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            env=environment(site),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, *command: object) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        print(*command, file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())

    @contextmanager
    def server(self) -> Iterator[int]:
        """A server on a port of its own; killed at the end, at once."""
        port = free_port()
        number = self.ask("serve", port)
        try:
            wait_until_it_listens(port)
            yield port
        finally:
            with suppress(ProcessLookupError):
                os.killpg(number, signal.SIGKILL)
            self.ask("reap", number)

    def close(self) -> None:
        self._process.communicate(timeout=30)


@dataclass(slots=True)
class Readers:
    """They write until the server is gone, and remember what they were answered."""

    articles: list[Article]
    answered: dict[str, str] = field(default_factory=dict)  # text → receipt
    unanswered: list[tuple[Article, str]] = field(default_factory=list)
    written: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    enough: threading.Event = field(default_factory=threading.Event)

    def write_until_killed(self, port: int, *, answers: int, more: float) -> Iterator[None]:
        """Yields at the moment of the kill; ends when all readers have noticed it."""
        self.enough.clear()
        target = len(self.answered) + answers
        threads = [
            threading.Thread(target=self._write, args=(port, target)) for _ in range(READERS)
        ]
        for thread in threads:
            thread.start()
        assert self.enough.wait(60), "the server does not answer"
        until = time.perf_counter() + more
        while time.perf_counter() < until:
            pass
        yield
        for thread in threads:
            thread.join(60)

    def _write(self, port: int, target: int) -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            while True:
                article, text = self._next()
                try:
                    receipt = send(connection, article, text)
                except (OSError, http.client.HTTPException):  # killed
                    with self.lock:
                        self.unanswered.append((article, text))
                    return
                with self.lock:
                    self.answered[text] = receipt
                    if len(self.answered) >= target:
                        self.enough.set()

    def _next(self) -> tuple[Article, str]:
        with self.lock:
            if self.unanswered:
                return self.unanswered.pop()
            self.written += 1
            article = self.articles[self.written % len(self.articles)]
            return article, f"The ferry, remark {self.written}."


def send(connection: http.client.HTTPConnection, article: Article, text: str) -> str:
    """The address of the receipt."""
    said = {
        "author": "Mira Holm",
        "email": "mira@reader.example",
        "text": text,
        "token": article.token,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", f"/comments/on/{article.page_id}/", urlencode(said), headers)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 303, answer.status
    return answer.headers["Location"]


def environment(site: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}
    kept.pop("DATABASE_URL", None)
    return kept | {
        "BROADSHEET_SITE": str(site),
        "DJANGO_SETTINGS_MODULE": "broadsheet.web.settings",
        "HOST": "127.0.0.1",
        "PORT": "8000",
    }


def free_port() -> int:
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def wait_until_it_listens(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port))):
            return
        os.sched_yield()
    raise AssertionError("the server does not listen")


def kept_texts(site: Path) -> dict[str, tuple[int, int]]:
    """Text → how often it is in the database, and the number of (one of) its rows."""
    with closing(sqlite3.connect(f"file:{site}/broadsheet.db?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT text, id FROM comments_readercomment").fetchall()
    counted = Counter(text for text, _ in rows)
    return {text: (counted[text], number) for text, number in rows}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    with Served.start(folder, administrator=True):
        pass
    return folder


@pytest.fixture
def nursery(site: Path) -> Iterator[Nursery]:
    nursery = Nursery(site)
    yield nursery
    nursery.close()


def test_a_server_that_is_killed_at_any_moment_loses_nothing_that_it_acknowledged(
    site: Path, nursery: Nursery
) -> None:
    chance = random.Random(SEED)  # noqa: S311, chance that can be repeated
    articles = [Article(*article) for article in nursery.ask("prepare")]
    readers = Readers(articles)
    for number in range(1, KILLS + 1):
        with nursery.server() as port:
            round_ = readers.write_until_killed(
                port,
                answers=chance.randint(1, MOST_ANSWERS),
                more=chance.uniform(0, LONGEST_WHILE),
            )
            next(round_)
        next(round_, None)

        kept = kept_texts(site)
        for text, receipt in readers.answered.items():
            times, row = kept.get(text, (0, 0))
            assert times == 1, f"round {number}: {text!r} is there {times} times"
            assert f"/receipt/{row}-" in receipt
        paths = [] if number % WHOLE_LOOK_EVERY == 0 else [article.path for article in articles]
        assert nursery.ask("look", *paths) == [], f"round {number}"
    assert nursery.ask("look") == []
    assert all(times == 1 for times, _ in kept_texts(site).values()), "sent again, but kept once"
    assert len(readers.answered) >= KILLS
