"""Readers who write to whichever node answers, as a load balancer would have them."""

import http.client
import itertools
import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.cluster.members import Member

PASSES_ON = (502, 503)  # what a balancer answers while nobody is there


@dataclass(frozen=True, slots=True)
class Article:
    page_id: int
    path: str
    token: str


@dataclass(slots=True)
class Readers:
    """`number` of them; each goes on to the next node when one does not answer, and sends the same again."""

    article: Article
    members: Sequence[Member]
    number: int = 4
    acknowledged: list[str] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    _written: "itertools.count[int]" = field(default_factory=itertools.count)
    _enough: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        self._threads = [
            threading.Thread(target=self._write, args=(place,), daemon=True)
            for place in range(self.number)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Each finishes the comment that it has begun."""
        self._enough.set()
        for thread in self._threads:
            thread.join(120)
            assert not thread.is_alive(), "a reader waits for an answer"

    def _write(self, place: int) -> None:
        nodes = itertools.cycle([*self.members[place:], *self.members[:place]])
        member = next(nodes)
        while not self._enough.is_set():
            text = f"The ferry, remark {next(self._written)}."
            while not self._is_acknowledged(member, text):
                member = next(nodes)
                self._enough.wait(0.02)  # the next one may be gone, too

    def _is_acknowledged(self, member: Member, text: str) -> bool:
        try:
            status = send(member.host, member.port, self.article, text)
        except (OSError, http.client.HTTPException):
            return False
        if status == 303:
            self.acknowledged.append(text)
            return True
        self.refused.append((status, text))
        return False


def send(host: str, port: int, article: Article, text: str) -> int:
    said = {
        "author": "Mira Holm",
        "email": "mira@reader.example",
        "text": text,
        "token": article.token,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    with closing(http.client.HTTPConnection(host, port, timeout=20)) as connection:
        connection.request("POST", f"/comments/on/{article.page_id}/", urlencode(said), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
