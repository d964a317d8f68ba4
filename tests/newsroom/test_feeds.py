"""Feeds: what is newest, for programs that read."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests.clock import NOON

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _two_articles(db: None) -> None:
    builders.an_article("Old news", minutes_ago=60, by=("Ines Okafor",))
    builders.an_article(
        "A & B <sail>", standfirst="It's “back”.", by=("Amal Haddad", "Ines Okafor")
    )
    builders.an_article("On stage", section="Culture", minutes_ago=30)
    builders.an_article("A draft", live=False)


def titles(response_text: str) -> list[str | None]:
    return [item.findtext("title") for item in ElementTree.fromstring(response_text).iter("item")]  # noqa: S314


def test_the_papers_feed_has_every_section_newest_first_and_no_draft(client: Client) -> None:
    assert titles(client.get("/feed.xml").text) == ["A & B <sail>", "On stage", "Old news"]


def test_a_sections_feed_has_the_section_only(client: Client) -> None:
    assert titles(client.get("/culture/feed.xml").text) == ["On stage"]


def test_a_contributors_feed_has_what_they_signed(client: Client) -> None:
    assert titles(client.get("/contributors/amal-haddad/feed.xml").text) == ["A & B <sail>"]


def test_the_atom_feed_names_the_contributors_and_absolute_addresses(client: Client) -> None:
    entry = ElementTree.fromstring(client.get("/atom.xml").text).find(f"{ATOM}entry")  # noqa: S314

    assert entry is not None
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Amal Haddad, Ines Okafor"
    assert entry.findtext(f"{ATOM}published") == NOON.isoformat()
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "http://127.0.0.1:8000/news/a-b-sail/"


def test_the_json_feed_is_version_1_1_and_lists_each_author(client: Client) -> None:
    response = client.get("/feed.json")
    document = response.json()

    assert response["Content-Type"] == "application/feed+json"
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert [author["name"] for author in document["items"][0]["authors"]] == [
        "Amal Haddad",
        "Ines Okafor",
    ]
    assert document["items"][0]["date_published"] == NOON.isoformat()


@pytest.mark.parametrize(
    "path", ["/nowhere/feed.xml", "/about/feed.xml", "/news/old-news/feed.xml"]
)
def test_what_has_no_list_has_no_feed(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/feed.xml", "/atom.xml", "/feed.json", "/", "/news/"])
def test_the_number_of_queries_does_not_grow_with_the_articles(client: Client, path: str) -> None:
    sections = ("News", "Culture", "Opinion")
    for number in range(30):
        builders.an_article(
            f"First {number}", section=sections[number % 3], by=("Jo",), minutes_ago=200
        )
    before = queries_for(client, path)
    for number in range(10):
        builders.an_article(f"More {number}", by=(f"Author {number}",), minutes_ago=100 + number)

    assert queries_for(client, path) == before


def queries_for(client: Client, path: str) -> int:
    client.get(path)  # fills the caches of content types and site roots
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)
