"""A newspaper that is really served, and a browser that really reads it."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.journeys.served import Served

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PATIENCE = 30_000  # milliseconds; a wait for a condition, never for a time
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A new newspaper with an administrator, shared by the journeys."""
    with Served.start(tmp_path_factory.mktemp("paper") / "site", administrator=True) as served:
        yield served


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def reader(browser: Browser, paper: Served, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Someone who reads the paper."""
    context = browser.new_context(base_url=paper.address, java_script_enabled=request.param)
    yield from _page(context)


@pytest.fixture
def editor(browser: Browser, paper: Served) -> Iterator[Page]:
    """Someone who is logged in to the editor."""
    context = browser.new_context(base_url=paper.address, viewport={"width": 1400, "height": 1000})
    for page in _page(context):
        page.goto("/editor/login/")
        page.get_by_label("Username").fill(Served.ADMINISTRATOR)
        page.locator("[name=password]").fill(Served.PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/editor/")
        yield page


def _page(context: BrowserContext) -> Iterator[Page]:
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()
