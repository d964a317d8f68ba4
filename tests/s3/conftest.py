import os
from collections.abc import Iterator

import pytest

from . import swift
from .swift import Store


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A real store; left out where there is none, unless asked for by `make test-s3`."""
    if not swift.is_installed() and os.environ.get("NEEDS_S3") != "1":
        pytest.skip("OpenStack Swift is not installed")
    pytest.importorskip("boto3")
    with swift.running(tmp_path_factory.mktemp("swift")) as found:
        yield found
