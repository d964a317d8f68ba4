"""Readers who write and read through the balancer, each from an address of their own."""

import http.client
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.cluster.members import ADDRESS, BALANCER
from tests.cluster.network import READERS

HOST = urlsplit(ADDRESS).netloc
WRITERS = READERS[:6]
LOOKERS = READERS[6:]  # so that each node has some, whom the balancer sends there by address
PACE = 0.1  # seconds that each takes breath: two cores do all of it
PATIENCE = 30  # seconds for an answer; a browser waits longer


@dataclass(frozen=True, slots=True)
class Article:
    page_id: int
    path: str
    token: str


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(
    method: str,
    path: str,
    body: str | None = None,
    *,
    at: str = BALANCER,
    port: int = 80,
    source: str = READERS[0],
) -> Answer:
    """Raises OSError, HTTPException where there is no answer."""
    headers = {"Host": HOST}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection = http.client.HTTPConnection(at, port, timeout=PATIENCE, source_address=(source, 0))
    with closing(connection):
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, found, answer.read())


def read(path: str, **where: Any) -> Answer:
    """As a browser does: a photo that is not on a node yet is asked for twice."""
    answer = ask("GET", path, **where)
    while answer.status == 302 and answer.headers["location"] == path:
        answer = ask("GET", path, **where)
    return answer


def comment(article: Article, text: str, **where: Any) -> Answer:
    said = {
        "author": "Mira Holm",
        "email": "mira@reader.example",
        "text": text,
        "token": article.token,
    }
    return ask("POST", f"/comments/on/{article.page_id}/", urlencode(said), **where)


def check(key: str, text: str, **where: Any) -> str:
    """What the spam service says to another site: true, false, or invalid to a key it does not know."""
    said = {
        "api_key": key,
        "blog": "https://harbour.example",
        "user_ip": "192.0.2.7",
        "comment_type": "comment",
        "comment_content": text,
    }
    return ask("POST", "/1.1/comment-check", urlencode(said), **where).body.decode()


@dataclass(slots=True)
class Crowd:
    """Some write comments, others read; a comment that is not acknowledged is sent again, the same."""

    article: Article
    paths: list[str]  # read in turns
    acknowledged: list[str] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)  # statuses of what was sent again
    read: int = 0
    not_read: list[str] = field(default_factory=list)
    longest: float = 0.0  # seconds that a reader waited
    _written: "itertools.count[int]" = field(default_factory=itertools.count)
    _enough: threading.Event = field(default_factory=threading.Event)

    def more(self, number: int = 30) -> Callable[[], bool]:
        """A condition: so many more comments have been acknowledged than now."""
        target = len(self.acknowledged) + number
        return lambda: len(self.acknowledged) >= target

    @contextmanager
    def around(self) -> Iterator[None]:
        """They come for as long as the block runs, and each finishes what it has begun."""
        threads = [
            *(threading.Thread(target=self._write, args=(source,)) for source in WRITERS),
            *(threading.Thread(target=self._read, args=(source,)) for source in LOOKERS),
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._enough.set()
            for thread in threads:
                thread.join()

    def _write(self, source: str) -> None:
        while not self._enough.is_set():
            text = f"The ferry, remark {next(self._written)} under {self.article.page_id}."
            deadline = time.monotonic() + 120
            while not self._is_acknowledged(source, text) and time.monotonic() < deadline:
                self._enough.wait(PACE)
            self._enough.wait(PACE)

    def _is_acknowledged(self, source: str, text: str) -> bool:
        try:
            status = comment(self.article, text, source=source).status
        except (OSError, http.client.HTTPException):
            return False
        if status == 303:
            self.acknowledged.append(text)
            return True
        self.refused.append(status)
        return False

    def _read(self, source: str) -> None:
        for path in itertools.cycle(self.paths):
            if self._enough.wait(PACE):
                return
            began = time.monotonic()
            try:
                answer = read(path, source=source)
                if answer.status != 200 or not answer.body:
                    self.not_read.append(f"{path}: {answer.status}")
            except (OSError, http.client.HTTPException) as error:
                self.not_read.append(f"{path}: {error!r}")
            self.read += 1
            self.longest = max(self.longest, time.monotonic() - began)
