"""A comment on its way from the form to the page."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client

from broadsheet.comments import actions
from broadsheet.comments.models import Discussion, ReaderComment, Status
from broadsheet.comments.policy import CommentPolicy
from broadsheet.comments.signals import thread_changed
from broadsheet.learning.models import LoggedJudgement
from broadsheet.spam import Judgement
from tests import builders as paper
from tests.clock import NOON

from .builders import FilterThatSays, a_comment, a_draft, a_place, fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def changes() -> Any:
    """What the signal said, one entry for each time."""
    heard: list[tuple[int, tuple[int, ...]]] = []

    def hear(page_id: int, sheets: tuple[int, ...], **_: Any) -> None:
        heard.append((page_id, sheets))

    thread_changed.connect(hear)
    yield heard
    thread_changed.disconnect(hear)


@pytest.mark.parametrize(
    ("judgement", "status", "page_is_reprinted"),
    [
        pytest.param(Judgement.HAM, Status.PUBLISHED, True, id="good comments appear at once"),
        pytest.param(Judgement.UNSURE, Status.HELD, False, id="doubtful ones wait for a moderator"),
        pytest.param(Judgement.SPAM, Status.SPAM, False, id="spam is kept but never shown"),
    ],
)
def test_the_verdict_decides(
    judgement: Judgement, status: Status, page_is_reprinted: bool, changes: list[Any]
) -> None:
    place = a_place()

    comment = a_comment(place, judgement=judgement)

    assert comment.status == status
    assert changes == ([(place.page_id, (1,))] if page_is_reprinted else [])
    assert LoggedJudgement.objects.get().judgement == judgement


@pytest.mark.parametrize(
    ("settings", "draft", "because"),
    [
        pytest.param({"hold_all": True}, {}, "All comments wait", id="hold all"),
        pytest.param({"hold_first": True}, {}, "first comment", id="first-time authors wait"),
        pytest.param(
            {"links_allowed": 1},
            {"text": "https://a.example https://b.example"},
            "many links",
            id="more links than allowed",
        ),
    ],
)
def test_a_setting_holds_what_the_filter_would_publish(
    settings: dict[str, Any], draft: dict[str, Any], because: str
) -> None:
    comment = a_comment(a_place(**settings), **draft)

    assert comment.status == Status.HELD
    assert because in comment.held_because


def test_an_author_who_was_published_before_need_not_wait() -> None:
    place = a_place()
    a_comment(place, "The first.")
    place.settings.hold_first = True

    assert a_comment(place, "The second.").status == Status.PUBLISHED


def test_a_premoderated_article_holds_everything() -> None:
    article = paper.an_article(comment_policy=CommentPolicy.PREMODERATED)
    place = actions.Place.of(article)

    assert a_comment(place).status == Status.HELD


def test_who_fills_in_the_hidden_field_is_a_robot() -> None:
    assert a_comment(a_place(), honeypot_filled=True).status == Status.SPAM


def test_shadow_mode_only_notes_what_the_filter_would_have_done() -> None:
    comment = a_comment(a_place(shadow_mode=True), judgement=Judgement.SPAM)

    assert comment.status == Status.PUBLISHED
    assert comment.judgement is not None
    assert comment.judgement.judgement == "spam"
    assert comment.rule == "Shadow mode: the filter would have taken it for spam."


def test_the_filter_never_sees_the_name_in_an_email_address() -> None:
    spam_filter = FilterThatSays(Judgement.HAM)

    actions.submit(place=a_place(), draft=a_draft(), spam_filter=spam_filter, now=NOON)

    assert spam_filter.asked[0].author_email == "name@reader.example"


def test_of_an_address_only_a_hash_and_the_network_are_kept() -> None:
    comment = a_comment(a_place())

    assert comment.network == "203.0.113.0/24"
    assert "203.0.113.7" not in str(ReaderComment.objects.values().get())


def test_the_same_comment_sent_twice_is_one() -> None:
    place = a_place()

    assert a_comment(place) == a_comment(place)
    assert ReaderComment.objects.count() == LoggedJudgement.objects.count() == 1
    assert Discussion.objects.get().published == 1


def test_a_copy_of_a_comment_opens_no_private_link(client: Client) -> None:
    place = a_place()
    send = partial(client.post, f"/comments/on/{place.page_id}/", fields(place.page_id))
    link = send()["Location"]
    comment = ReaderComment.objects.get()
    public = f"/comments/{comment.pk}/"

    assert send()["Location"] == link  # a double click
    assert send(headers={"User-Agent": "Another/1.0"})["Location"] == public
    ReaderComment.objects.update(created_at=comment.created_at - timedelta(hours=1))
    assert send()["Location"] == public
    ReaderComment.objects.update(status=Status.HELD)
    assert send().status_code == 409
    assert ReaderComment.objects.count() == 1


def test_the_same_words_from_somebody_else_are_another_comment() -> None:
    place = a_place()

    assert a_comment(place) != a_comment(place, address="198.51.100.1")


def test_closed_comments_take_nothing() -> None:
    place = actions.Place.of(paper.an_article(comment_policy=CommentPolicy.CLOSED))

    with pytest.raises(actions.CommentsAreClosed):
        a_comment(place)


def test_comments_close_when_the_article_is_old_enough(client: Client) -> None:
    place = a_place(close_after_days=1)

    answer = client.post(f"/comments/on/{place.page_id}/", fields(place.page_id))

    assert answer.status_code == 403
    assert "closed" in answer.content.decode()


def test_an_author_takes_a_comment_back(client: Client) -> None:
    place = a_place()
    answer = client.post(f"/comments/on/{place.page_id}/", fields(place.page_id))

    gone = client.post(f"{answer['Location'].partition('#')[0]}withdraw/", follow=True)

    assert "Withdrawn" in gone.content.decode()
    assert "The ferry was late" not in client.get(place.url).content.decode()
    assert Discussion.objects.get().published == 0


@pytest.mark.parametrize(
    "key", ["1-00", "x", "1", "-", "٣-00000000000000000000000000000000", "9" * 400]
)
def test_a_receipt_cannot_be_guessed(client: Client, key: str) -> None:
    a_comment(a_place())

    assert client.get(f"/comments/receipt/{key}/").status_code == 404
