"""An edition goes out: composed once, each letter once, whatever happens in between."""

import smtplib
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from broadsheet.newsletter import composing, dispatch, editions
from broadsheet.newsletter.models import Delivery, Edition, EditionArticle, Subscriber
from tests import builders
from tests.clock import NOON

from .builders import Killed, MailServer, a_sent_letter, an_edition, offered, refused, subscribers

pytestmark = pytest.mark.django_db
SOON = NOON + timedelta(minutes=1)
State, Status = Delivery.State, Edition.Status


def scheduled(**fields: Any) -> Edition:
    edition = an_edition(**fields)
    editions.schedule(edition.pk, at=NOON)
    return edition


def state_of(edition: Edition) -> str:
    edition.refresh_from_db()
    return edition.status


def test_a_letter_has_the_articles_in_both_parts_and_loads_nothing() -> None:
    article = builders.an_article("Ferry <returns>", by=("Amal Haddad",), standfirst="At last.")

    letter = a_sent_letter()

    html = str(letter.alternatives[0][0])
    assert "Ferry &lt;returns&gt;" in html
    assert "<em>it rained</em>" in html
    for part in (html, str(letter.body)):
        assert article.get_url() in part
        assert "Amal Haddad" in part
        assert "/newsletter/stop/" in part
    assert "src=" not in html
    assert "url(" not in html


def test_an_automatic_edition_has_what_came_since_the_last_one() -> None:
    builders.an_article("Old", minutes_ago=20)
    last = an_edition(subject="Last")
    Edition.objects.filter(pk=last.pk).update(started_at=NOON - timedelta(minutes=15))
    builders.an_article("Newer", minutes_ago=10)
    builders.an_article("Newest", minutes_ago=5)
    builders.an_article("Draft", live=False)

    found = composing.articles(an_edition(), now=NOON)

    assert [article.title for article in found] == ["Newest", "Newer"]


def test_a_curated_edition_has_what_was_chosen_in_its_order() -> None:
    chosen = [builders.an_article(title) for title in ("Tide", "Lantern", "Orchard")]
    chosen[1].unpublish()
    edition = an_edition(selection=Edition.Selection.CURATED)
    edition.chosen.set(EditionArticle(article=article) for article in reversed(chosen))

    found = composing.articles(edition, now=NOON)

    assert [article.title for article in found] == ["Orchard", "Tide"]


def test_only_who_confirmed_gets_it_and_what_is_sent_is_what_was_composed(
    mailoutbox: list[Any],
) -> None:
    subscribers(2)
    Subscriber.objects.create(email="asked@mail.example", asked_at=NOON)
    edition = scheduled()
    dispatch.send_waiting(NOON - timedelta(seconds=1))
    assert state_of(edition) == Status.SCHEDULED

    dispatch.send_waiting(NOON)

    assert Counter(mail.to[0] for mail in mailoutbox) == {
        "reader-0@mail.example": 1,
        "reader-1@mail.example": 1,
    }
    assert len({mail.extra_headers["Message-ID"] for mail in mailoutbox}) == 2
    assert state_of(edition) == Status.SENT
    dispatch.send_waiting(SOON)
    assert len(mailoutbox) == 2


def test_nothing_is_sent_when_nothing_was_published_meanwhile(mailoutbox: list[Any]) -> None:
    subscribers()
    edition = scheduled(introduction="")

    assert dispatch.send_waiting(NOON) == 0

    assert state_of(edition) == Status.DRAFT
    assert mailoutbox == []


def test_the_pace_is_the_owners(mail_server: type[MailServer]) -> None:
    subscribers(5)
    edition = scheduled()
    offered(per_minute=2)

    assert [dispatch.send_waiting(NOON) for _ in range(2)] == [2, 0]
    assert dispatch.send_waiting(SOON + timedelta(seconds=1)) == 2
    assert editions.progress(edition.pk).waiting == 1


def test_who_is_killed_while_sending_sends_nothing_twice(mail_server: type[MailServer]) -> None:
    readers = [reader.email for reader in subscribers(5)]
    edition = scheduled()
    mail_server.says[readers[2]] = Killed()
    with pytest.raises(Killed):
        dispatch.send_waiting(NOON)
    mail_server.says.clear()

    dispatch.send_waiting(SOON)

    assert sorted(mail_server.taken) == sorted({*readers} - {readers[2]})
    assert editions.progress(edition.pk).unclear == 1
    later = NOON + editions.UNCLEAR_AFTER + timedelta(minutes=1)
    assert editions.try_again(edition.pk, now=later) == 1
    dispatch.send_waiting(later)
    assert sorted(mail_server.taken) == readers
    assert state_of(edition) == Status.SENT


def test_a_server_that_is_down_costs_no_letter(mail_server: type[MailServer]) -> None:
    (reader,) = subscribers()
    edition = scheduled()
    mail_server.says[reader.email] = smtplib.SMTPSenderRefused(451, b"not now", "paper")
    assert dispatch.send_waiting(NOON) == 0
    assert "not now" in Edition.objects.get().trouble
    mail_server.says.clear()

    assert dispatch.send_waiting(NOON) == 0  # a while must pass
    assert dispatch.send_waiting(SOON) == 1
    assert state_of(edition) == Status.SENT


@pytest.mark.parametrize(
    ("code", "state", "status"),
    [
        pytest.param(550, State.BOUNCED, Subscriber.Status.BOUNCED, id="for good"),
        pytest.param(450, State.WAITING, Subscriber.Status.CONFIRMED, id="for now"),
    ],
)
def test_an_address_that_the_server_refuses_stops_nobody_elses_letter(
    mail_server: type[MailServer], code: int, state: str, status: str
) -> None:
    first, second = subscribers(2)
    scheduled()
    mail_server.says[first.email] = refused(first.email, code)

    dispatch.send_waiting(NOON)

    assert mail_server.taken == [second.email]
    assert Delivery.objects.get(subscriber=first).state == state
    assert Subscriber.objects.get(pk=first.pk).status == status


def test_pausing_going_on_and_cancelling(mail_server: type[MailServer]) -> None:
    subscribers(3)
    edition = scheduled()
    offered(per_minute=1)
    dispatch.send_waiting(NOON)
    editions.pause(edition.pk)
    later = NOON + timedelta(minutes=5)

    assert dispatch.send_waiting(later) == 0
    editions.resume(edition.pk)
    assert dispatch.send_waiting(later) == 1
    editions.cancel(edition.pk, now=later)
    assert dispatch.send_waiting(later + timedelta(minutes=5)) == 0
    assert editions.progress(edition.pk).left_out == 1
    with pytest.raises(editions.NotNow):
        editions.schedule(edition.pk, at=later)


def test_who_unsubscribes_meanwhile_gets_no_letter(mail_server: type[MailServer]) -> None:
    first, second = subscribers(2)
    edition = scheduled()
    editions.begin(edition.pk, now=NOON)
    first.delete()

    dispatch.send_waiting(NOON)

    assert mail_server.taken == [second.email]
    assert editions.progress(edition.pk).left_out == 1


def test_who_is_told_to_stop_begins_no_further_letter(mail_server: type[MailServer]) -> None:
    subscribers(3)
    scheduled()

    dispatch.send_waiting(NOON, is_stopping=lambda: len(mail_server.taken) > 0)

    assert len(mail_server.taken) == 1


def test_one_reader_who_is_to_wait_holds_up_no_other_edition(
    mail_server: type[MailServer],
) -> None:
    first, second = subscribers(2)
    scheduled(subject="The week")
    mail_server.says[first.email] = refused(first.email, 450)
    dispatch.send_waiting(NOON)
    following = scheduled(subject="The day")
    mail_server.says.clear()

    dispatch.send_waiting(NOON + timedelta(seconds=30))

    assert state_of(following) == Status.SENT
    assert Counter(mail_server.taken) == {first.email: 1, second.email: 2}
