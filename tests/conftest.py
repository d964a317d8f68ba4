"""Fixtures that all tests share."""

from collections.abc import Iterator

import pytest

from broadsheet.learning.filters import follower


@pytest.fixture(autouse=True)
def _each_test_learns_for_itself() -> Iterator[None]:
    """The process's spam filter must not remember what another test decided."""
    yield
    follower.forget()
