"""The demonstration newspaper, served, and every type of its pages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.face.pages import Paths, offer_everything, paths_of, private_paths
from tests.journeys.conftest import browser
from tests.journeys.served import Served

__all__ = ["browser"]


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration as `make run` serves it, when all of it is printed."""
    with Served.start(
        tmp_path_factory.mktemp("paper") / "site", empty=True, command="demo"
    ) as served:
        offer_everything(served)
        yield served


@pytest.fixture(scope="session")
def paths(paper: Served, browser: Browser) -> Paths:
    """A page of each type; a comment is written for the receipt."""
    context = browser.new_context(base_url=paper.address, java_script_enabled=False)
    try:
        return paths_of(context.new_page()) | private_paths(paper)
    finally:
        context.close()
