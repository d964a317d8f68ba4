"""What programs and those who find holes are told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from broadsheet.newsroom.models import Correction, Newspaper
from broadsheet.press.names import content_type, file_name
from tests import builders
from tests.clock import NOON


@pytest.fixture
def paper(db: None) -> Newspaper:
    builders.a_paper()
    newspaper = Newspaper.for_site(builders.the_site())
    newspaper.name, newspaper.contact = "The Tide", "desk@tide.example"
    newspaper.save()
    return newspaper


def rules_for(robots: str, name: str) -> list[str]:
    """The lines of the group that a crawler of this name keeps to."""
    groups = [group.splitlines() for group in robots.split("\n\n")]
    own = [group for group in groups if f"User-agent: {name}" in group]
    (found,) = own or [group for group in groups if "User-agent: *" in group]
    return [line for line in found if line.startswith("Disallow")]


@pytest.mark.parametrize(
    ("policy", "trainer", "answerer"),
    [
        pytest.param("ALL", False, False, id="all are welcome"),
        pytest.param("NO_TRAINING", True, False, id="they may answer, not train"),
        pytest.param("NONE", True, True, id="none of them"),
    ],
)
def test_robots_are_told_what_the_editor_chose(
    client: Client, paper: Newspaper, policy: str, trainer: bool, answerer: bool
) -> None:
    paper.crawlers = policy
    paper.save()

    robots = client.get("/robots.txt").text

    assert (rules_for(robots, "GPTBot") == ["Disallow: /"]) is trainer
    assert (rules_for(robots, "OAI-SearchBot") == ["Disallow: /"]) is answerer
    assert "Disallow: /editor/" in rules_for(robots, "Somebot")
    assert robots.endswith("Sitemap: http://127.0.0.1:8000/sitemap.xml\n")


def test_who_finds_a_hole_knows_whom_to_tell(client: Client, paper: Newspaper) -> None:
    lines = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").text.splitlines()
    )

    assert lines["Contact"] == "mailto:desk@tide.example"
    expires = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=360) < expires - datetime.now(UTC) < timedelta(days=732)


def test_without_an_address_there_is_nobody_to_tell(client: Client, paper: Newspaper) -> None:
    paper.contact = ""
    paper.save()

    assert client.get("/.well-known/security.txt").status_code == 404


def test_language_models_get_a_summary_unless_they_are_unwanted(
    client: Client, paper: Newspaper
) -> None:
    text = client.get("/llms.txt").text

    assert text.startswith("# The Tide\n")
    assert "- [News](http://127.0.0.1:8000/news/)" in text
    assert "may not train" in text
    paper.crawlers = "NONE"
    paper.save()
    assert client.get("/llms.txt").status_code == 404


@pytest.mark.parametrize(
    "path", ["/robots.txt", "/.well-known/security.txt", "/humans.txt", "/llms.txt"]
)
def test_each_can_be_printed_as_plain_text(client: Client, paper: Newspaper, path: str) -> None:
    response = client.get(path)

    assert file_name(path) == path[1:]
    assert response["Content-Type"] == content_type(path)


def test_an_article_tells_events_and_conversations(client: Client, db: None) -> None:
    article = builders.an_article(
        body=[
            (
                "timeline",
                {"title": "The quay", "events": [{"when": "1904", "text": "<p>Built.</p>"}]},
            ),
            (
                "interview",
                {"exchanges": [{"question": "Why <now>?", "answer": "<p>It was time.</p>"}]},
            ),
        ]
    )

    page = client.get(article.get_url()).text

    assert '<p class="timeline-when">1904</p>' in page
    assert "Built." in page
    assert "Why &lt;now&gt;?" in page
    assert "It was time." in page


def test_lists_say_when_an_article_was_updated(client: Client, db: None) -> None:
    builders.an_article(updated_at=NOON + timedelta(hours=1))

    assert 'class="teaser-updated"' in client.get("/news/").text


def test_the_dashboard_shows_what_is_coming_and_what_was_wrong(client: Client, db: None) -> None:
    article = builders.an_article("Ferry returns")
    article.corrections.add(Correction(corrected_at=NOON, text="It was six."))
    article.save()
    coming = builders.an_article("Night market", live=False)
    coming.go_live_at = datetime.now(UTC) + timedelta(days=1)
    coming.save_revision().publish()
    client.force_login(User.objects.create_superuser("ed"))

    dashboard = client.get("/editor/").text

    assert "Night market" in dashboard.partition("Scheduled")[2]
    assert "It was six." in dashboard
