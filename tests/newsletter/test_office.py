"""The newsletter in the editor."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import ModelLogEntry

from broadsheet.newsletter import dispatch, editions, subscriber_files
from broadsheet.newsletter.models import Confirmation, Edition, Subscriber
from tests import builders
from tests.clock import NOON

from .builders import an_edition, offered, subscribers

EDITIONS = "/editor/snippets/newsletter/edition/"


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_superuser("chief", "chief@paper.example"))
    return client


def test_an_edition_is_written_previewed_tested_and_sent(
    editor: Client, mailoutbox: list[Any]
) -> None:
    offered()
    article = builders.an_article("Orchard in bloom")
    written = {
        "subject": "The week",
        "introduction": "",
        "selection": "CURATED",
        "chosen-TOTAL_FORMS": "1",
        "chosen-INITIAL_FORMS": "0",
        "chosen-0-article": str(article.pk),
        "chosen-0-ORDER": "1",
    }
    previewed = editor.post(f"{EDITIONS}preview/", written)
    assert previewed.json()["is_valid"]
    for mode in ("html", "text"):
        shown = editor.get(f"{EDITIONS}preview/", {"mode": mode})
        assert "Orchard in bloom" in shown.text
        assert shown["X-Frame-Options"] == "SAMEORIGIN"

    office = editor.post(f"{EDITIONS}add/", written).headers["Location"]
    assert f'src="{office}letter/html/"' in editor.get(office).text
    assert 'value="now" formnovalidate' in editor.get(office).text  # it needs no time
    for part in ("html", "text"):
        assert "Orchard in bloom" in editor.get(f"{office}letter/{part}/").text
    editor.post(f"{office}test/", {"email": "chief@paper.example"})
    assert mailoutbox.pop().to == ["chief@paper.example"]
    editor.post(f"{office}act/", {"action": "now"})

    edition = Edition.objects.get()
    assert edition.status == Edition.Status.SCHEDULED
    assert edition.scheduled_at is not None
    subscribers(2)
    dispatch.send_waiting(edition.scheduled_at)
    assert len(mailoutbox) == 2
    assert "Sent" in editor.get(office).text
    assert editor.get(f"{EDITIONS}edit/{edition.pk}/").headers["Location"] == office


def test_an_empty_edition_is_not_sent_and_what_is_over_cannot_be_cancelled(editor: Client) -> None:
    edition = an_edition(introduction="")
    act = f"/editor/newsletter/{edition.pk}/act/"

    said = editor.post(act, {"action": "now"}, follow=True).text
    assert "nothing in this edition" in said
    assert "not possible" in editor.post(act, {"action": "cancel"}, follow=True).text
    assert Edition.objects.get().status == Edition.Status.DRAFT


def test_who_may_not_send_does_not(client: Client, db: None) -> None:
    edition = an_edition()
    client.force_login(User.objects.create_user("guest"))

    client.post(f"/editor/newsletter/{edition.pk}/act/", {"action": "now"})

    assert Edition.objects.get().status == Edition.Status.DRAFT
    assert "mail.example" not in client.get("/editor/newsletter/subscribers/export/").text


def test_subscribers_go_out_and_come_in(editor: Client) -> None:
    subscribers(2)
    subscribers_file = editor.get("/editor/newsletter/subscribers/export/").content
    Subscriber.objects.all().delete()
    file = SimpleUploadedFile("subscribers.csv", subscribers_file)

    editor.post("/editor/newsletter/subscribers/", {"file": file, "have_agreed": "on"})

    kept = Subscriber.objects.values_list("email", "status")
    assert list(kept) == [(f"reader-{n}@mail.example", "CONFIRMED") for n in range(2)]


def test_an_editor_who_deletes_a_subscriber_leaves_no_address_in_the_log(editor: Client) -> None:
    (reader,) = subscribers()

    editor.post(f"/editor/snippets/newsletter/subscriber/delete/{reader.pk}/")

    assert not Subscriber.objects.exists()
    assert not ModelLogEntry.objects.filter(label__contains="@").exists()


@pytest.mark.django_db
def test_who_did_not_agree_elsewhere_is_asked_and_who_is_known_stays_as_they_are() -> None:
    (known,) = subscribers()
    rows = subscriber_files.read(f"New@mail.example\n{known.email}\n\n")

    assert subscriber_files.keep(rows, site=builders.the_site(), have_agreed=False, now=NOON) == 1

    assert Confirmation.objects.get().subscriber.email == "new@mail.example"
    known.refresh_from_db()
    assert known.status == Subscriber.Status.CONFIRMED


def test_a_file_with_a_mistake_says_where() -> None:
    with pytest.raises(subscriber_files.UnreadableSubscribers) as caught:
        subscriber_files.read("email,name\nmira@reader.example,Mira\nnobody,Jo\n")

    assert caught.value.line == 3


@pytest.mark.django_db
def test_progress_is_one_query(django_assert_num_queries: Any) -> None:
    edition = an_edition()
    subscribers(3)
    editions.schedule(edition.pk, at=NOON)
    editions.begin(edition.pk, now=NOON)

    with django_assert_num_queries(1):
        assert editions.progress(edition.pk).waiting == 3
