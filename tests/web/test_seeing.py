"""What the operator sees: figures of the database, readiness, the page in the editor."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from broadsheet.press import worker
from broadsheet.press.models import Node, PrintOrder, Subject
from broadsheet.web.backup import history
from broadsheet.web.backup.history import History
from broadsheet.web.seeing import exposition, figures, logs, warnings
from broadsheet.web.seeing.node import ThisNode, this_node
from tests.builders import a_paper
from tests.clock import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_connection_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between requests an unfinished transaction is a reason to close; here it is the test's own."""
    monkeypatch.setattr("broadsheet.web.seeing.node.close_old_connections", lambda: None)


@pytest.fixture
def node() -> ThisNode:
    return ThisNode()


def test_the_print_lag_is_the_age_of_the_oldest_order(tmp_path: Path) -> None:
    name = worker.store().name()
    here = Node.objects.create(name=name, machine=name, seen_at=NOON)
    there = Node.objects.create(name="another", machine="another", seen_at=NOON)
    for owner, minutes in ((here, 1), (here, 2), (there, 9)):
        PrintOrder.objects.create(
            node=owner, subject=Subject.PATH, path="/", ordered_at=NOON - timedelta(minutes=minutes)
        )

    found = figures.look(journal=tmp_path, now=NOON)

    assert found.print_lag(NOON) == 120
    assert found.queues["print"].length == 2
    text = exposition.text(figures.of_site(found, now=NOON))
    assert "broadsheet_print_lag_seconds 120" in text
    assert re.search(r'model_info\{checksum="[0-9a-f]{64}"\} 1', text)


def test_without_a_database_the_figures_say_so() -> None:
    assert "broadsheet_database_up 0" in exposition.text(figures.of_site(None, now=NOON))


def test_a_node_is_ready_when_it_has_room_and_a_database_of_this_version(node: ThisNode) -> None:
    assert node.ready()[0] == 503
    node.serve(from_memory={}, room=lambda: 1)
    assert node.ready() == (200, "ready\n")


def test_the_page_shows_it_to_administrators_alone(client: Client) -> None:
    a_paper()
    client.force_login(User.objects.create_superuser("chief"))
    assert "Pages to print" in client.get("/editor/operations/").content.decode()

    client.force_login(User.objects.create_user("reporter"))
    assert client.get("/editor/operations/").status_code == 302


@pytest.mark.parametrize(
    ("known", "wanted", "words"),
    [
        (History(), False, []),
        (History(), True, ["There is no backup yet."]),
        (History(last=(NOON - timedelta(hours=35)).isoformat()), True, []),
        (
            History(last=(NOON - timedelta(days=3)).isoformat()),
            False,
            ["The last backup is old: it was taken 3\xa0days ago."],
        ),
        (
            History(failed_at=NOON.isoformat(), why="No space left on device"),
            True,
            ["The last backup failed: No space left on device"],
        ),
    ],
    ids=["nobody wants one", "none yet", "one a day", "too old", "failed"],
)
def test_administrators_are_warned_of_backups(
    known: History, wanted: bool, words: list[str]
) -> None:
    assert list(warnings.of_backups(known, are_wanted=wanted, now=NOON)) == words


def test_the_dashboard_of_administrators_and_the_metrics_tell_of_backups(
    client: Client, settings: Any, tmp_path: Path, node: ThisNode
) -> None:
    a_paper()
    settings.CONFIGURATION = replace(settings.CONFIGURATION, folder=tmp_path)
    history.note_taken(tmp_path, datetime.now(UTC) - timedelta(days=9))
    history.note_failed(tmp_path, datetime.now(UTC), "No space left on device")

    client.force_login(User.objects.create_superuser("chief"))
    dashboard = client.get("/editor/").content.decode()
    metrics = node.metrics()[1]

    assert "The last backup failed: No space left on device" in dashboard
    assert "it was taken 1\xa0week, 2\xa0days ago" in dashboard
    assert "broadsheet_backup_failed 1" in metrics
    assert re.search(r"broadsheet_backup_age_seconds 7776\d\d", metrics)


def test_the_page_says_what_to_look_at(tmp_path: Path) -> None:
    Node.objects.create(
        name=worker.store().name(), machine=worker.store().name(), seen_at=NOON - timedelta(hours=1)
    )
    here = Node.objects.get()
    PrintOrder.objects.create(
        node=here, subject=Subject.PATH, path="/", ordered_at=NOON - timedelta(minutes=1)
    )

    found = figures.look(journal=tmp_path, now=NOON)

    said = list(warnings.of_site(found, now=NOON))
    assert [line.split()[0] for line in said] == ["Pages", "The"]
    assert list(warnings.of_site(None, now=NOON))


def test_the_page_draws_what_the_node_remembers(client: Client) -> None:
    a_paper()
    this_node.history.clear()
    this_node.remember(NOON)
    this_node.remember(NOON + timedelta(seconds=30))
    this_node.tally.answered("django", 500, 0.004)
    client.force_login(User.objects.create_superuser("chief"))

    page = client.get("/editor/operations/").content.decode()

    assert page.count("<svg") >= 10
    assert "≤ 5 ms" in page
    assert "500 × " in page
    this_node.history.clear()


def test_no_key_in_an_address_reaches_the_log() -> None:
    """Save IndexNow's, which is a file for all to read, and so a route that is a regular expression."""
    keys = re.compile(r"(?<!\?P)<(?:str:)?(?:key|token|secret|uidb64)>")
    routes = [route for route in _routes(get_resolver().url_patterns) if keys.search(route)]

    paths = [re.sub(r"<[^>]*>", "5ecret", route) for route in routes]

    assert any("newsletter" in path for path in paths)
    assert [path for path in paths if "5ecret" in logs.without_personal_data(path)] == []


def _routes(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route
