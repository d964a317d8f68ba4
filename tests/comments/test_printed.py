"""A printed page whose discussion is brought up to date is the page that would be printed anew."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from broadsheet.comments import actions, printed, sheets
from broadsheet.comments.models import Status
from broadsheet.comments.places import Place
from broadsheet.newsroom.models import ArticlePage
from tests.clock import NOON

from .builders import a_comment, a_place, some_comments

pytestmark = pytest.mark.django_db


def a_comment_appears(place: Place) -> None:
    a_comment(place, "New -->< here.", author="<!--/discussion-->", now=NOON + timedelta(days=1))


def a_reply_appears(place: Place) -> None:
    first = a_comment(place, "Another.", address="192.0.2.1")
    a_comment(place, "A reply.", parent_id=first.pk)


def a_comment_goes(place: Place) -> None:
    comment = a_comment(place, "Soon gone.")
    actions.withdraw(comment_id=comment.pk, now=NOON)


def a_sheet_begins(place: Place) -> None:
    some_comments(place, sheets.FULL + 1)


def everything_goes(place: Place) -> None:
    for comment in some_comments(place, 2):
        actions.decide(comment_id=comment.pk, status=Status.REJECTED, by=None, now=NOON)


@pytest.mark.parametrize(
    "change", [a_comment_appears, a_reply_appears, a_comment_goes, a_sheet_begins, everything_goes]
)
def test_it_is_the_page_that_would_be_printed_anew(
    client: Client, change: Callable[[Place], None]
) -> None:
    place = a_place()
    a_comment(place, "The first.", address="198.51.100.7")
    before = client.get(place.url).content

    change(place)

    assert printed.refreshed(before) == client.get(place.url).content


def test_the_number_at_the_top_of_an_article_is_in_its_language_and_kept_up_to_date(
    client: Client,
) -> None:
    place = a_place()
    ArticlePage.objects.update(language="de")
    before = client.get(place.url).content.decode()
    for text in ("Eins.", "Zwei."):
        a_comment(place, text)

    page = (printed.refreshed(before.encode()) or b"").decode()

    top = '<a href="#comments"><!--count de-->{}<!--/count--></a>'
    assert top.format("Kommentare") in before
    assert top.format("2 Kommentare") in page


def test_a_page_without_a_discussion_has_to_be_printed_anew() -> None:
    assert printed.refreshed(b"<p>About us.</p>") is None
