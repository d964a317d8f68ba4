"""What an author can do with the private link."""

import json
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from broadsheet.comments import actions, authors, receipts
from broadsheet.comments.models import Appeal, Event, Letter, ReaderComment, Status
from broadsheet.learning.models import LoggedJudgement
from broadsheet.spam import Judgement
from tests.clock import NOON

from .builders import FilterThatSays, a_comment, a_draft, a_place

pytestmark = pytest.mark.django_db


def link(comment: ReaderComment, way: str = "") -> str:
    return receipts.url_of(comment) + way


def test_an_author_changes_the_text_within_the_window() -> None:
    place = a_place()
    comment = a_comment(place, "With a tpyo.")

    changed = actions.edit(
        comment=comment,
        draft=a_draft("With a typo."),
        place=place,
        spam_filter=FilterThatSays(Judgement.HAM),
        now=NOON + timedelta(minutes=5),
    )

    assert "With a typo." in changed.html
    assert changed.revisions.get().text == "With a tpyo."
    assert changed.status == Status.PUBLISHED


def test_a_changed_text_that_may_be_published_is_followed_by_what_follows_a_new_one() -> None:
    place = a_place()
    held = a_comment(place, "Harmles.", judgement=Judgement.UNSURE, wants_replies=True)
    change = partial(actions.edit, place=place, spam_filter=FilterThatSays(Judgement.HAM), now=NOON)

    changed = change(comment=held, draft=a_draft("Harmless."))

    assert changed.status == Status.PUBLISHED
    event = changed.events.get()
    assert (event.before, event.after, event.by) == (Status.HELD, Status.PUBLISHED, None)
    assert Letter.objects.get().kind == Letter.Kind.CONFIRM
    actions.decide(comment_id=held.pk, status=Status.REJECTED, by=None, now=NOON)
    with pytest.raises(authors.NotNow):  # decided while the author was writing
        change(comment=held, draft=a_draft("Harmless?"))


def test_a_comment_is_not_changed_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_REVISIONS", 2)
    place = a_place()
    comment = a_comment(place)
    change = partial(
        actions.edit,
        comment=comment, place=place, spam_filter=FilterThatSays(Judgement.HAM), now=NOON,
    )  # fmt: skip

    change(draft=a_draft("One."))
    change(draft=a_draft("Two."))
    with pytest.raises(authors.NotNow):
        change(draft=a_draft("Three."))


def test_a_changed_text_is_judged_again(client: Client) -> None:
    place = a_place()
    comment = a_comment(place, "Harmless.")

    changed = actions.edit(
        comment=comment,
        draft=a_draft("Buy now."),
        place=place,
        spam_filter=FilterThatSays(Judgement.SPAM),
        now=NOON,
    )

    assert changed.status == Status.SPAM
    page = client.get(place.url).content.decode()
    assert "Harmless." not in page
    assert "Buy now." not in page


def test_the_window_closes(client: Client) -> None:
    comment = a_comment(a_place())  # at NOON, long before the test's own clock

    answer = client.post(link(comment, "edit/"), {"text": "Too late."})

    assert answer.status_code == 403
    assert not authors.can_edit(
        comment, settings=a_place_settings(), now=NOON + timedelta(minutes=15)
    )
    assert authors.can_edit(comment, settings=a_place_settings(), now=NOON + timedelta(minutes=14))


def a_place_settings() -> object:
    from broadsheet.comments.models import CommentSettings  # noqa: PLC0415

    return CommentSettings()


def test_what_was_refused_can_be_appealed_once(client: Client) -> None:
    comment = a_comment(a_place(), judgement=Judgement.SPAM)

    client.post(link(comment, "appeal/"), {"text": "I am no robot."})
    again = client.post(link(comment, "appeal/"), {"text": "Really."})

    assert Appeal.objects.get().text == "I am no robot."
    assert again.status_code == 403
    assert "I am no robot." in client.get(link(comment)).content.decode()


def test_a_published_comment_has_nothing_to_appeal(client: Client) -> None:
    comment = a_comment(a_place())

    assert client.post(link(comment, "appeal/"), {"text": "Hm."}).status_code == 403


def test_a_text_runs_as_it_was_typed(client: Client) -> None:
    held = a_comment(a_place(), "مرحبا, said the captain.", judgement=Judgement.UNSURE)

    page = client.get(link(held)).content.decode()

    assert '<blockquote class="receipt-text" dir="auto">' in page


def test_the_receipt_tells_the_moderators_reason(client: Client) -> None:
    comment = a_comment(a_place())
    actions.decide(
        comment_id=comment.pk, status=Status.REJECTED, by=None, now=NOON, reason="It insults."
    )

    assert "It insults." in client.get(link(comment)).content.decode()


def test_the_export_holds_all_that_is_stored(client: Client) -> None:
    comment = a_comment(a_place(), user_agent="Test/1.0", web_address="https://mira.example")

    answer = client.get(link(comment, "export/"))

    data = json.loads(answer.content)
    assert data["comment"]["email"] == "mira@reader.example"
    assert data["comment"]["network"] == "203.0.113.0/24"
    assert data["comment"]["user_agent"] == "Test/1.0"
    assert data["filter"][0]["submission"]["text"] == comment.text
    columns = {field.attname for field in ReaderComment._meta.concrete_fields}
    assert columns == set(data["comment"])
    assert "no-store" in answer["Cache-Control"]


def test_the_export_leaves_out_no_table_that_knows_the_comment(client: Client) -> None:
    """A new table has to be thought about here: what it knows of an author is exported, and erased."""
    place = a_place()
    comment = a_comment(place, "With a tpyo.", wants_receipt=True, wants_replies=True)
    spam = FilterThatSays(Judgement.SPAM)
    draft = a_draft("With a typo.")
    actions.edit(comment=comment, draft=draft, place=place, spam_filter=spam, now=NOON)
    authors.appeal(comment_id=comment.pk, text="I am a person.", now=NOON)

    data = json.loads(client.get(link(comment, "export/")).content)

    assert data["revisions"][0]["text"] == "With a tpyo."
    assert data["appeals"][0]["text"] == "I am a person."
    assert data["replies_by_email"][0]["email"] == "mira@reader.example"
    assert [mail["kind"] for mail in data["mails"]] == ["RECEIPT", "CONFIRM"]
    assert [row["submission"]["text"] for row in data["filter"]] == ["With a tpyo.", "With a typo."]
    fields = ReaderComment._meta.get_fields(include_hidden=True)
    known = {
        field.related_model.__name__
        for field in fields
        if field.one_to_many or (field.one_to_one and field.auto_created)
    }
    of_others = {"Report", "ReaderComment"}  # replies
    assert known - of_others == {"Revision", "Event", "Appeal", "Subscription", "Letter"}


def test_erasing_needs_to_be_sure(client: Client) -> None:
    comment = a_comment(a_place())

    assert client.post(link(comment, "erase/")).status_code == 422
    assert client.post(link(comment, "erase/"), {"sure": "on"}).status_code == 200

    comment.refresh_from_db()
    assert comment.status == Status.ERASED
    assert comment.text == comment.author == comment.email == comment.html == ""
    assert LoggedJudgement.objects.get().submission is None


def test_an_erased_comment_has_no_receipt(client: Client) -> None:
    comment = a_comment(a_place())
    old_link = link(comment)
    authors.erase(comment_ids=[comment.pk], unlearn=False, now=NOON)

    assert client.get(old_link).status_code == 404


def test_nobody_can_publish_what_was_erased() -> None:
    comment = a_comment(a_place())
    authors.erase(comment_ids=[comment.pk], unlearn=False, now=NOON)

    decided = actions.decide(comment_id=comment.pk, status=Status.PUBLISHED, by=None, now=NOON)

    assert decided.status == Status.ERASED


def test_a_receipt_can_be_revoked(client: Client) -> None:
    comment = a_comment(a_place())

    answer = client.post(link(comment, "revoke/"))

    assert client.get(link(comment)).status_code == 404
    assert client.get(answer["Location"]).status_code == 200


def test_withdrawing_is_written_down() -> None:
    comment = a_comment(a_place())

    actions.withdraw(comment_id=comment.pk, now=NOON)

    event = Event.objects.get()
    assert (event.before, event.after, event.by) == (Status.PUBLISHED, Status.WITHDRAWN, None)
