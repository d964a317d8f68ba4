"""From an empty folder to the open editor."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.reading import open_when_it_says
from tests.journeys.served import Served


def test_an_owner_sets_up_a_newspaper_and_is_in_the_editor(
    browser: Browser, tmp_path: Path
) -> None:
    with Served.start(tmp_path / "site", empty=True) as paper:
        page = browser.new_page(base_url=paper.address)
        page.goto(paper.set_up_link)
        page.get_by_label("The newspaper's name").fill("The Quay")
        page.get_by_label("Language").select_option("en")
        page.get_by_label("Time zone").select_option("Europe/Lisbon")
        page.get_by_label("Your user name").fill("amal")
        page.get_by_label("Your e-mail address").fill("amal@example.org")
        page.get_by_label("Password").fill("a long walk by the harbour")
        page.get_by_role("button", name="Open the editor").click()

        page.wait_for_url("**/editor/")
        open_when_it_says(page, "/", "The Quay", inside=".masthead")
        page.close()


@pytest.mark.parametrize("path", ["/set-up/", "/set-up/guess/", "/set-up/set-up:1:guess/"])
def test_nobody_gets_there_without_the_link(paper: Served, browser: Browser, path: str) -> None:
    page = browser.new_page(base_url=paper.address)
    response = page.goto(path)

    assert response is not None
    assert response.status == 404
    page.close()
