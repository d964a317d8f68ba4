"""Several nodes of one service: each has a journal of its own, and the database brings together what they answered."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from broadsheet.akismet import journal, keeping, loading, process
from broadsheet.akismet.keeping import Entry
from broadsheet.akismet.models import Check, Key, SiteDay
from broadsheet.learning import filters
from broadsheet.learning.models import Decision
from broadsheet.spam import SpamFilter
from tests.akismet.builders import a_key, ask, check, report

TEXT = "Cheap watches, today only: https://watches.example"


class Node:
    """A node's serving process and its background process's loader."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = process.Process(folder)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Requests go to this node."""
        before = process._current[:]
        process._current[:] = [self.process]
        yield
        process._current[:] = before

    def load(self) -> int:
        loaded = loading.load(self.folder, spam_filter=filters.current_filter)
        filters.catch_up()
        return loaded


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[tuple[Node, Node]]:
    both = Node(tmp_path / "one"), Node(tmp_path / "two")
    yield both
    for node in both:
        node.process.close()


def figures() -> tuple[int, int, int, int, int]:
    day = SiteDay.objects.get()
    return day.calls, day.spam, day.ham, day.missed_spam, day.false_positives


@pytest.mark.parametrize("first", [0, 1], ids=["the check is loaded first", "the report is"])
@pytest.mark.parametrize("by", ["guid", "content"])
def test_a_report_at_another_node_is_about_the_check(
    nodes: tuple[Node, Node], first: int, by: str
) -> None:
    secret = a_key().secret
    one, two = nodes
    with one.answering():
        guid = check(secret, TEXT).headers["X-akismet-guid"]
    with two.answering():
        report(secret, "spam", TEXT, **({"guid": guid} if by == "guid" else {}), reporter="mo")

    nodes[first].load()
    nodes[1 - first].load()

    kept = Check.objects.get()
    assert (kept.guid, kept.decision, kept.reporter) == (guid, Decision.SPAM, "mo")
    assert (kept.answered_spam, kept.site.address) == (False, "old-blog.example")
    assert figures() == (2, 0, 1, 1, 0)
    with one.answering():
        assert check(secret, TEXT).body == "true"


def test_a_report_taken_back_at_a_third_moment_is_still_about_the_check(
    nodes: tuple[Node, Node],
) -> None:
    secret = a_key().secret
    one, two = nodes
    with one.answering():
        check(secret, TEXT)
    with two.answering():
        report(secret, "spam", TEXT)
    two.load()
    one.load()

    with two.answering():
        report(secret, "ham", TEXT)
    two.load()

    assert Check.objects.get().decision == Decision.HAM
    assert figures()[3:] == (0, 0)


def test_what_is_checked_long_after_a_report_is_a_check_of_its_own(
    nodes: tuple[Node, Node],
) -> None:
    secret = a_key().secret
    one, _two = nodes
    with one.answering():
        report(secret, "spam", TEXT)
    one.load()
    Check.objects.update(checked_at=datetime.now(UTC) - timedelta(minutes=1))

    with one.answering():
        assert check(secret, TEXT).body == "true"
    one.load()

    assert Check.objects.count() == 2


def test_a_keys_limit_counts_what_all_nodes_answered(nodes: tuple[Node, Node]) -> None:
    secret = a_key(monthly_limit=3).secret
    one, two = nodes
    for node, number in ((one, 1), (two, 2)):
        with node.answering():
            assert {check(secret).status for _ in range(number)} == {200}
        node.load()

    for node in nodes:
        with node.answering():
            assert check(secret).status == 429
            usage = json.loads(ask("usage-limit", version="1.2", api_key=secret).body)
            assert (usage["usage"], usage["throttled"]) == (3, True)


def test_a_key_that_is_revoked_is_good_at_no_node(nodes: tuple[Node, Node]) -> None:
    issued = a_key()
    for node in nodes:
        with node.answering():
            assert check(issued.secret).body == "false"

    issued.key.revoked_at = datetime.now(UTC)
    issued.key.save()

    for node in nodes:
        with node.answering():
            assert check(issued.secret).body == "invalid"


def test_one_look_loads_all_there_is(
    nodes: tuple[Node, Node], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So what a lost node takes with it is no older than a look and the time that loading takes."""
    monkeypatch.setattr(loading, "LINES", 2)
    monkeypatch.setattr(journal, "LARGEST_FILE", 1000)
    secret = a_key().secret
    one, _two = nodes
    with one.answering():
        for number in range(7):
            check(secret, f"Comment {number}")

    assert one.load() == 7
    assert loading.backlog(one.folder) == loading.Backlog(0, None)


def test_what_is_not_in_the_database_is_told_with_its_age(nodes: tuple[Node, Node]) -> None:
    secret = a_key().secret
    one, _two = nodes
    with one.answering():
        check(secret, "One")
        one.load()
        before = datetime.now(UTC)
        check(secret, "Two")
        check(secret, "Three")

    waiting = loading.backlog(one.folder)

    assert waiting.oldest
    assert before <= waiting.oldest <= datetime.now(UTC)
    (path,) = journal.files(one.folder)
    last_two = b"".join(path.read_bytes().splitlines(keepends=True)[1:])
    assert waiting.size == len(last_two)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif("postgres" not in connection.vendor, reason="SQLite sites are one node")
def test_a_check_and_its_report_that_are_kept_at_once_meet(tmp_path: Path) -> None:
    key = a_key().key
    asked = _line(key, "check", guid="a" * 32, p=0.1, spam=False, blatant=False, callback="", us=1)
    reported = _line(key, "report", guid="", spam=True, reporter="mo")

    def keep_report() -> None:
        try:
            keeping.keep("two", [reported], 1, SpamFilter.empty())
        finally:
            connection.close()

    other = threading.Thread(target=keep_report)
    with transaction.atomic():
        keeping.keep("one", [asked], 1, SpamFilter.empty())
        other.start()
        _wait_until_somebody_waits_for_a_lock()
    other.join()

    kept = Check.objects.get()
    assert (kept.guid, kept.decision, kept.answered_spam) == ("a" * 32, Decision.SPAM, False)


def _line(key: Key, kind: str, **content: Any) -> Entry:
    common = {"kind": kind, "key": key.pk, "site": "old-blog.example", "type": "", "clues": []}
    return {
        **common,
        "at": time.time(),
        "submission": {"text": TEXT},
        "fingerprint": "f" * 32,
        **content,
    }


def _wait_until_somebody_waits_for_a_lock() -> None:
    waits = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        for _ in range(10_000):
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(waits)
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.001)")
    raise AssertionError("nobody waited")
