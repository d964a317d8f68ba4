"""Reporting a comment, and being told of replies."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from broadsheet.comments import actions, limits, post, reports
from broadsheet.comments.mail_line import MOST_TRIES
from broadsheet.comments.models import Letter, Report, Status, Subscription
from broadsheet.comments.places import Place
from broadsheet.spam import Judgement
from tests.clock import NOON

from .builders import CountingPost, a_comment, a_place

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=1)


def links(mail: EmailMessage) -> list[str]:
    return re.findall(r"https?://[^/\s]+(/\S+)", str(mail.body))


def confirmed(place: Place, client: Client, mailoutbox: list[Any]) -> Any:
    """A comment whose author is told of replies."""
    comment = a_comment(place, "What do you think?", wants_replies=True)
    post.send_waiting(LATER)
    client.post(links(mailoutbox.pop())[0])
    return comment


def test_a_report_reaches_the_desk_once(client: Client) -> None:
    comment = a_comment(a_place())
    assert "Report" in client.get(f"/comments/{comment.pk}/report/").content.decode()

    for _ in range(2):
        answer = client.post(
            f"/comments/{comment.pk}/report/", {"reason": "INSULT", "text": "Rude"}
        )
        assert answer.status_code == 200

    assert Report.objects.get().text == "Rude"


def test_a_report_needs_a_reason(client: Client) -> None:
    comment = a_comment(a_place())

    answer = client.post(f"/comments/{comment.pk}/report/", {"reason": "BECAUSE", "text": "Rude"})

    assert answer.status_code == 422
    assert "Rude" in answer.content.decode()


def test_reporting_has_a_limit() -> None:
    place = a_place()
    comments = [a_comment(place, f"No. {n}") for n in range(limits.REPORTS_PER_HOUR + 1)]

    def report(number: int) -> None:
        reports.report(
            comment_id=comments[number].pk, reason="SPAM", text="", address="192.0.2.1", now=NOON
        )

    for number in range(limits.REPORTS_PER_HOUR):
        report(number)
    with pytest.raises(limits.TooMany):
        report(limits.REPORTS_PER_HOUR)


def test_a_decision_closes_the_reports() -> None:
    comment = a_comment(a_place())
    reports.report(comment_id=comment.pk, reason="SPAM", text="", address="192.0.2.1", now=NOON)

    actions.decide(comment_id=comment.pk, status=Status.PUBLISHED, by=None, now=NOON)

    assert Report.objects.get().closed_at == NOON


def test_the_receipt_is_mailed_to_who_asks(mailoutbox: list[Any]) -> None:
    comment = a_comment(a_place(hold_all=True), wants_receipt=True)

    assert post.send_waiting(LATER) == 1

    (mail,) = mailoutbox
    assert mail.to == ["mira@reader.example"]
    assert f"/comments/receipt/{comment.pk}-" in mail.body
    assert comment.text not in mail.body
    assert post.send_waiting(LATER + timedelta(days=1)) == 0


def test_nothing_is_asked_before_the_comment_is_approved(mailoutbox: list[Any]) -> None:
    place = a_place()
    held = a_comment(place, judgement=Judgement.UNSURE, wants_replies=True)
    assert post.send_waiting(LATER) == 0

    actions.decide(comment_id=held.pk, status=Status.PUBLISHED, by=None, now=NOON)

    assert post.send_waiting(LATER) == 1
    assert held.text not in mailoutbox[0].body


def test_who_was_refused_once_is_asked_when_a_later_comment_is_published() -> None:
    place = a_place()
    refused = a_comment(place, "One.", judgement=Judgement.UNSURE, wants_replies=True)
    actions.decide(comment_id=refused.pk, status=Status.REJECTED, by=None, now=NOON)

    shown = a_comment(place, "Two.", wants_replies=True, now=NOON + timedelta(minutes=9))

    asked = Letter.objects.get()
    assert (asked.kind, asked.comment, asked.subscription.comment) == ("CONFIRM", shown, shown)


def test_the_form_cannot_be_used_to_mail_a_stranger_again_and_again(mailoutbox: list[Any]) -> None:
    place = a_place()
    for number in range(10):
        a_comment(place, f"No. {number}", wants_receipt=True, wants_replies=True)

    post.send_waiting(LATER)

    assert len(mailoutbox) <= 4


def test_spam_mails_nobody(mailoutbox: list[Any]) -> None:
    a_comment(a_place(), judgement=Judgement.SPAM, wants_receipt=True, wants_replies=True)

    assert post.send_waiting(LATER) == 0


def test_opening_the_link_confirms_nothing(client: Client, mailoutbox: list[Any]) -> None:
    a_comment(a_place(), wants_replies=True)
    post.send_waiting(LATER)

    client.get(links(mailoutbox[0])[0])
    assert Subscription.objects.get().confirmed_at is None

    client.post(links(mailoutbox[0])[0])
    assert Subscription.objects.get().confirmed_at is not None


def test_replies_below_ones_comment_are_told_together(
    client: Client, mailoutbox: list[Any]
) -> None:
    place = a_place()
    comment = confirmed(place, client, mailoutbox)
    reply = a_comment(place, "A lot.", parent_id=comment.pk, email="jo@reader.example")
    a_comment(place, "Me too.", parent_id=reply.pk, email="jo@reader.example")
    a_comment(place, "Something else.", email="jo@reader.example")

    assert post.send_waiting(LATER) == 1

    (mail,) = mailoutbox
    assert "A lot." in mail.body
    assert "Me too." in mail.body
    assert "Something else." not in mail.body
    assert "jo@reader.example" not in mail.body
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_next_replies_wait_for_a_digest(client: Client, mailoutbox: list[Any]) -> None:
    place = a_place()
    comment = confirmed(place, client, mailoutbox)
    a_comment(place, "First.", parent_id=comment.pk, email="jo@reader.example")
    post.send_waiting(LATER)
    a_comment(place, "Second.", parent_id=comment.pk, email="jo@reader.example")

    assert post.send_waiting(LATER + timedelta(minutes=10)) == 0
    assert post.send_waiting(LATER + timedelta(minutes=70)) == 1


def test_one_click_ends_it(client: Client, mailoutbox: list[Any]) -> None:
    place = a_place()
    comment = confirmed(place, client, mailoutbox)
    a_comment(place, "First.", parent_id=comment.pk, email="jo@reader.example")
    post.send_waiting(LATER)
    stop = links(mailoutbox[0])[-1]
    assert "No more mail" in client.get(stop).content.decode()

    client.post(stop, {"List-Unsubscribe": "One-Click"})

    assert Subscription.objects.count() == 0
    assert client.get(stop).status_code == 200


@pytest.mark.parametrize("key", ["1-00", "x", "", "1-" + "0" * 32])
def test_a_forged_link_confirms_nothing(client: Client, key: str) -> None:
    a_comment(a_place(), wants_replies=True)

    assert client.post(f"/comments/replies/{key}/confirm/").status_code == 404


def test_a_letter_that_fails_is_tried_again(settings: Any, mailoutbox: list[Any]) -> None:
    a_comment(a_place(), wants_receipt=True)
    settings.EMAIL_BACKEND = "tests.comments.builders.BrokenPost"
    assert post.send_waiting(LATER) == 0

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert post.send_waiting(LATER) == 0
    assert post.send_waiting(LATER + timedelta(minutes=5)) == 1
    assert Letter.objects.get().tries == 2


def test_letters_that_are_due_together_go_through_one_connection(settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.comments.builders.CountingPost"
    CountingPost.begin()
    place = a_place()
    for name in ("ann", "jo", "mia"):
        a_comment(place, email=f"{name}@reader.example", wants_receipt=True)

    assert post.send_waiting(LATER) == 3
    assert (CountingPost.opened, CountingPost.closed) == (1, 1)
    assert post.send_waiting(LATER + timedelta(days=1)) == 0
    assert len(CountingPost.sent) == 3


def test_a_letter_that_is_refused_holds_up_no_other_and_none_goes_twice(settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.comments.builders.CountingPost"
    CountingPost.begin(refuses="jo@reader.example")
    place = a_place()
    for name in ("ann", "jo", "mia"):
        a_comment(place, email=f"{name}@reader.example", wants_receipt=True)

    assert post.send_waiting(LATER) == 2
    post.send_waiting(LATER + timedelta(hours=1))

    assert sorted(CountingPost.sent) == ["ann@reader.example", "mia@reader.example"]
    assert CountingPost.opened == 3  # anew after each refusal that another letter follows


def test_a_server_that_is_away_costs_one_letter_a_try(settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.comments.builders.CountingPost"
    CountingPost.begin(is_away=True)
    place = a_place()
    for name in ("ann", "jo", "mia"):
        a_comment(place, email=f"{name}@reader.example", wants_receipt=True)

    assert post.send_waiting(LATER) == 0

    assert sorted(Letter.objects.values_list("tries", flat=True)) == [0, 0, 1]


def test_a_letter_is_tried_for_a_day_and_who_was_not_asked_is_asked_again(settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.comments.builders.BrokenPost"
    a_comment(a_place(), wants_replies=True)
    tries, now = 0, NOON

    while (letter := Letter.objects.first()) is not None:
        now = max(now, letter.next_try_at)
        post.send_waiting(now)
        tries += 1

    assert tries == MOST_TRIES
    assert timedelta(days=1) < now - NOON < timedelta(days=2)
    assert Subscription.objects.get().asked_at is None


def test_replies_that_wait_for_a_digest_hold_up_no_other_mail(
    client: Client, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "AT_ONCE", 1)
    place = a_place()
    comment = confirmed(place, client, mailoutbox)
    a_comment(place, "First.", parent_id=comment.pk, email="jo@reader.example")
    post.send_waiting(LATER)
    a_comment(place, "Second.", parent_id=comment.pk, email="jo@reader.example")
    a_comment(place, "Elsewhere.", email="ann@reader.example", wants_receipt=True)

    assert post.send_waiting(LATER + timedelta(minutes=10)) == 1
    assert mailoutbox[-1].to == ["ann@reader.example"]
