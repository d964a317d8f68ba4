"""Letters that come back."""

import io
import mailbox
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command

from broadsheet.newsletter import bounces, dispatch, dsn, editions
from broadsheet.newsletter.models import Delivery, Subscriber
from tests.clock import NOON

from .builders import a_sent_letter, an_edition
from .reports import a_report

pytestmark = pytest.mark.django_db
Status = Subscriber.Status


def number_of_the_letter() -> str:
    return str(mail.outbox[-1].extra_headers["Message-ID"])


def read(*arguments: str) -> str:
    out = io.StringIO()
    call_command("newsletter_bounces", *arguments, stdout=out)
    return out.getvalue()


def test_a_dead_address_gets_no_more_letters(tmp_path: Path) -> None:
    a_sent_letter()
    box = mailbox.Maildir(tmp_path / "bounces")
    box.add(a_report(number_of_the_letter(), status="5.1.1"))
    box.add(b"Subject: I am on holiday\n\nBack on Monday.\n")

    assert read(str(tmp_path / "bounces"), "--remove") == "1 letters came back.\n"

    assert Subscriber.objects.get().status == Status.BOUNCED
    assert "no such user" in Subscriber.objects.get().bounce
    assert len(box) == 1  # the other mail stays


def test_a_report_is_read_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    a_sent_letter()
    report = io.BytesIO(a_report(number_of_the_letter()))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(report))

    assert read() == "1 letters came back.\n"


def test_a_forged_report_harms_nobody() -> None:
    a_sent_letter()
    genuine = number_of_the_letter()
    forged = genuine[:-20] + "0000" + genuine[-16:]
    assert forged != genuine

    for number in (forged, "<newsletter.1.x@paper>", "<hello@mail.example>"):
        bounce = dsn.bounce_in(a_report(number))
        assert bounce is not None
        assert not bounces.note(bounce)

    assert Subscriber.objects.get().status == Status.CONFIRMED


def test_a_full_mailbox_is_dead_only_when_it_stays_full() -> None:
    a_sent_letter()
    for week in range(1, bounces.MOST_SOFT + 1):
        assert Subscriber.objects.get().status == Status.CONFIRMED
        for _ in range(2):  # a report that is read twice counts once
            bounces.note(dsn.Bounce(number_of_the_letter(), "5.2.2", "mailbox full"))
        edition = an_edition()
        editions.schedule(edition.pk, at=NOON + timedelta(weeks=week))
        dispatch.send_waiting(NOON + timedelta(weeks=week))

    assert Subscriber.objects.get().status == Status.BOUNCED
    assert Delivery.objects.filter(state=Delivery.State.BOUNCED).count() == bounces.MOST_SOFT
