"""Searching, reports and appeals on the desk, figures, rules as files, and what readers are told."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from broadsheet.comments import actions, authors, processing, reports, rule_files
from broadsheet.comments.desk import plots
from broadsheet.comments.desk.desks import Desk
from broadsheet.comments.desk.figures import Share, figures
from broadsheet.comments.models import CommentSettings, EmailField, ReaderComment, Rule, Status
from broadsheet.spam import Judgement
from tests import builders as paper
from tests.clock import NOON

from .builders import a_comment, a_place, some_comments
from .test_desk import moderator  # noqa: F401, a fixture

pytestmark = pytest.mark.django_db


def shown(client: Client, query: str) -> str:
    return client.get(f"/editor/comments/?{query}").content.decode()


def test_reports_lie_on_one_card_until_a_decision(client: Client, moderator: Any) -> None:  # noqa: F811
    comment = a_comment(a_place(), "You fool.")
    for number in range(3):
        reports.report(
            comment_id=comment.pk, reason="INSULT", text=f"Word {number}",
            address=f"192.0.2.{number}", now=NOON,
        )  # fmt: skip

    page = shown(client, "pile=REPORTED")
    assert page.count('class="desk-card"') == 1
    assert all(f"Word {number}" in page for number in range(3))

    client.post("/editor/comments/decide/", {"comment": comment.pk, "decision": "PUBLISHED"})
    assert "You fool." not in shown(client, "pile=REPORTED")


def test_an_appeal_comes_to_the_desk(client: Client, moderator: Any) -> None:  # noqa: F811
    comment = a_comment(a_place(), judgement=Judgement.SPAM)
    authors.appeal(comment_id=comment.pk, text="I am a person.", now=NOON)

    assert "I am a person." in shown(client, "pile=APPEALED")

    client.post("/editor/comments/decide/", {"comment": comment.pk, "decision": "SPAM"})
    assert "I am a person." not in shown(client, "pile=APPEALED")


QUERIES = [
    pytest.param("words=FERRY", True, id="words"),
    pytest.param("words=train", False, id="other words"),
    pytest.param("author=mira@reader.example", True, id="e-mail"),
    pytest.param("author=jo", False, id="another author"),
    pytest.param("host=reader.example", True, id="host"),
    pytest.param("article=returns", True, id="article"),
    pytest.param("network=203.0.113.", True, id="network"),
    pytest.param("since=2026-03-14&until=2026-03-14", True, id="that day"),
    pytest.param("until=2026-03-13", False, id="before"),
    pytest.param("since=2026-99-99", False, id="no day"),
]


def test_the_desk_finds(client: Client, moderator: Any, subtests: pytest.Subtests) -> None:  # noqa: F811
    a_comment(a_place(), "The ferry, again.", judgement=Judgement.UNSURE)

    for case in QUERIES:
        query, found = case.values
        with subtests.test(case.id):
            assert ("The ferry, again." in shown(client, query)) is found


def test_the_reason_of_a_rejection_reaches_its_author(client: Client, moderator: Any) -> None:  # noqa: F811
    comment = a_comment(a_place(), judgement=Judgement.UNSURE)
    assert "It insults somebody." in shown(client, "")

    client.post(
        "/editor/comments/decide/",
        {"comment": comment.pk, "decision": "REJECTED", "reason": "It insults somebody."},
    )

    comment.refresh_from_db()
    assert comment.reason == "It insults somebody."


def test_the_figures_count_what_people_decided(client: Client, moderator: Any) -> None:  # noqa: F811
    place = a_place()
    right, wrong, missed = (
        a_comment(place, text, judgement=judgement)
        for text, judgement in (
            ("a", Judgement.SPAM),
            ("b", Judgement.SPAM),
            ("c", Judgement.HAM),
        )
    )
    for comment, status in ((right, "SPAM"), (wrong, "PUBLISHED"), (missed, "SPAM")):
        decided_at = NOON + timedelta(minutes=6)
        actions.decide(comment_id=comment.pk, status=Status(status), by=moderator, now=decided_at)

    found = figures(Desk(), now=NOON + timedelta(hours=1))

    assert (found.precision, found.recall) == (Share(1, 2), Share(1, 2))
    assert found.false_positives == (wrong,)
    assert found.days[-1] == (NOON.date(), {"SPAM": 2, "PUBLISHED": 1})
    assert (found.median_wait, found.waits[1]) == (timedelta(minutes=6), ("up to an hour", 3))
    page = client.get("/editor/comments/figures/").text
    assert page.count("<figure>") == 2  # comments per day, shares with their intervals
    assert "50.0 % (9.5–90.5 %)" in page


def test_wilsons_interval_is_the_published_one() -> None:
    # 81 of 263, Newcombe (1998), Statistics in Medicine 17, 857–872, table I: 0.2553 to 0.3662
    lower, upper = Share(81, 263).interval or (0, 0)

    assert (round(lower, 2), round(upper, 2)) == (25.53, 36.62)
    assert Share(0, 0).interval is None


@pytest.mark.parametrize(
    "svg",
    [
        pytest.param(plots.lengths([("<script>", 3)]), id="lengths"),
        pytest.param(plots.intervals([("<script>", 50.0, (9.5, 90.5))]), id="intervals"),
    ],
)
def test_what_a_plot_is_of_is_escaped(svg: str) -> None:
    assert "<script>" not in svg
    assert "&lt;script&gt;" in svg


def test_a_plot_escapes_its_words() -> None:
    svg = plots.bars([(date(2026, 3, 1), {"x": 2})], kinds={"x": ("<script>", "#000")})

    assert "<script>" not in svg
    assert "2026-03-01: 2 &lt;script&gt;" in svg


def test_rules_go_out_and_come_in_as_they_were() -> None:
    Rule.objects.create(kind="WORDS", value="=cmd|x", effect="HOLD", note="a, “note”")
    Rule.objects.create(kind="NETWORK", value="203.0.113.0/24", effect="BLOCK")
    file = rule_files.as_csv(Rule.objects.all())
    before = list(Rule.objects.values_list("kind", "value", "effect", "note"))
    Rule.objects.all().delete()

    assert rule_files.keep(rule_files.read(file)) == 2

    assert list(Rule.objects.values_list("kind", "value", "effect", "note")) == before
    assert "\nWORDS,'=cmd" in file.replace("\r", "")


def test_wordpress_disallowed_words_come_in(client: Client, admin_client: Client) -> None:
    file = SimpleUploadedFile(
        "words.txt", b"casino\n\n203.0.113.0/24\nbad@shop.example\n@pills.example\n"
    )

    admin_client.post("/editor/comments/rules/exchange/", {"file": file})

    assert set(Rule.objects.values_list("kind", "value", "effect")) == {
        ("PATTERN", "casino", "HOLD"),
        ("NETWORK", "203.0.113.0/24", "HOLD"),
        ("AUTHOR", "bad@shop.example", "HOLD"),
        ("EMAIL_HOST", "@pills.example", "HOLD"),
    }


def test_a_mistake_in_a_file_is_named_with_its_line() -> None:
    with pytest.raises(rule_files.UnreadableRules, match="Line 3"):
        rule_files.read("looks_for,value,effect,note\nWORDS,a,HOLD,\nNETWORK,nowhere,HOLD,\n")


@pytest.mark.parametrize(
    ("settings", "says", "does_not_say"),
    [
        pytest.param({"address_days": 7}, "7 days", "30 days", id="how long addresses stay"),
        pytest.param({"email_field": EmailField.OFF}, "not asked for an address", "Your e-mail address", id="no e-mail"),
        pytest.param({"web_address_field": False}, "your text and your name", "web address", id="no web address"),
        pytest.param({"shadow_mode": True}, "decides nothing", "takes for spam", id="shadow mode"),
        pytest.param({"hold_first": True}, "first comment waits", "change it for 10", id="first-time authors"),
        pytest.param({"edit_minutes": 10}, "change it for 10 minutes", "15 minutes", id="minutes to edit"),
        pytest.param({"contact": "privacy@paper.example"}, "privacy@paper.example", "365 years", id="contact"),
    ],
)  # fmt: skip
def test_readers_are_told_what_the_settings_do(
    client: Client, settings: dict[str, Any], says: str, does_not_say: str
) -> None:
    a_place(**settings)

    page = client.get("/comments/how/").content.decode()

    assert says in page
    assert does_not_say not in page


def test_every_setting_that_matters_changes_the_page() -> None:
    """A new setting that says nothing there has to be thought about here."""
    silent = {
        "id",
        "site",
        "longest",
        "depth",
        "reasons",
        "close_after_days",
        "slow_mode_seconds",
        "author_per_hour",
        "network_per_hour",
    }  # whether one of the last three is set is said
    place = a_place()
    before = processing.facts(paper.the_site())
    for field in CommentSettings._meta.get_fields():
        if field.name in silent:
            continue
        old = getattr(place.settings, field.name)
        new = not old if isinstance(old, bool) else old + 1 if isinstance(old, int) else "OFF"
        CommentSettings.objects.filter(pk=place.settings.pk).update(**{field.name: new})
        assert processing.facts(paper.the_site()) != before, field.name
        CommentSettings.objects.filter(pk=place.settings.pk).update(**{field.name: old})


def test_feeds_and_the_newest_first(client: Client) -> None:
    place = a_place()
    first = a_comment(place, "The *first*.")
    second = a_comment(place, "The second.", parent_id=first.pk, now=NOON + timedelta(minutes=1))
    a_comment(place, "Held.", judgement=Judgement.UNSURE)

    for path in ("/comments/feed.xml", f"/comments/on/{place.page_id}/feed.xml"):
        feed = client.get(path).content.decode()
        assert feed.index("The second.") < feed.index("The &lt;em&gt;first")
        assert "Held." not in feed
        assert "reader.example" not in feed
    newest = client.get(f"/comments/on/{place.page_id}/newest/").content.decode()
    assert newest.index(f"comment-{second.pk}") < newest.index(f'id="comment-{first.pk}"')
    assert "In reply to Mira Holm" in newest


def test_no_character_that_was_kept_breaks_a_feed(client: Client) -> None:
    shown = a_comment(a_place())
    ReaderComment.objects.filter(pk=shown.pk).update(author="Mi\x01ra", text="The \x0bferry.")

    assert "The ferry." in client.get("/comments/feed.xml").text


def test_the_newest_come_fifty_at_a_time(client: Client) -> None:
    place = a_place(author_per_hour=0, network_per_hour=0)
    comments = some_comments(place, 51)
    newest = f"/comments/on/{place.page_id}/newest/"

    first, second = client.get(newest).text, client.get(f"{newest}?page=2").text

    assert f'id="comment-{comments[0].pk}"' not in first
    assert first.count('class="comment"') == 50
    assert "?page=2" in first
    assert f'id="comment-{comments[0].pk}"' in second
    assert second.count('class="comment"') == 1
    for wrong in ("0", "-1", "x", "9" * 30):
        assert client.get(f"{newest}?page={wrong}").status_code == 404
