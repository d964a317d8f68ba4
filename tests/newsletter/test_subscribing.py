"""A reader asks, confirms, and leaves."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from broadsheet.comments.limits import TooMany
from broadsheet.newsletter import dispatch, forms, keys, subscribing
from broadsheet.newsletter.models import Confirmation, Subscriber
from tests import builders
from tests.clock import NOON

from .builders import a_sent_letter, links, offered, subscribers

pytestmark = pytest.mark.django_db
MIRA = "mira@reader.example"


def send(client: Client, page: str, **fields: str) -> Any:
    """Fill in the form as it is on `page`, and send it."""
    stamp = re.search(r'name="stamp" value="([^"]+)"', client.get(page).text)
    assert stamp is not None
    return client.post("/newsletter/", {"email": MIRA, "stamp": stamp[1]} | fields)


def test_who_subscribes_at_an_articles_end_is_asked_by_a_letter_and_confirms(
    client: Client, mailoutbox: list[Any]
) -> None:
    offered(promise="Each Friday")
    article = builders.an_article()
    page = client.get(article.get_url()).text
    assert "Each Friday" in page
    assert client.get("/newsletter/").status_code == 200

    assert send(client, article.get_url()).status_code == 200
    dispatch.send_waiting(subscribing_time())
    (link,) = links(mailoutbox[0])
    assert client.get(link).status_code == 200
    assert Subscriber.objects.get().status == Subscriber.Status.ASKED  # opening confirms nothing
    client.post(link)

    assert Subscriber.objects.get().status == Subscriber.Status.CONFIRMED


def subscribing_time() -> Any:
    return Confirmation.objects.get().created_at


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        pytest.param({"topic": "pills"}, 200, id="who fills in the hidden field is told nothing"),
        pytest.param({"stamp": "made-up"}, 422, id="a form that was not made here"),
        pytest.param({"email": "mira"}, 422, id="no address"),
    ],
)
def test_nothing_is_kept_of_what_no_reader_sends(
    client: Client, fields: dict[str, str], status: int
) -> None:
    offered()

    assert send(client, builders.an_article().get_url(), **fields).status_code == status

    assert not Subscriber.objects.exists()


def test_a_form_that_is_sent_at_once_was_filled_in_by_no_person(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "FASTEST", 3600.0)  # on any machine, this test is faster
    offered()

    assert send(client, "/newsletter/").status_code == 200

    assert not Subscriber.objects.exists()


def test_a_letter_that_waits_is_not_forgotten_but_from_where_it_was_asked_is() -> None:
    offered()
    subscribing.ask(MIRA, site=builders.the_site(), address="192.0.2.1", now=NOON)

    subscribing.forget(NOON + timedelta(hours=25))

    waiting = Confirmation.objects.get()
    assert (waiting.network, waiting.address_hash) == ("", "")
    Confirmation.objects.update(sent_at=NOON)
    subscribing.forget(NOON + timedelta(hours=25))
    assert not Confirmation.objects.exists()


def test_confirmations_keep_the_pace_that_the_owner_has_set(mailoutbox: list[Any]) -> None:
    offered(per_minute=2)
    for number in range(3):
        subscribing.ask(f"{number}@mail.example", site=builders.the_site(), address="", now=NOON)

    dispatch.send_waiting(NOON)
    dispatch.send_waiting(NOON + timedelta(seconds=30))
    assert len(mailoutbox) == 2
    dispatch.send_waiting(NOON + timedelta(seconds=90))
    assert len(mailoutbox) == 3


def test_without_a_newsletter_there_is_no_trace_of_one(client: Client) -> None:
    article = builders.an_article()

    assert "ewsletter" not in client.get(article.get_url()).text
    assert client.get("/newsletter/").status_code == 404
    assert client.post("/newsletter/", {"email": MIRA}).status_code == 404


def test_one_place_cannot_ask_for_many_and_nobody_mails_a_stranger_again_and_again() -> None:
    for _ in range(subscribing.PER_DAY + 1):
        subscribing.ask(MIRA, site=builders.the_site(), address="", now=NOON)
    assert Confirmation.objects.count() == subscribing.PER_DAY

    for number in range(subscribing.PER_HOUR):
        subscribing.ask(
            f"{number}@mail.example", site=builders.the_site(), address="192.0.2.1", now=NOON
        )
    with pytest.raises(TooMany):
        subscribing.ask(
            "last@mail.example", site=builders.the_site(), address="192.0.2.1", now=NOON
        )


def test_a_late_confirmation_is_refused_and_who_never_confirmed_is_forgotten(
    client: Client,
) -> None:
    subscribing.ask(MIRA, site=builders.the_site(), address="192.0.2.1", now=NOON)
    link = keys.confirm_url(Subscriber.objects.get(), now=NOON)  # NOON is long ago

    assert client.post("/" + link.split("/", 3)[3]).status_code == 410
    subscribing.forget(NOON + keys.VALID_FOR - timedelta(minutes=1))
    assert Subscriber.objects.exists()
    subscribing.forget(NOON + keys.VALID_FOR + timedelta(minutes=1))
    assert not Subscriber.objects.exists()


def test_who_has_subscribed_and_asks_again_is_told_so_by_letter_only(mailoutbox: list[Any]) -> None:
    offered()
    (reader,) = subscribers()

    subscribing.ask(reader.email.upper(), site=builders.the_site(), address="", now=NOON)
    dispatch.send_waiting(NOON)

    assert "already" in mailoutbox[0].subject
    assert keys.stop_url(reader.pk).endswith(links(mailoutbox[0])[0])


def test_one_click_unsubscribes_and_erases(client: Client) -> None:
    letter = a_sent_letter()
    stop = letter.extra_headers["List-Unsubscribe"].strip("<>")
    path = "/" + stop.split("/", 3)[3]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "The week" in client.get(path + "export/").text
    client.get(path)
    assert Subscriber.objects.exists()  # opening the link ends nothing

    answer = client.post(path, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert not Subscriber.objects.exists()
    assert client.post(path).status_code == 200  # a second time, too


def test_nobody_can_end_anothers_letters(client: Client) -> None:
    a, b = (keys.stop_url(reader.pk).rsplit("/", 2)[1] for reader in subscribers(2))

    client.post(f"/newsletter/stop/{a.partition('-')[0]}-{b.partition('-')[2]}/")

    assert Subscriber.objects.count() == 2
