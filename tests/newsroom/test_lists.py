"""Lists of articles: the newest at the list's own address, older ones on pages that never shift."""

import re

import pytest
from django.test import Client

from broadsheet.newsroom.models import Newspaper, pagination, queries
from tests import builders

PER_PAGE = pagination.PER_PAGE


def articles(number: int) -> None:
    builders.a_paper()
    for count in range(number):
        builders.an_article(f"Number {count}", minutes_ago=10_000 - count)


def headlines(client: Client, path: str) -> list[str]:
    return [teaser.headline for teaser in client.get(path).context["listing"].teasers]


def test_a_section_without_articles_says_so(client: Client, db: None) -> None:
    builders.a_paper()

    assert "No articles yet" in client.get("/news/").text


def test_the_first_address_shows_the_newest(client: Client, db: None) -> None:
    articles(PER_PAGE + 3)

    assert headlines(client, "/news/") == [
        f"Number {count}" for count in range(PER_PAGE + 2, 2, -1)
    ]


def test_an_old_page_keeps_its_articles_when_new_ones_appear(client: Client, db: None) -> None:
    articles(2 * PER_PAGE)
    before = headlines(client, "/news/page/1/")

    builders.an_article("Brand new")

    assert headlines(client, "/news/page/1/") == before
    assert before == [f"Number {count}" for count in range(PER_PAGE - 1, -1, -1)]


@pytest.mark.parametrize("recent", [0, 7, 1_000])
def test_the_newest_are_the_same_however_many_of_all_are_looked_at_first(
    db: None, monkeypatch: pytest.MonkeyPatch, recent: int
) -> None:
    articles(8)
    signed = [
        builders.an_article(f"By Amal {count}", by=("Amal",), minutes_ago=5_000 * count)
        for count in range(1, 4)
    ]
    amal = builders.a_contributor("Amal").articles()
    monkeypatch.setattr(queries, "RECENT", recent)

    assert list(queries.newest(amal, 3)) == signed
    assert list(queries.newest(amal, 2)) == signed[:2]
    published = [article.first_published_at for article in signed]
    assert [
        queries.number_since(amal, time, article.pk)
        for time, article in zip(published, signed, strict=True)
        if time is not None
    ] == [1, 2, 3]


def test_every_article_is_reached_by_following_older(client: Client, db: None) -> None:
    articles(2 * PER_PAGE + 7)
    seen: set[str] = set()
    path = "/news/"
    for _ in range(10):
        listing = client.get(path).context["listing"]
        seen |= {teaser.headline for teaser in listing.teasers}
        path = listing.older_url
        if not path:
            break

    assert len(seen) == 2 * PER_PAGE + 7


@pytest.mark.parametrize("number", ["0", "2", "999999999"])
def test_a_page_that_is_not_full_yet_does_not_exist(client: Client, db: None, number: str) -> None:
    articles(PER_PAGE + 5)

    assert client.get(f"/news/page/{number}/").status_code == 404


def test_a_contributors_page_lists_what_they_signed_wherever_it_stands(
    client: Client, db: None
) -> None:
    builders.an_article("One", by=("Amal Haddad",), minutes_ago=2)
    builders.an_article("Two", section="Culture", by=("Ines Okafor", "Amal Haddad"), minutes_ago=1)
    builders.an_article("Three", by=("Ines Okafor",))

    assert headlines(client, "/contributors/amal-haddad/") == ["Two", "One"]


def test_a_tags_page_lists_its_articles_and_an_unknown_tag_is_not_found(
    client: Client, db: None
) -> None:
    article = builders.an_article("Tagged")
    article.tags.add("Harbour")
    article.save()

    assert headlines(client, "/tags/harbour/") == ["Tagged"]
    assert client.get("/tags/nothing/").status_code == 404


def test_an_articles_tags_stand_in_the_alphabet_however_the_database_tells_them(
    client: Client, db: None
) -> None:
    """Two nodes, or a restored site, would else print different pages."""
    article = builders.an_article("Tagged")
    for name in ("ships", "Bread", "cinema"):
        article.tags.add(name)
        article.save()

    page = client.get(article.get_url()).text

    assert re.findall(r'rel="tag">(\w+)<', page) == ["Bread", "cinema", "ships"]
    assert '"keywords": ["Bread", "cinema", "ships"]' in page


def test_the_archive_leads_to_each_month(client: Client, db: None) -> None:
    builders.an_article("This month")
    builders.an_article("Long ago", minutes_ago=60 * 24 * 400)

    assert 'href="/archive/2026/3/"' in client.get("/archive/").text
    assert headlines(client, "/archive/2026/3/") == ["This month"]
    assert headlines(client, "/archive/2025/2/") == ["Long ago"]


@pytest.mark.parametrize(
    "path",
    [
        *("/archive/2026/13/", "/archive/0/1/", "/archive/9999/12/", "/archive/1999/1/"),
        *("/archive/1/1/", f"/archive/{10**30}/1/", f"/archive/2026/{10**30}/"),
        *("/corrections/1/1/", "/sitemap-0001-01.xml"),
    ],
)
def test_a_month_without_articles_is_not_found(client: Client, db: None, path: str) -> None:
    builders.an_article()
    newspaper = Newspaper.for_site(builders.the_site())
    newspaper.time_zone = "Pacific/Auckland"  # whose first hours of all are before the first year
    newspaper.save()

    assert client.get(path).status_code == 404
