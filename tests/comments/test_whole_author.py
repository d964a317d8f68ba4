"""Everything of one person at once: for the person by a mailed link, for a moderator on the desk."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from broadsheet.comments import post, subjects
from broadsheet.comments.models import Letter, ReaderComment, Revision, Status
from broadsheet.spam import Judgement
from tests import builders
from tests.clock import NOON

from .builders import a_comment, a_place

pytestmark = pytest.mark.django_db
DAY = 24 * 60 * 60  # seconds


def the_link(client: Client, mailoutbox: list[Any], email: str = "mira@reader.example") -> str:
    """What is mailed to who asks for everything with that address."""
    client.post("/comments/data/", {"email": email})
    post.send_waiting(Letter.objects.get().next_try_at)
    found = re.search(r"https?://[^/\s]+(/\S+)", str(mailoutbox.pop().body))
    assert found is not None
    return found[1]


def test_the_author_finds_all_by_the_link_that_is_mailed(
    client: Client, mailoutbox: list[Any]
) -> None:
    place = a_place()
    for text in ("The first thing.", "The second thing."):
        a_comment(place, text)
    a_comment(place, "By somebody else.", email="jo@reader.example")

    page = client.get(the_link(client, mailoutbox))

    assert "The first thing." in page.text
    assert "The second thing." in page.text
    assert "By somebody else." not in page.text
    assert page["Cache-Control"] == "private, no-store"


def test_all_that_is_stored_is_one_download(client: Client, mailoutbox: list[Any]) -> None:
    place = a_place()
    comments = [a_comment(place, text) for text in ("One.", "Two.")]

    found = client.get(the_link(client, mailoutbox) + "export/").json()

    assert [one["comment"]["id"] for one in found] == [comment.pk for comment in comments]
    assert found[0]["comment"]["email"] == "mira@reader.example"
    assert found[0]["filter"][0]["submission"]["text"] == "One."


def test_queries_do_not_grow_with_what_was_written(client: Client) -> None:
    builders.a_further_paper()
    place = a_place()
    a_comment(place)
    email_hash = ReaderComment.objects.get().email_hash
    with CaptureQueriesContext(connection) as one:
        assert len(subjects.comments(email_hash)) == len(subjects.export(email_hash)) == 1
    for number in range(4):
        comment = a_comment(place, f"Remark {number}.")
        Revision.objects.create(comment=comment, text="Before.", until=NOON)

    with CaptureQueriesContext(connection) as many:
        assert [own.article_url for own in subjects.comments(email_hash)] == [
            f"{settings.PUBLIC_ADDRESS}{place.url}"
        ] * 5
        exported = subjects.export(email_hash)

    assert exported[-1]["revisions"] == [{"text": "Before.", "until": NOON}]
    assert len(many) <= len(one)


def test_the_author_erases_all_of_it_and_nothing_of_others(
    client: Client, mailoutbox: list[Any]
) -> None:
    place = a_place()
    own = [a_comment(place, "One."), a_comment(place, "Two.", judgement=Judgement.SPAM)]
    others = a_comment(place, "Three.", email="jo@reader.example")
    link = the_link(client, mailoutbox)

    assert client.post(link + "erase/").status_code == 422  # not ticked
    assert client.post(link + "erase/", {"sure": "on"}).status_code == 200

    left = dict(ReaderComment.objects.values_list("pk", "status"))
    assert left == {own[0].pk: Status.ERASED, own[1].pk: Status.ERASED, others.pk: Status.PUBLISHED}
    assert "Nothing is stored" in client.get(link).text


def test_nobody_learns_whether_an_address_has_written_here(
    client: Client, mailoutbox: list[Any]
) -> None:
    a_comment(a_place())

    answers = [
        client.post("/comments/data/", {"email": email}).content
        for email in ("mira@reader.example", "stranger@reader.example")
    ]
    post.send_waiting(Letter.objects.get().next_try_at)

    assert answers[0] == answers[1]
    assert [mail.to for mail in mailoutbox] == [["mira@reader.example"]]


def test_an_address_is_not_mailed_again_and_again(client: Client) -> None:
    a_comment(a_place())

    for _ in range(10):
        client.post("/comments/data/", {"email": "mira@reader.example"})

    assert Letter.objects.count() == 3


def an_old_link(email_hash: str, *, seconds: int) -> str:
    signer = signing.TimestampSigner(salt=subjects.SALT)
    opened = signing.b62_decode(signer.timestamp())
    signer.timestamp = lambda: signing.b62_encode(opened - seconds)  # type: ignore[method-assign]
    return signer.sign(email_hash)


@pytest.mark.parametrize(
    ("seconds", "status"),
    [pytest.param(DAY - 60, 200, id="within a day"), pytest.param(DAY + 60, 404, id="later")],
)
def test_the_link_works_for_a_day(client: Client, seconds: int, status: int) -> None:
    comment = a_comment(a_place())

    key = an_old_link(comment.email_hash, seconds=seconds)

    assert client.get(f"/comments/data/{key}/").status_code == status


def test_an_author_without_an_address_is_not_found_by_none(client: Client) -> None:
    a_comment(a_place(email_field="OPTIONAL"), email="")

    assert subjects.comments("") == []
    assert subjects.erase("", now=NOON) == 0


def test_a_moderator_erases_an_author_after_being_asked(client: Client) -> None:
    place = a_place()
    first = a_comment(place, "One.")
    a_comment(place, "Two.")
    moderator = User.objects.create_user("mo")
    moderator.groups.add(Group.objects.get(name="Comment moderators"))
    client.force_login(moderator)
    address = f"/editor/comments/erase/{first.pk}/"

    assert "2 comments by Mira Holm" in client.get(address).text
    assert ReaderComment.objects.exclude(status=Status.ERASED).count() == 2
    client.post(address)

    assert ReaderComment.objects.exclude(status=Status.ERASED).count() == 0
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("group", ["Comment moderators", "Moderators", "Editors"])
def test_the_groups_of_a_new_site_may_moderate(client: Client, group: str) -> None:
    user = User.objects.create_user("someone")
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)

    assert client.get("/editor/comments/").status_code == 200
    assert user.has_perm("comments.add_rule") is (group != "Editors")


def test_who_is_in_no_group_may_not(client: Client) -> None:
    comment = a_comment(a_place())
    client.force_login(User.objects.create_user("someone"))

    assert client.post(f"/editor/comments/erase/{comment.pk}/").status_code in {302, 403}
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED
