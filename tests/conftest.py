"""Fixtures that all tests share."""

from collections.abc import Iterator

import pytest

from broadsheet.comments import places, verdicts
from broadsheet.learning.filters import follower


@pytest.fixture(autouse=True)
def _each_test_begins_anew() -> Iterator[None]:
    """The process must not remember what another test has taught it."""
    yield
    follower.forget()
    places.forget()
    verdicts.RULES.forget()
