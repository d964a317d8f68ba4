"""A crawl of everything that is served of a site with many commenters finds no trace of who they are."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from broadsheet.comments import identity
from broadsheet.comments.models import ReaderComment
from broadsheet.importers import discussions
from broadsheet.importers.discussions import Thread
from broadsheet.importers.records import Comment, CommentState
from broadsheet.importers.tally import Tally
from broadsheet.spam import Judgement
from tests.clock import NOON

from .builders import a_comment, a_place

pytestmark = pytest.mark.django_db

# What is served is the same on any database: a thousand on one of them are enough.
COMMENTERS, WRITERS = (1000 if connection.vendor == "sqlite" else 100), 40
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
IPV4 = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
LONG_HASH = re.compile(r"\b[0-9a-f]{16,}\b")
FEEDS = ("/atom.xml", "/feed.json", "/news/feed.xml", "/news/atom.xml", "/news/feed.json")
LINK = re.compile(r"""(?:href|src|action)="(/[^"#]*)""")
FEED_LINK = re.compile(r"<link>https?://[^/<]+(/[^<]*)</link>")


def served(client: Client, start: list[str]) -> dict[str, str]:
    """Path → headers and body of everything that can be reached, media and static files left out."""
    found: dict[str, str] = {}
    waiting = list(start)
    while waiting:
        path = waiting.pop()
        if path in found or path.startswith(("/static/", "/media/", "/editor/")):
            continue
        answer: Any = client.get(path)
        headers = "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[path] = headers + body.decode(errors="replace")
        waiting += LINK.findall(found[path]) + FEED_LINK.findall(found[path])
        if "Location" in answer.headers:
            waiting.append(answer.headers["Location"].partition("#")[0])
    return found


def from_elsewhere(number: int) -> Comment:
    return Comment(
        id=str(number),
        parent="",
        author=f"Reader {number}",
        email=f"private{number}@mailbox{number}.example",
        web_address="",
        network_address=f"198.18.{number // 250}.{number % 250 + 1}",
        text=f"My remark, the {number}th.",
        written_at=NOON - timedelta(days=1, seconds=-number),
        state=CommentState.PUBLISHED,
    )


def a_thousand_commenters() -> None:
    """Most of them came from elsewhere with their addresses, some have written here."""
    place = a_place(author_per_hour=0, network_per_hour=0)
    elsewhere = Thread(place.page_id, "", tuple(map(from_elsewhere, range(WRITERS, COMMENTERS))))
    discussions.bring([elsewhere], origin="elsewhere", now=NOON, tally=Tally())
    for number in range(WRITERS):
        a_comment(
            place,
            f"My remark, the {number}th.",
            author=f"Reader {number}",
            email=f"private{number}@mailbox{number}.example",
            address=f"198.18.{number // 250}.{number % 250 + 1}" if number % 2 else f"2001:db8:{number:x}::7",
            user_agent=f"Browser/{number}",
            judgement=Judgement.UNSURE if number % 10 == 0 else Judgement.HAM,
            now=NOON + timedelta(seconds=number),
        )  # fmt: skip


def test_no_address_and_no_hash_of_one_is_served(client: Client) -> None:
    a_thousand_commenters()

    pages = served(
        client,
        [
            "/",
            "/comments/feed.xml",
            "/comments/how/",
            "/feed.xml",
            "/sitemap.xml",
            "/robots.txt",
            *FEEDS,
        ],
    )

    everything = "\n".join(pages.values())
    assert sum("My remark" in page for page in pages.values()) > COMMENTERS
    assert all(feed in pages for feed in FEEDS)
    assert "mailbox" not in everything
    assert "Browser/" not in everything
    assert "2001:db8" not in everything
    assert not [found for found in IPV4.findall(everything) if found != "127.0.0.1"]
    assert ADDRESS.findall(everything) == []
    assert set(LONG_HASH.findall(everything)) == set()
    columns = ("author_key", "email_hash", "address_hash", "network", "sent_once")
    for row in ReaderComment.objects.values_list(*columns)[:100]:
        assert not any(value and value in everything for value in row)


def test_a_portrait_cannot_be_compared_with_another_sites() -> None:
    ours = identity.keyed_hash(settings.SECRET_KEY, "portrait", "mira@reader.example")
    theirs = identity.keyed_hash("their secret", "portrait", "mira@reader.example")

    assert ours != theirs
