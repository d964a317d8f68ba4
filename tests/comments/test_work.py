"""A proof of work instead of waiting, where nothing but the filter's doubt speaks against a comment."""

from typing import Any

import pytest
from django.test import Client

from broadsheet.comments import places, receipts, work
from broadsheet.comments.models import ReaderComment, Rule, Status
from broadsheet.spam import Judgement

from .builders import a_comment, a_place

pytestmark = pytest.mark.django_db
BITS = 4


def an_answer(comment: ReaderComment, *, is_right: bool = True) -> str:
    key = receipts.key_of(comment)
    return next(str(n) for n in range(1000) if work.is_done(key, str(n), bits=BITS) is is_right)


def test_work_publishes_what_the_filter_only_doubts(client: Client) -> None:
    comment = a_comment(a_place(proof_of_work=BITS), judgement=Judgement.UNSURE)
    receipt = receipts.url_of(comment)
    assert f'data-bits="{BITS}"' in client.get(receipt).text

    client.post(receipt + "work/", {"answer": an_answer(comment)})

    comment.refresh_from_db()
    assert (comment.status, comment.rule) == (Status.PUBLISHED, "Proof of work")
    assert "data-bits" not in client.get(receipt).text


def test_without_it_a_moderator_decides(client: Client) -> None:
    comment = a_comment(a_place(proof_of_work=BITS), judgement=Judgement.UNSURE)

    client.post(receipts.url_of(comment) + "work/", {"answer": an_answer(comment, is_right=False)})

    comment.refresh_from_db()
    assert comment.status == Status.HELD


@pytest.mark.parametrize(
    ("settings", "judgement"),
    [
        pytest.param({}, Judgement.UNSURE, id="where it is off"),
        pytest.param({"proof_of_work": BITS}, Judgement.SPAM, id="for spam"),
        pytest.param({"proof_of_work": BITS, "hold_all": True}, Judgement.UNSURE, id="while all is held"),
        pytest.param({"proof_of_work": BITS, "hold_first": True}, Judgement.UNSURE, id="for a first comment that is to wait"),
    ],
)  # fmt: skip
def test_no_work_helps(client: Client, settings: dict[str, Any], judgement: Judgement) -> None:
    comment = a_comment(a_place(**settings), judgement=judgement)

    client.post(receipts.url_of(comment) + "work/", {"answer": an_answer(comment)})

    comment.refresh_from_db()
    assert comment.status != Status.PUBLISHED


def test_no_work_helps_against_a_rule(client: Client) -> None:
    place = a_place(proof_of_work=BITS)
    Rule.objects.create(kind=Rule.Kind.WORDS, value="ferry", effect=Rule.Effect.HOLD)
    comment = a_comment(place, judgement=Judgement.UNSURE)

    client.post(receipts.url_of(comment) + "work/", {"answer": an_answer(comment)})

    comment.refresh_from_db()
    assert comment.status == Status.HELD


def test_all_is_held_from_the_moment_that_the_owner_says_so(client: Client) -> None:
    place = a_place(proof_of_work=BITS)
    comment = a_comment(place, judgement=Judgement.UNSURE)
    place.settings.hold_all = True
    place.settings.save()
    places.forget()

    client.post(receipts.url_of(comment) + "work/", {"answer": an_answer(comment)})

    comment.refresh_from_db()
    assert comment.status == Status.HELD
