"""What stands between an article and its publication, by whatever way it is tried, and what editors are told of it."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from broadsheet.newsroom.models import ArticlePage, readiness
from broadsheet.newsroom.models.readiness import NotReady, embargoed, findings
from broadsheet.spam import Judgement
from tests import builders
from tests.clock import NOON
from tests.comments.builders import a_comment, a_place
from tests.newsroom.test_photos import posted

HOUR = timedelta(hours=1)


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    builders.a_paper()
    client.force_login(User.objects.create(username="ed", is_superuser=True, is_staff=True))
    return client


def a_draft(title: str = "Ferry returns", **fields: object) -> ArticlePage:
    return builders.an_article(title, live=False, **fields)


@pytest.mark.parametrize(
    ("until", "go_live_at", "is_stopped"),
    [
        pytest.param(None, None, False, id="without an embargo"),
        pytest.param(NOON + HOUR, None, True, id="now, before its end"),
        pytest.param(NOON + HOUR, NOON + 2 * HOUR, False, id="scheduled for after its end"),
        pytest.param(NOON + 2 * HOUR, NOON + HOUR, True, id="scheduled for before its end"),
        pytest.param(NOON, NOON - HOUR, False, id="at its end"),
    ],
)
def test_an_embargo_stops_what_would_come_before_its_end(until, go_live_at, is_stopped) -> None:
    assert bool(embargoed(until, go_live_at, now=NOON)) is is_stopped


def test_nothing_is_published_past_the_form_either(db: None) -> None:
    article = a_draft(hero=builders.a_photo(credit="Jo Lind"))

    with pytest.raises(NotReady, match="alternative text"):
        builders.publish(article)
    assert not ArticlePage.objects.get().live


def test_the_clock_passes_over_what_is_not_ready(db: None) -> None:
    yesterday = timezone.now() - timedelta(days=1)  # noqa: TID251, Wagtail's command asks the clock
    for title, photo in (("Not ready", builders.a_photo()), ("Ready", None)):
        revision = a_draft(title, hero=photo).save_revision(approved_go_live_at=yesterday)
        assert revision.approved_go_live_at

    call_command("publish_scheduled", verbosity=0)
    call_command("publish_scheduled", verbosity=0)

    assert [article.title for article in ArticlePage.objects.live()] == ["Ready"]


def test_who_publishes_many_at_once_is_told_and_led_to_the_article(editor: Client) -> None:
    ready, not_ready = a_draft("Ready"), a_draft("Not ready", hero=builders.a_photo())
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    response = editor.post(f"{url}?id={ready.pk}&id={not_ready.pk}", {}, follow=True)

    assert response.redirect_chain[0][0] == reverse("wagtailadmin_pages:edit", args=[not_ready.pk])
    assert "alternative text and a credit" in response.text
    assert not ArticlePage.objects.live().exists(), "all or nothing"


def test_the_form_says_that_an_embargo_stands_against_it(editor: Client) -> None:
    article = a_draft(embargo_until=NOON + timedelta(days=36_500))
    photo = builders.a_photo(credit="Jo Lind", description="A ferry")

    response = editor.post(
        reverse("wagtailadmin_pages:edit", args=[article.pk]),
        posted(
            article, photo, **{"action-publish": "1", "embargo_until": "2126-03-14 12:00"}
        ),
    )  # fmt: skip

    assert "embargo" in response.context["form"].errors["embargo_until"][0]


def test_a_headline_of_a_megabyte_gets_a_message_and_nothing_else_is_lost(editor: Client) -> None:
    article = a_draft()
    photo = builders.a_photo(credit="Jo Lind", description="A ferry")
    sent = posted(article, photo, title="x" * 1_000_000, standfirst="What I wrote.")

    response = editor.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), sent)

    form = response.context["form"]
    assert list(form.errors) == ["title"]
    assert form["standfirst"].value() == "What I wrote."
    assert ArticlePage.objects.get().latest_revision is None


@pytest.mark.parametrize(
    ("body", "told"),
    [
        pytest.param([("heading", {"text": "Deep", "level": "4"})], "Deep", id="a heading too small"),
        pytest.param([("paragraph", '<p><a href="/nowhere/">x</a></p>')], "/nowhere/", id="a dead address"),
        pytest.param([("paragraph", '<p><a linktype="page" id="987654">gone</a></p>')], "gone", id="a deleted page"),
        pytest.param([("quote", {"text": '<a href="http://127.0.0.1:8000/no/">x</a>', "source": ""})], "/no/", id="the same with a host"),
    ],
)  # fmt: skip
def test_the_checklist_names_what_to_mend(db: None, body: list, told: str) -> None:
    article = a_draft(body=body, standfirst="There is one.", by=("Amal Haddad",))

    found = findings(article, now=NOON)

    assert len(found) == 1
    assert told in found[0].text
    assert not found[0].stops


def test_what_is_in_order_has_no_findings(db: None) -> None:
    other = builders.an_article("Other")
    links = (
        f'<p><a linktype="page" id="{other.pk}">a</a><a href="/news/other/">b</a>'
        '<a href="/news/other/history/">c</a><a href="/news/page/3/">d</a><a href="/search/">e</a>'
        '<a href="/tags/x/">f</a><a href="/media/x.pdf">g</a><a href="https://x.example/">h</a>'
        '<a href="/">i</a></p>'
    )
    article = a_draft(
        body=[
            ("heading", {"text": "Large", "level": "2"}),
            ("heading", {"text": "Medium", "level": "3"}),
            ("paragraph", links),
        ],
        standfirst="There is one.",
        by=("Amal Haddad",),
        hero=builders.a_photo(description="A ferry", credit="Jo Lind"),
    )

    assert findings(article, now=NOON) == []


def test_what_stops_the_publication_comes_first_in_the_editor(editor: Client) -> None:
    article = a_draft(hero=builders.a_photo())

    page = editor.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).text

    assert readiness.findings(article, now=NOON)[0].stops
    assert page.index("Stops the publication") < page.index("There is no standfirst")


def test_a_draft_that_is_shown_tells_its_embargo(editor: Client) -> None:
    article = a_draft(embargo_until=NOON)
    article.save_revision()

    page = editor.get(reverse("wagtailadmin_pages:view_draft", args=[article.pk])).text

    assert "Embargo until March 14, 2026, noon" in page


def test_the_calendar_has_what_is_scheduled_and_when_embargoes_end(editor: Client) -> None:
    a_draft("Scheduled").save_revision(approved_go_live_at=NOON + timedelta(days=1))
    a_draft("Held back", embargo_until=NOON + timedelta(days=2))

    weeks = editor.get("/editor/calendar/2026/3/").context["weeks"]

    assert {
        day.day.day: [(piece.title, piece.is_embargo) for piece in day.pieces]
        for week in weeks
        for day in week
        if day.pieces
    } == {15: [("Scheduled", False)], 16: [("Held back", True)]}
    assert editor.get("/editor/calendar/2026/13/").status_code == 404
    assert editor.get("/editor/calendar/").status_code == 200


def test_the_dashboard_tells_a_moderator_what_is_held(editor: Client) -> None:
    a_comment(a_place(), judgement=Judgement.UNSURE)

    assert "1 comment waits for a moderator" in editor.get("/editor/").text


def test_saving_by_itself_leaves_one_version(editor: Client) -> None:
    article = a_draft()
    photo = builders.a_photo()
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])
    accept = {"Accept": "application/json"}
    first = editor.post(url, posted(article, photo), headers=accept).json()

    for number in range(3):
        sent = posted(article, photo, standfirst=f"Version {number}")
        sent["overwrite_revision_id"] = str(first["revision_id"])
        assert editor.post(url, sent, headers=accept).json()["success"], json.dumps(first)

    assert article.revisions.count() == 1
    saved = ArticlePage.objects.get().get_latest_revision_as_object()
    assert saved.standfirst == "Version 2"
