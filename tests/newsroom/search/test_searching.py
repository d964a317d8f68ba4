"""The search page, on the database's own index."""

from datetime import timedelta

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from broadsheet.comments.throttle import Throttle
from broadsheet.newsroom.models import Newspaper
from broadsheet.newsroom.search import find, views
from tests import builders
from tests.clock import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    find.VOCABULARY.forget()
    views.THROTTLE.__init__(burst=20, per_minute=30)  # type: ignore[misc]


@pytest.fixture
def paper() -> None:
    """Three articles in two sections, by two people, a day apart; the newer one of the two with a ferry has it in its headline, too."""
    day = 24 * 60
    builders.an_article(
        "The ferry returns",
        by=("Amal Haddad",),
        standfirst="After a winter in the yard.",
        body=[("paragraph", "<p>The bell of the <b>ferry</b> was heard at six.</p>")],
    )
    builders.an_article(
        "Harbour market opens", by=("Ines Okafor",), minutes_ago=day, standfirst="By the ferry."
    )
    builders.an_article(
        "A play about weather", section="Culture", by=("Amal Haddad",), minutes_ago=2 * day
    )


def titles(client: Client, **asked: str) -> list[str]:
    findings = client.get("/search/", asked).context["findings"]
    return [hit.teaser.headline for hit in findings.hits]


ASKED = [
    pytest.param(
        {"q": "ferry"}, ["The ferry returns", "Harbour market opens"], id="headlines first"
    ),
    pytest.param({"q": "ferry market"}, ["Harbour market opens"], id="all words together"),
    pytest.param({"q": "bell"}, ["The ferry returns"], id="a word of the body"),
    pytest.param({"q": "feryr"}, ["The ferry returns", "Harbour market opens"], id="a slip"),
    pytest.param({"q": "weath"}, ["A play about weather"], id="the beginning of a word"),
    pytest.param({"q": "zeppelin"}, [], id="nothing"),
    pytest.param({"q": '"; ferry* OR xylophone ('}, [], id="a word more than there is"),
    pytest.param({"by": "amal"}, ["The ferry returns", "A play about weather"], id="a name"),
    pytest.param({"q": "ferry", "by": "Ines"}, ["Harbour market opens"], id="word and name"),
    pytest.param({"since": "2026-03-14"}, ["The ferry returns"], id="since a day"),
    pytest.param({"until": "2026-03-12"}, ["A play about weather"], id="until a day"),
    pytest.param(
        {"since": "2026-03-13", "until": "2026-03-13"}, ["Harbour market opens"], id="one day"
    ),
    pytest.param({"q": "bell", "since": "yesterday"}, ["The ferry returns"], id="no date"),
    pytest.param({"q": "bell", "until": "9999-12-31"}, ["The ferry returns"], id="the last day"),
    pytest.param({"q": "bell", "since": "0001-01-01"}, ["The ferry returns"], id="the first day"),
    pytest.param({"q": "bell", "page": "99999"}, ["The ferry returns"], id="no such page"),
]


def test_articles_are_found(client: Client, paper: None, subtests: pytest.Subtests) -> None:
    for case in ASKED:
        asked, found = case.values
        with subtests.test(case.id):
            assert titles(client, **asked) == found


def test_a_section_narrows_it(client: Client, paper: None) -> None:
    section = builders.a_section("Culture")

    assert titles(client, section=str(section.pk)) == ["A play about weather"]


def test_a_day_is_a_day_on_the_papers_clock(client: Client, paper: None) -> None:
    newspaper = Newspaper.for_site(builders.the_site())
    newspaper.time_zone = "Pacific/Auckland"  # where it is the 15th already
    newspaper.save()

    assert titles(client, since="2026-03-15") == ["The ferry returns"]


def test_a_slip_is_said_and_the_word_is_marked(client: Client, paper: None) -> None:
    page = client.get("/search/", {"q": "feryr"}).text

    assert "Nothing has “feryr”. These have “ferry”." in page
    assert "The bell of the <mark>ferry</mark> was heard" in page


def test_what_readers_must_not_see_is_not_found(client: Client, paper: None) -> None:
    builders.an_article("A ferry of tomorrow", live=False)
    PageViewRestriction.objects.create(
        page=builders.a_section("Culture"), restriction_type=PageViewRestriction.LOGIN
    )

    assert titles(client, q="tomorrow") == []
    assert titles(client, q="weather") == []


def test_what_was_asked_is_escaped(client: Client, paper: None) -> None:
    page = client.get("/search/", {"q": '"><script>alert(1)</script>', "by": "<b>"}).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_no_cache_keeps_an_answer_and_no_machine_lists_it(client: Client, paper: None) -> None:
    response = client.get("/search/", {"q": "ferry"})

    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.text


def test_many_pages_have_ways_between_them(client: Client) -> None:
    for number in range(find.PER_PAGE + 1):
        builders.an_article(f"Tide {number}", minutes_ago=number)

    first = client.get("/search/", {"q": "tide"})
    second = client.get("/search/", {"q": "tide", "page": "2"})

    assert 'rel="next" href="/search/?q=tide&amp;page=2"' in first.text
    assert 'rel="prev" href="/search/?q=tide&amp;page=1"' in second.text
    assert len(second.context["findings"].hits) == 1


def test_queries_do_not_grow_with_what_is_found(
    client: Client, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    for number in range(find.PER_PAGE):
        builders.an_article(f"Tide {number}", by=("Amal Haddad",), minutes_ago=number)
    client.get("/search/", {"q": "tide"})

    with django_assert_max_num_queries(22):  # type: ignore[operator]
        client.get("/search/", {"q": "tide"})


def test_who_searches_too_much_is_asked_to_wait(
    client: Client, paper: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "THROTTLE", Throttle(burst=2, per_minute=0.1))
    statuses = {client.get("/search/", {"q": "ferry"}).status_code for _ in range(3)}
    refused = client.get("/search/", {"q": "ferry"})

    assert statuses == {200, 429}
    assert int(refused["Retry-After"]) >= 1
    assert client.get("/search/").status_code == 200  # the form alone costs nothing


def test_an_article_published_later_is_found(client: Client, paper: None) -> None:
    article = builders.an_article("Lantern night", minutes_ago=5)
    article.title = "Night of lamps"
    builders.publish(article)

    assert titles(client, q="lamps") == ["Night of lamps"]
    assert NOON - timedelta(minutes=5) == article.first_published_at
