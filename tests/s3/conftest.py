import os
from collections.abc import Iterator

import pytest

from . import swift
from .swift import Store


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One store is enough."""
    for item in items:
        if item.path.parent.name == "s3":
            item.add_marker(pytest.mark.xdist_group("s3"))


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A real store; left out where there is none, but not in CI and by `make test-s3`."""
    if not swift.is_installed() and os.environ.get("CI") != "true":
        pytest.skip("OpenStack Swift is not installed")
    with swift.running(tmp_path_factory.mktemp("swift")) as found:
        yield found
