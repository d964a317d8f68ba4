"""What moderators' rules and the limits do to a comment."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from broadsheet.comments import limits, places
from broadsheet.comments.models import CommentPolicy, PartPolicy, ReaderComment, Rule, Status
from broadsheet.spam import Judgement
from tests import builders as paper
from tests.clock import NOON

from .builders import a_comment, a_place
from .test_submitting import fields

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("effect", "judgement", "status"),
    [
        pytest.param(Rule.Effect.HOLD, Judgement.HAM, Status.HELD, id="held"),
        pytest.param(Rule.Effect.REJECT, Judgement.HAM, Status.REJECTED, id="rejected"),
        pytest.param(Rule.Effect.BLOCK, Judgement.HAM, Status.REJECTED, id="blocked"),
        pytest.param(Rule.Effect.TRUST, Judgement.SPAM, Status.PUBLISHED, id="trusted, whatever the filter says"),
    ],
)  # fmt: skip
def test_a_rule_decides_and_is_named(
    effect: Rule.Effect, judgement: Judgement, status: Status
) -> None:
    Rule.objects.create(kind=Rule.Kind.WORDS, value="ferry", effect=effect)

    comment = a_comment(a_place(), judgement=judgement)

    assert comment.status == status
    assert comment.rule.endswith(": ferry")


def test_who_is_blocked_silently_sees_a_comment_that_waits(client: Client) -> None:
    place = a_place()
    Rule.objects.create(kind=Rule.Kind.WORDS, value="ferry", effect=Rule.Effect.BLOCK)

    answer = client.post(f"/comments/on/{place.page_id}/", fields(place.page_id), follow=True)

    body = answer.content.decode()
    assert "Held for a moderator" in body
    assert "Rejected" not in body
    assert "look again" not in body


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        pytest.param(Rule.Kind.NETWORK, "over there", id="no network"),
        pytest.param(Rule.Kind.AUTHOR, "mira", id="no e-mail address"),
    ],
)
def test_a_rule_that_can_never_fit_is_refused(kind: Rule.Kind, value: str) -> None:
    with pytest.raises(ValidationError):
        Rule(kind=kind, value=value, effect=Rule.Effect.HOLD).full_clean()


def test_a_section_can_be_closed_or_premoderated() -> None:
    article = paper.an_article()
    policy = PartPolicy.objects.create(page=article.get_parent(), policy=CommentPolicy.CLOSED)

    assert not places.Place.of(article).is_open(now=NOON)

    policy.policy = CommentPolicy.PREMODERATED
    policy.save()
    assert a_comment(places.Place.of(article)).status == Status.HELD


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        pytest.param({"author_per_hour": 2}, "203.0.113.7", id="from one address"),
        pytest.param({"network_per_hour": 2}, "203.0.113.99", id="from one network"),
        pytest.param({"slow_mode_seconds": 120}, "203.0.113.7", id="in slow mode"),
    ],
)
def test_too_many_comments_are_refused_for_a_while(settings: dict[str, Any], address: str) -> None:
    place = a_place(**settings)
    for minutes in (0, 5):
        a_comment(place, f"At {minutes}.", now=NOON + timedelta(minutes=minutes))

    with pytest.raises(limits.TooMany) as refused:
        a_comment(place, "One more.", now=NOON + timedelta(minutes=6), address=address)

    assert timedelta() < refused.value.wait <= timedelta(hours=1)
    a_comment(place, "One more.", now=NOON + timedelta(hours=2), address=address)


def test_others_may_write_meanwhile() -> None:
    place = a_place(author_per_hour=1)
    a_comment(place)

    assert a_comment(place, address="198.51.100.1").status == Status.PUBLISHED


def test_who_writes_too_often_keeps_the_text(client: Client) -> None:
    place = a_place(author_per_hour=1)
    client.post(f"/comments/on/{place.page_id}/", fields(place.page_id))

    answer = client.post(
        f"/comments/on/{place.page_id}/", fields(place.page_id, text="My second thought.")
    )

    assert answer.status_code == 429
    assert "My second thought." in answer.content.decode()
    assert ReaderComment.objects.count() == 1
