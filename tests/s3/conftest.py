import os
from collections.abc import Iterator

import pytest

from . import swift
from .swift import Store


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A real store; left out where there is none, but not in CI and by `make test-s3`."""
    if not swift.is_installed() and os.environ.get("CI") != "true":
        pytest.skip("OpenStack Swift is not installed")
    with swift.running(tmp_path_factory.mktemp("swift")) as found:
        yield found
