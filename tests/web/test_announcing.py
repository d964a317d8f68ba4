"""Hubs and search engines are told what is new: once, later, and never in a private network."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from broadsheet.newsroom import announcing
from broadsheet.newsroom.models import Announcement, ArticlePage, Correction, Newspaper
from broadsheet.newsroom.models.announcements import Channel
from broadsheet.newsroom.syndication import Kind
from broadsheet.web.announcing import PAUSES, send_due
from tests import builders
from tests.clock import NOON

pytestmark = pytest.mark.django_db


class Hub(HTTPServer):
    """Notes what is posted to it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Listener)
        self.received: list[bytes] = []
        self.status = 204

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hub"


class Listener(BaseHTTPRequestHandler):
    server: Hub

    def do_POST(self) -> None:
        self.server.received.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub() -> Iterator[Hub]:
    server = Hub()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def a_newspaper(**settings: object) -> None:
    builders.a_paper()
    newspaper = Newspaper.for_site(builders.the_site())
    for name, value in settings.items():
        setattr(newspaper, name, value)
    newspaper.save()


def an_article_is_published() -> None:
    article = builders.an_article(live=False)
    builders.publish(article)


def it_is_time() -> None:
    """What was noted is due at NOON."""
    Announcement.objects.update(due_at=NOON)


def test_a_hub_is_told_of_the_feeds_of_the_paper_and_its_section(hub: Hub) -> None:
    a_newspaper(hub=hub.address)
    an_article_is_published()
    noted = Announcement.objects.count()
    it_is_time()

    send_due(NOON, allow_private=True)
    send_due(NOON, allow_private=True)

    told = [parse_qs(body.decode()) for body in hub.received]
    assert len(told) == 1
    assert told[0]["hub.mode"] == ["publish"]
    assert told[0]["hub.url"][0] == "http://127.0.0.1:8000/feed.xml"
    assert len(told[0]["hub.url"]) == noted == 6


def test_a_hub_hears_of_who_signed_it_its_tags_and_its_corrections() -> None:
    a_newspaper(hub="https://hub.example/")
    article = builders.an_article(live=False, by=("Amal Haddad",))
    article.tags.add("ships")
    article.corrections.add(Correction(text="It was six.", corrected_at=NOON))
    builders.publish(article)

    told = set(Announcement.objects.values_list("path", flat=True))

    pages = ("/", "/news/", "/contributors/amal-haddad/", "/tags/ships/", "/corrections/")
    assert told == {f"{page}{kind.value}" for page in pages for kind in Kind}


@pytest.mark.parametrize(
    "leave",
    [
        pytest.param(lambda article: article.unpublish(), id="unpublished"),
        pytest.param(lambda article: article.delete(), id="deleted"),
        pytest.param(lambda article: article.get_parent().delete(), id="deleted with its section"),
    ],
)
def test_search_engines_hear_of_what_is_withdrawn(leave: Callable[[ArticlePage], None]) -> None:
    a_newspaper(uses_indexnow=True)
    article = builders.an_article()

    leave(article)

    assert [row.path for row in Announcement.objects.all()] == ["/news/ferry-returns/"]


def test_search_engines_hear_of_the_old_address_of_what_was_renamed(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[None]],
) -> None:
    a_newspaper(uses_indexnow=True)
    article = builders.an_article()
    article.slug = "ferry-is-back"

    with django_capture_on_commit_callbacks(execute=True):
        builders.publish(article)

    told = set(Announcement.objects.values_list("path", flat=True))
    assert told == {"/news/ferry-returns/", "/news/ferry-is-back/"}


def test_nobody_hears_of_what_only_some_may_read() -> None:
    a_newspaper(uses_indexnow=True, hub="https://hub.example/")
    article = builders.an_article(live=False)
    PageViewRestriction.objects.create(page=article, restriction_type="login")

    builders.publish(article)

    assert not Announcement.objects.exists()


def test_nobody_is_told_unless_the_owner_wants_it() -> None:
    a_newspaper()
    an_article_is_published()

    assert not Announcement.objects.exists()


def test_a_hub_in_a_private_network_is_not_called(hub: Hub) -> None:
    a_newspaper(hub=hub.address)
    an_article_is_published()
    it_is_time()

    send_due(NOON)

    assert hub.received == []
    assert not Announcement.objects.exists(), "and not tried again"


def test_a_hub_that_fails_is_asked_again_for_a_while(hub: Hub) -> None:
    hub.status = 503
    a_newspaper(hub=hub.address)
    an_article_is_published()
    it_is_time()

    send_due(NOON, allow_private=True)
    send_due(NOON + timedelta(seconds=30), allow_private=True)
    assert len(hub.received) == 1
    for hours in range(1, 20):
        send_due(NOON + timedelta(hours=7 * hours), allow_private=True)

    assert len(hub.received) == len(PAUSES) + 1
    assert not Announcement.objects.exists()


def test_indexnow_gets_addresses_with_a_key_that_the_site_shows(client: Client) -> None:
    a_newspaper(uses_indexnow=True)
    an_article_is_published()
    noted = Announcement.objects.get(channel=Channel.INDEXNOW)

    told = json.loads(announcing.indexnow_message([noted.path]).body)

    assert told["urlList"] == ["http://127.0.0.1:8000/news/ferry-returns/"]
    path = told["keyLocation"].removeprefix("http://127.0.0.1:8000")
    assert client.get(path).text == told["key"]
    assert client.get(f"/{'0' * 32}.txt").status_code == 404


def test_each_paper_tells_its_own_hub_of_its_own_addresses(hub: Hub) -> None:
    a_newspaper(hub="https://elsewhere.example/")
    further = builders.a_further_paper()
    Newspaper.objects.filter(site=further).update(hub=hub.address)
    section = further.root_page.get_children().get(slug="shore")
    article = section.add_child(instance=ArticlePage(title="Mill turns", slug="mill"))
    builders.publish(article)
    assert set(Announcement.objects.values_list("site", flat=True)) == {further.pk}
    it_is_time()

    send_due(NOON, allow_private=True)

    told = parse_qs(hub.received[0].decode())["hub.url"]
    assert told[0] == "https://island.example/feed.xml"
    assert all(url.startswith("https://island.example/") for url in told)
    assert not Announcement.objects.exists()
