"""One newspaper for all tests of the cluster: it takes half a minute to start."""

import os
from collections.abc import Iterator

import pytest

from tests.cluster import machines, paper
from tests.cluster.paper import Paper


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "cluster":
            item.add_marker(pytest.mark.allow_hosts(["10.0.0.0/16"]))
            item.add_marker(pytest.mark.xdist_group("cluster"))


@pytest.fixture
def served(started: Paper) -> Paper:
    """The paper with all of its machines, whatever became of them in another test."""
    started.repair()
    return started


@pytest.fixture(scope="package")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    lacking = machines.lacking()
    if lacking and os.environ.get("CI") != "true":
        pytest.skip(f"needs {lacking}")
    assert not lacking
    with paper.running(tmp_path_factory.mktemp("cluster")) as found:
        yield found
