"""What the operator sees: figures of the database, readiness, the page in the editor."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from broadsheet.press import worker
from broadsheet.press.models import Node, PrintOrder, Subject
from broadsheet.web.seeing import exposition, figures, logs
from broadsheet.web.seeing.node import ThisNode
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
    here = Node.objects.create(name=worker.store().name(), seen_at=NOON)
    there = Node.objects.create(name="another", seen_at=NOON)
    for owner, minutes in ((here, 1), (here, 2), (there, 9)):
        PrintOrder.objects.create(
            node=owner, subject=Subject.PATH, path="/", ordered_at=NOON - timedelta(minutes=minutes)
        )

    found = figures.look(journal=tmp_path, now=NOON)

    assert found.print_lag == 120
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
