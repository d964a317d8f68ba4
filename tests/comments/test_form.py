"""The form below an article, as a browser sends it."""

import pytest
from django.test import Client

from broadsheet.comments import receipts
from broadsheet.comments.forms import fresh_token
from broadsheet.comments.models import EmailField, ReaderComment
from broadsheet.spam import Judgement
from tests import builders as paper

from .builders import a_comment, a_place, fields

pytestmark = pytest.mark.django_db


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
