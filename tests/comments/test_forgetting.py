"""What is forgotten in time, and what is erased for good."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from wagtail.models import Page

from broadsheet.comments import actions, authors, retention
from broadsheet.comments.models import ReaderComment, Rule, Status, Subscription
from broadsheet.learning import log
from broadsheet.learning.models import Decision, LoggedJudgement
from broadsheet.spam import Judgement
from tests.clock import NOON

from .builders import FilterThatSays, a_comment, a_draft, a_place


@pytest.mark.django_db
def test_addresses_go_after_their_days_and_emails_after_theirs() -> None:
    place = a_place(address_days=30, email_days=365)
    old, recent = (
        a_comment(place, str(days), user_agent="Test/1.0", now=NOON - timedelta(days=days))
        for days in (31, 29)
    )
    ancient = a_comment(place, "366", now=NOON - timedelta(days=366))

    forgotten = retention.forget(NOON)

    for comment in (old, recent, ancient):
        comment.refresh_from_db()
    assert (old.network, old.address_hash, old.user_agent, old.sent_once) == ("", "", "", None)
    assert recent.network
    assert old.email
    assert (ancient.email, ancient.email_hash) == ("", "")
    assert (forgotten.addresses, forgotten.emails) == (2, 1)
    assert retention.forget(NOON) == retention.Forgotten(0, 0, 0)


@pytest.mark.django_db
def test_the_filters_log_forgets_the_sender_with_the_comment() -> None:
    place = a_place(address_days=30, email_days=365)
    comment = a_comment(place, user_agent="Test/1.0", now=NOON - timedelta(days=31))
    ancient = a_comment(place, "Long ago.", user_agent="Test/0.1", now=NOON - timedelta(days=366))

    retention.forget(NOON)

    judgements = LoggedJudgement.objects.in_bulk([comment.judgement_id, ancient.judgement_id])
    recent, old = (judgements[row.judgement_id].submission for row in (comment, ancient))
    assert (recent["user_agent"], recent["author_email"]) == ("", "name@reader.example")
    assert (old["user_agent"], old["author_email"], old["text"]) == ("", "", "Long ago.")


@pytest.mark.django_db
def test_an_address_that_nobody_confirmed_goes() -> None:
    a_comment(a_place(email_days=0), judgement=Judgement.UNSURE, wants_replies=True)

    retention.forget(NOON + timedelta(days=14))
    assert Subscription.objects.count() == 1
    retention.forget(NOON + timedelta(days=15))
    assert Subscription.objects.count() == 0


@pytest.mark.django_db
def test_what_the_filter_saw_goes_with_the_page() -> None:
    place = a_place()
    comment = a_comment(place, "Xylophones.")
    actions.edit(
        comment=comment,
        draft=a_draft("Glockenspiels."),
        place=place,
        spam_filter=FilterThatSays(Judgement.HAM),
        now=NOON,
    )
    assert LoggedJudgement.objects.filter(submission__isnull=False).count() == 2

    Page.objects.get(pk=place.page_id).delete()

    assert LoggedJudgement.objects.filter(submission__isnull=False).count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "value"), [("AUTHOR", "mira@reader.example"), ("NETWORK", "203.0.113.9")]
)
def test_no_rule_keeps_an_address_in_what_it_decided(kind: str, value: str) -> None:
    rule = Rule.objects.create(kind=kind, value=value, effect="HOLD")

    comment = a_comment(a_place(), email="mira@reader.example", address="203.0.113.9")

    assert comment.status == Status.HELD
    assert comment.rule
    assert value not in comment.rule + str(rule)


@pytest.mark.django_db
def test_nothing_is_forgotten_where_the_owner_says_never() -> None:
    place = a_place(address_days=0, email_days=0)
    a_comment(place, now=NOON - timedelta(days=10_000))

    assert retention.forget(NOON) == retention.Forgotten(0, 0, 0)


def everything_in_the_database(folder: Path) -> bytes:
    """SQLite: its file, where what is only marked as free would be found too. PostgreSQL: each row of each table."""
    if connection.vendor == "sqlite":
        return _bytes_of_sqlite(folder / "copy.db")
    with connection.cursor() as cursor:
        rows: list[str] = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT row::text FROM {connection.ops.quote_name(table)} AS row")  # noqa: S608
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows).encode()


def _bytes_of_sqlite(path: Path) -> bytes:
    source: sqlite3.Connection = connection.connection
    with sqlite3.connect(path) as copy:
        source.backup(copy)
    copy.close()
    return path.read_bytes()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("unlearn", [False, True], ids=["what was learnt stays", "unlearnt"])
def test_no_byte_of_an_erased_author_stays_in_the_database(tmp_path: Path, unlearn: bool) -> None:
    place = a_place()
    traces = {
        "author": "Zerafina Quillfeather",
        "email": "zerafina@quillfeather.example",
        "web_address": "https://zerafina.example/",
        "user_agent": "Zerafox/9.9",
    }
    comment = a_comment(
        place, "A sentence about xylophones that nobody else would write. " * 40,
        wants_receipt=True, wants_replies=True, **traces,
    )  # fmt: skip
    a_comment(place, "Another voice.", parent_id=comment.pk)
    log.decide(judgement_id=comment.judgement_id or 0, decision=Decision.HAM, decided_at=NOON)
    before = everything_in_the_database(tmp_path)
    assert all(trace.encode() in before for trace in traces.values())

    authors.erase(comment_ids=[comment.pk], unlearn=unlearn, now=NOON)

    after = everything_in_the_database(tmp_path)
    for trace in (*traces.values(), "Quillfeather", "xylophones", "quillfeather.example"):
        assert trace.encode() not in after
    assert Subscription.objects.count() == 0
    assert ReaderComment.objects.count() == 2
    assert (LoggedJudgement.objects.get(pk=comment.judgement_id).lesson is None) == unlearn
