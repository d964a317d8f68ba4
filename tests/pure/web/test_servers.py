"""Of several servers, the one that has failed last is asked last."""

from typing import Any

import psycopg
import pytest

from broadsheet.web import servers

ADDRESS = {"host": "one,two,three", "port": "5432,5432,5433", "dbname": "paper"}


@pytest.fixture(autouse=True)
def _nothing_failed_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "_failed", {})


class Town:
    """Servers, of which some are there."""

    def __init__(self, *there: str) -> None:
        self.there = set(there)
        self.asked: list[str] = []

    def connect(self, parameters: dict[str, Any]) -> str:
        self.asked.append(parameters["host"])
        if parameters["host"] not in self.there:
            raise psycopg.OperationalError(f"{parameters['host']} is away")
        return f"{parameters['host']}:{parameters['port']}/{parameters['dbname']}"


def test_servers_are_asked_in_the_order_of_the_address() -> None:
    town = Town("two", "three")

    opened, server = servers.first_that_takes(ADDRESS, town.connect)

    assert opened == "two:5432/paper"
    assert server == {"host": "two", "port": "5432", "dbname": "paper"}
    assert town.asked == ["one", "two"]


def test_one_that_was_lost_is_asked_last_until_it_takes_a_connection() -> None:
    town = Town("one", "two")
    _, server = servers.first_that_takes(ADDRESS, town.connect)
    servers.note_failure(server)
    town.asked.clear()

    servers.first_that_takes(ADDRESS, town.connect)
    assert town.asked == ["two"]

    town.there = {"one"}  # it is the only one again
    servers.first_that_takes(ADDRESS, town.connect)
    servers.first_that_takes(ADDRESS, town.connect)
    assert town.asked == ["two", "two", "three", "one", "one"]


def test_of_those_that_failed_the_one_that_has_had_most_time_is_asked_first() -> None:
    town = Town()
    for _ in range(2):
        with pytest.raises(
            psycopg.OperationalError, match="one is away; two is away; three is away"
        ):
            servers.first_that_takes(ADDRESS, town.connect)

    assert town.asked == ["one", "two", "three"] * 2


@pytest.mark.parametrize(
    ("host", "port", "asked"),
    [
        ("", "", [("", "")]),
        ("one", "5432", [("one", "5432")]),
        ("one,two", "5432", [("one", "5432"), ("two", "5432")]),
        ("one,two", "", [("one", ""), ("two", "")]),
        ("one,two", "1,2,3", [("one,two", "1,2,3")]),  # libpq says what is wrong with it
    ],
)
def test_an_address_is_read_as_libpq_reads_it(
    host: str, port: str, asked: list[tuple[str, str]]
) -> None:
    found = []

    def connect(parameters: dict[str, Any]) -> None:
        found.append((parameters["host"], parameters["port"]))
        raise psycopg.OperationalError("it is away")

    with pytest.raises(psycopg.OperationalError, match="it is away"):
        servers.first_that_takes({"host": host, "port": port}, connect)
    assert found == asked
