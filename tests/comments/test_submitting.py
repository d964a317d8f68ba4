"""A comment on its way from the form to the page."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client

from broadsheet.comments import actions, receipts
from broadsheet.comments.forms import fresh_token, printed_token
from broadsheet.comments.models import Discussion, EmailField, ReaderComment, Status
from broadsheet.comments.policy import CommentPolicy
from broadsheet.comments.signals import thread_changed
from broadsheet.learning.models import LoggedJudgement
from broadsheet.spam import Judgement
from tests import builders as paper
from tests.clock import NOON

from .builders import FilterThatSays, a_comment, a_draft, a_place

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


def fields(page_id: int, **changed: Any) -> dict[str, Any]:
    return {
        "author": "Mira Holm",
        "email": "mira@reader.example",
        "text": "The ferry was late again.",
        "token": printed_token(page_id),
    } | changed


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


def test_one_redirect_leads_to_the_comment_with_its_private_link(client: Client) -> None:
    place = a_place()

    answer = client.post(
        f"/comments/on/{place.page_id}/", fields(place.page_id, text="A *fine* day")
    )

    comment = ReaderComment.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == f"{receipts.url_of(comment)}#comment-{comment.pk}"
    receipt = client.get(answer["Location"]).content.decode()
    assert f'id="comment-{comment.pk}"' in receipt
    assert "<em>fine</em>" in receipt
    assert f'href="{place.url}#comment-{comment.pk}"' in receipt
    assert f'href="{receipts.url_of(comment)}"' in receipt
    page = client.get(place.url).content.decode()
    assert f'id="comment-{comment.pk}"' in page
    assert "<em>fine</em>" in page
    assert "reader.example" not in page


def test_a_held_comment_leads_to_its_receipt(client: Client) -> None:
    place = a_place(hold_all=True)

    answer = client.post(f"/comments/on/{place.page_id}/", fields(place.page_id))

    assert answer.status_code == 303
    assert answer["Location"].startswith("/comments/receipt/")
    receipt = client.get(answer["Location"])
    assert "All comments wait" in receipt.content.decode()
    assert receipt["X-Robots-Tag"] == "noindex"
    assert "reader.example" not in receipt.content.decode()
    assert "The ferry was late" not in client.get(place.url).content.decode()


@pytest.mark.parametrize(
    ("changed", "hint"),
    [
        pytest.param({"email": ""}, "required", id="no e-mail address"),
        pytest.param({"email": "mira"}, "valid email", id="no address at all"),
        pytest.param({"text": "  "}, "required", id="no text"),
        pytest.param({"text": "x" * 5001}, "5000", id="too long"),
        pytest.param({"author": "!!!"}, "Write a name", id="no name"),
        pytest.param({"web_address": "javascript:alert(1)"}, "https://", id="no web address"),
        pytest.param({"token": "forged"}, "once more", id="a forged token"),
    ],
)
def test_a_mistake_brings_the_form_back_with_what_was_typed(
    client: Client, changed: dict[str, str], hint: str
) -> None:
    place = a_place()
    sent = fields(place.page_id, author="Mira “M” <Holm>") | changed

    answer = client.post(f"/comments/on/{place.page_id}/", sent)

    body = answer.content.decode()
    assert answer.status_code == 422
    assert hint in body
    if sent["author"] != "!!!":
        assert "Mira “M” &lt;Holm&gt;" in body
    assert ReaderComment.objects.count() == 0


def test_characters_that_nobody_sees_are_left_out(client: Client) -> None:
    place = a_place()
    address = f"/comments/on/{place.page_id}/"

    client.post(address, fields(place.page_id, author="Mi\x01ra", text="The \x0bferry\x02."))
    empty = client.post(address, fields(place.page_id, text="\x01"))

    assert empty.status_code == 422
    kept = ReaderComment.objects.get()
    assert (kept.author, kept.text) == ("Mira", "The ferry.")


def test_the_form_that_came_back_can_be_sent(client: Client) -> None:
    place = a_place()

    answer = client.post(
        f"/comments/on/{place.page_id}/",
        fields(place.page_id, token=fresh_token(place.page_id)),
    )

    assert answer.status_code == 303


def test_the_email_field_can_be_off(client: Client) -> None:
    place = a_place(email_field=EmailField.OFF, web_address_field=False)

    assert 'name="email"' not in client.get(place.url).content.decode()
    answer = client.post(f"/comments/on/{place.page_id}/", fields(place.page_id))

    assert answer.status_code == 303
    assert ReaderComment.objects.get().email == ""


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Sec-Fetch-Site": "cross-site"}, 403, id="another site, says the browser"),
        pytest.param({"Origin": "https://evil.example"}, 403, id="another origin"),
        pytest.param({"Sec-Fetch-Site": "same-origin"}, 303, id="our own page"),
        pytest.param({"Origin": "http://testserver"}, 303, id="our own origin"),
        pytest.param({}, 303, id="no browser"),
    ],
)
def test_forms_on_other_sites_cannot_send_for_our_readers(
    client: Client, headers: dict[str, str], status: int
) -> None:
    place = a_place()

    answer = client.post(f"/comments/on/{place.page_id}/", fields(place.page_id), headers=headers)

    assert answer.status_code == status


def test_no_cookie_is_set_for_readers(client: Client) -> None:
    place = a_place(hold_all=True)

    answer = client.post(f"/comments/on/{place.page_id}/", fields(place.page_id), follow=True)

    assert answer.status_code == 200
    assert not client.cookies


def test_a_page_that_cannot_be_seen_takes_no_comment(client: Client) -> None:
    article = paper.an_article(live=False)

    assert client.post(f"/comments/on/{article.pk}/", fields(article.pk)).status_code == 404
    assert client.post("/comments/on/99999999999999999999999/", {}).status_code == 404


def test_a_reply_shows_what_it_answers(client: Client) -> None:
    place = a_place()
    comment = a_comment(place, "The ferry was late again.")

    form = client.get(f"/comments/{comment.pk}/reply/").content.decode()
    assert "The ferry was late again." in form
    assert f'name="parent" value="{comment.pk}"' in form

    client.post(
        f"/comments/on/{place.page_id}/", fields(place.page_id, parent=comment.pk, text="Not mine.")
    )
    assert ReaderComment.objects.get(text="Not mine.").parent == comment


def test_what_is_not_published_cannot_be_answered(client: Client) -> None:
    held = a_comment(a_place(), judgement=Judgement.UNSURE)

    assert client.get(f"/comments/{held.pk}/reply/").status_code == 404
    assert client.get(f"/comments/{held.pk}/").status_code == 404


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
