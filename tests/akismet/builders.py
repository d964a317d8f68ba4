"""Keys, calls and answers for the spam service's tests."""

from dataclasses import dataclass
from typing import Any

from django.test import Client

from broadsheet.akismet import issuing, loading, process
from broadsheet.akismet.models import Key, SiteDay
from broadsheet.learning import filters
from tests.clock import NOON

BLOG = "http://old-blog.example/"
TEXT = "Cheap watches, today only: https://watches.example"


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A key and its twelve characters."""

    key: Key
    secret: str


def a_key(**fields: Any) -> IssuedKey:
    key = Key(**{"name": "The old blog", **fields})
    return IssuedKey(key, issuing.issue(key, now=NOON))


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: str
    headers: dict[str, str]


def ask(method: str, *, version: str = "1.1", host: str = "spam.example", **fields: Any) -> Answer:
    """POST a call, after the process has looked at the database."""
    process.current()._looked_at = float("-inf")
    response = Client(headers={"host": host}).post(
        f"/{version}/{method}",
        {name: value for name, value in fields.items() if value is not None},
    )
    return Answer(response.status_code, response.text, dict(response.headers))


def check(secret: str, text: str = "I was at the meeting.", **fields: Any) -> Answer:
    """comment-check, with what it needs."""
    sent = {"blog": BLOG, "user_ip": "192.0.2.7", "comment_content": text, **fields}
    return ask("comment-check", api_key=secret, **sent)


def report(secret: str, verdict: str, text: str = "I was at the meeting.", **fields: Any) -> Answer:
    """submit-spam or submit-ham."""
    sent = {"blog": BLOG, "comment_content": text, **fields}
    return ask(f"submit-{verdict}", api_key=secret, **sent)


def load() -> int:
    """What the background process does all the time; a test's transaction never commits, so we catch up ourselves."""
    loaded = loading.load_now()
    filters.catch_up()
    return loaded


def answers(secret: str, text: str = TEXT, **fields: str) -> str:
    return check(secret, text, **fields).body


def figures() -> tuple[int, int, int, int, int]:
    """Of the only day of the only site: calls, spam, ham, missed spam, false positives."""
    day = SiteDay.objects.get()
    return day.calls, day.spam, day.ham, day.missed_spam, day.false_positives
