"""Fixtures that all tests share."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from broadsheet.comments import places, verdicts
from broadsheet.learning import filters
from broadsheet.newsroom import foundation
from tests.clock import NOON

ASKS_THE_DATABASE = {"db", "transactional_db"}
SERIALIZED = "_test_serialized_contents"
SERVED = {
    "tests.faults",
    "tests.journeys",
    "tests.clients",
    "tests.face",
}  # by a process of its own

settings.register_profile("untimed", deadline=None)  # how long a thing takes is measured in bench/
settings.load_profile("untimed")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a database, so that the rest need not be run again for another one."""
    for item in items:
        assert isinstance(item, pytest.Function)
        if ASKS_THE_DATABASE & set(getattr(item, "fixturenames", ())) or item.get_closest_marker(
            "django_db"
        ):
            if item.module.__package__ in SERVED:
                # Playwright's loop may run in this process, and Django's database refuses beside one.
                raise pytest.UsageError(f"{item.nodeid}: has a database of its own, not Django's")
            item.add_marker("database")
        if _leaves_the_database_empty(item):
            raise pytest.UsageError(f"{item.nodeid}: say serialized_rollback=True, too")


def _leaves_the_database_empty(item: pytest.Item) -> bool:
    """Whether later tests would miss the paper that is laid for all of them."""
    asked = item.get_closest_marker("django_db")
    return bool(
        asked and asked.kwargs.get("transaction") and not asked.kwargs.get("serialized_rollback")
    )


@pytest.fixture(autouse=True)
def _each_test_begins_anew() -> Iterator[None]:
    """The process must not remember what another test has taught it."""
    yield
    filters.forget()
    places.forget()
    verdicts.RULES.forget()
    cache.clear()  # Wagtail's, of the sites


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Nearly each test begins with a new paper: it is laid once, and each test's transaction leaves it as it was."""
    with django_db_blocker.unblock():
        foundation.lay(now=NOON)
        if hasattr(connection, SERIALIZED):  # what a test that empties the database gets back
            setattr(connection, SERIALIZED, connection.creation.serialize_db_to_string())
