"""A moderator at the desk."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from broadsheet.comments import actions
from broadsheet.comments.models import Event, ReaderComment, Report, Status
from broadsheet.learning.models import Decision, LoggedJudgement
from broadsheet.spam import Clue, Judgement
from tests.clock import NOON

from .builders import FilterThatSays, a_comment, a_draft, a_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client: Client) -> User:
    user = User.objects.create_user("mo")
    user.user_permissions.set(Permission.objects.filter(codename__in=["moderate", "access_admin"]))
    client.force_login(user)
    return user


def decide(client: Client, comment: ReaderComment, decision: str) -> None:
    answer = client.post(
        "/editor/comments/decide/", {"comment": comment.pk, "decision": decision, "pile": "HELD"}
    )
    assert answer.status_code == 302


def test_what_is_approved_appears_and_is_a_lesson(client: Client, moderator: User) -> None:
    place = a_place()
    held = a_comment(place, "Waiting for you.", judgement=Judgement.UNSURE)
    assert "Waiting for you." in client.get("/editor/comments/").content.decode()

    decide(client, held, "PUBLISHED")

    assert "Waiting for you." in client.get(place.url).content.decode()
    assert LoggedJudgement.objects.get().decision == Decision.HAM
    assert Event.objects.get().by == moderator


def test_spam_is_a_lesson_and_a_rejection_is_none(client: Client, moderator: User) -> None:
    place = a_place()
    spam = a_comment(place, "Buy now.", judgement=Judgement.UNSURE)
    rude = a_comment(place, "You fool.", judgement=Judgement.UNSURE)

    decide(client, spam, "SPAM")
    decide(client, rude, "REJECTED")

    decisions = dict(LoggedJudgement.objects.values_list("submission__text", "decision"))
    assert decisions == {"Buy now.": Decision.SPAM, "You fool.": Decision.NONE}


def test_any_decision_can_be_undone(client: Client, moderator: User) -> None:
    place = a_place()
    held = a_comment(place, judgement=Judgement.UNSURE)

    decide(client, held, "PUBLISHED")
    decide(client, held, "UNDO")

    held.refresh_from_db()
    assert held.status == Status.HELD
    assert LoggedJudgement.objects.get().decision == Decision.NONE
    assert "ferry was late" not in client.get(place.url).content.decode()


def test_what_is_undone_is_as_it_was_with_its_reports_and_teaches_nothing(moderator: User) -> None:
    shown = a_comment(a_place())
    report = Report.objects.create(comment=shown, reason="OTHER", created_at=NOON)
    act = partial(actions.decide, comment_id=shown.pk, by=moderator)

    act(status=Status.PUBLISHED, now=NOON + timedelta(minutes=1))
    report.refresh_from_db()
    assert report.closed_at
    actions.undo(comment_id=shown.pk, by=moderator, now=NOON + timedelta(minutes=2))
    report.refresh_from_db()
    assert report.closed_at is None

    act(status=Status.SPAM, now=NOON + timedelta(minutes=3))
    undone = actions.undo(comment_id=shown.pk, by=moderator, now=NOON + timedelta(minutes=4))
    assert undone.status == Status.PUBLISHED
    assert LoggedJudgement.objects.get().decision == Decision.NONE


def test_who_was_rejected_silently_hears_nothing_of_a_decision_that_was_undone(
    moderator: User,
) -> None:
    blocked = a_comment(a_place())
    ReaderComment.objects.filter(pk=blocked.pk).update(status=Status.REJECTED, silently=True)
    actions.decide(comment_id=blocked.pk, status=Status.PUBLISHED, by=moderator, now=NOON)

    undone = actions.undo(comment_id=blocked.pk, by=moderator, now=NOON + timedelta(minutes=1))

    assert (undone.status, undone.silently) == (Status.REJECTED, True)
    undone.refresh_from_db()
    assert undone.silently


def test_the_second_decision_undone_is_the_first_again(moderator: User) -> None:
    held = a_comment(a_place(), judgement=Judgement.UNSURE)
    for minutes, status in enumerate((Status.PUBLISHED, Status.SPAM)):
        now = NOON + timedelta(minutes=minutes)
        actions.decide(comment_id=held.pk, status=status, by=moderator, now=now)

    undone = actions.undo(comment_id=held.pk, by=moderator, now=NOON + timedelta(minutes=5))

    assert undone.status == Status.PUBLISHED
    assert LoggedJudgement.objects.get().decision == Decision.HAM


def test_a_comment_that_is_named_twice_is_undone_once(client: Client, moderator: User) -> None:
    comment = a_comment(a_place(), judgement=Judgement.UNSURE)
    for decision in ("SPAM", "PUBLISHED"):
        decide(client, comment, decision)

    client.post(
        "/editor/comments/decide/", {"comment": [comment.pk, comment.pk], "decision": "UNDO"}
    )

    comment.refresh_from_db()
    assert comment.status == Status.SPAM


def test_what_its_author_took_back_stays_so(client: Client, moderator: User) -> None:
    held = a_comment(a_place(), judgement=Judgement.UNSURE)
    decide(client, held, "PUBLISHED")
    actions.withdraw(comment_id=held.pk, now=NOON)

    for decision in ("PUBLISHED", "UNDO"):
        decide(client, held, decision)
        held.refresh_from_db()
        assert held.status == Status.WITHDRAWN
    assert 'value="PUBLISHED" data-key' not in client.get("/editor/comments/?pile=WITHDRAWN").text


def test_who_confirms_what_the_filter_did_teaches_it(client: Client, moderator: User) -> None:
    spam = a_comment(a_place(), "Buy now.", judgement=Judgement.SPAM)

    for _ in range(2):
        decide(client, spam, "SPAM")

    assert LoggedJudgement.objects.get().decision == Decision.SPAM
    assert Event.objects.count() == 1


def test_the_clues_are_marked_in_the_text(client: Client, moderator: User) -> None:
    clue = Clue("words: “late”", 2.0, ((14, 18),))
    actions.submit(
        place=a_place(),
        draft=a_draft("The ferry was late <b>again</b>."),
        spam_filter=FilterThatSays(Judgement.UNSURE, (clue,)),
        now=NOON,
    )

    page = client.get("/editor/comments/").content.decode()

    assert '<mark class="clue-spam">late</mark> &lt;b&gt;again' in page


def test_many_are_decided_at_once(client: Client, moderator: User) -> None:
    place = a_place()
    held = [a_comment(place, f"No. {n}", judgement=Judgement.UNSURE) for n in range(3)]

    answer = client.post(
        "/editor/comments/decide/",
        {"comment": [comment.pk for comment in held], "decision": "SPAM"},
        headers={"Accept": "application/json"},
    )

    assert answer.json()["counts"] == {"SPAM": 3, "REPORTED": 0, "APPEALED": 0}


def test_only_moderators_come_in(client: Client) -> None:
    held = a_comment(a_place(), judgement=Judgement.UNSURE)
    editor = User.objects.create_user("ed")
    editor.user_permissions.set(Permission.objects.filter(codename="access_admin"))

    for user in (None, editor):
        if user:
            client.force_login(user)
        assert "ferry" not in client.get("/editor/comments/", follow=True).content.decode()
        client.post("/editor/comments/decide/", {"comment": held.pk, "decision": "PUBLISHED"})

    held.refresh_from_db()
    assert held.status == Status.HELD


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param({"decision": "PUBLISHED"}, id="no comment"),
        pytest.param(
            {"comment": "1", "decision": "ERASED"}, id="a decision that is not the desk's"
        ),
        pytest.param({"comment": "x", "decision": "SPAM"}, id="no number"),
        pytest.param({"comment": "9" * 30, "decision": "SPAM"}, id="a number without end"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(
    client: Client, moderator: User, sent: dict[str, str]
) -> None:
    assert client.post("/editor/comments/decide/", sent).status_code == 400


def test_the_desk_does_not_query_for_each_card(
    client: Client, moderator: User, django_assert_max_num_queries: object
) -> None:
    place = a_place()
    for number in range(3):
        a_comment(place, f"No. {number}", judgement=Judgement.UNSURE)
    client.get("/editor/comments/")
    with django_assert_max_num_queries(40) as few:  # type: ignore[operator]
        client.get("/editor/comments/")
    for number in range(3, 12):
        a_comment(place, f"No. {number}", judgement=Judgement.UNSURE)

    with django_assert_max_num_queries(len(few)):  # type: ignore[operator]
        client.get("/editor/comments/")
