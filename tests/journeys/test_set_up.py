"""From an empty folder to the first article."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PATIENCE
from tests.journeys.reading import open_when_it_says
from tests.journeys.served import Served
from tests.journeys.test_publishing import a_picture

Step = Callable[[], object]


def test_an_owner_gets_from_the_link_to_a_published_article_with_a_photo_in_twenty_steps(
    browser: Browser, tmp_path: Path
) -> None:
    with Served.start(tmp_path / "site", empty=True) as paper:
        page = browser.new_page(base_url=paper.address, viewport={"width": 1280, "height": 900})
        page.set_default_timeout(PATIENCE)
        page.goto(paper.set_up_link)
        steps = [*set_up(page), *write_an_article(page, a_picture(tmp_path))]
        for step in steps:
            step()

        expect(page.get_by_text("created and published", exact=False)).to_be_visible()
        assert len(steps) <= 20
        open_when_it_says(page, "/", "The Quay", inside=".masthead")
        open_when_it_says(page, "/", "Ferry returns")
        expect(page.locator(".front-lead img")).to_be_visible()
        page.close()


def set_up(page: Page) -> list[Step]:
    """What is typed, chosen and clicked; the language and the time zone are the browser's and the machine's."""
    return [
        lambda: page.get_by_label("The newspaper's name").fill("The Quay"),
        lambda: page.get_by_label("Your user name").fill("amal"),
        lambda: page.get_by_label("Your e-mail address").fill("amal@example.org"),
        lambda: page.get_by_label("Password").fill("a long walk by the harbour"),
        lambda: page.get_by_role("button", name="Open the editor").click(),
    ]


def write_an_article(page: Page, picture: Path) -> list[Step]:
    chooser = page.locator(".modal")
    return [
        lambda: page.get_by_role("link", name="in News").click(),
        lambda: page.get_by_placeholder("Headline").fill("Ferry returns"),
        lambda: page.locator("[name=standfirst]").fill("After two winters, she sails."),
        lambda: page.get_by_role("button", name="Choose an image").first.click(),
        lambda: chooser.get_by_role("tab", name="Upload").click(),
        lambda: chooser.get_by_label("File").set_input_files(picture),
        lambda: chooser.get_by_label("Title").fill("The quay"),
        lambda: chooser.get_by_label("Alternative text").fill("Grey light over the quay"),
        lambda: chooser.get_by_label("Credit").fill("Photo: Jo Lind"),
        lambda: upload(page),
        lambda: page.get_by_role("button", name="More actions").click(),
        lambda: page.get_by_role("button", name="Publish", exact=True).click(),
    ]


def upload(page: Page) -> None:
    page.locator(".modal").get_by_role("button", name="Upload").click()
    chosen = page.locator("#panel-child-content-hero_photo-section")
    expect(chosen).to_contain_text("The quay")  # then the window of choosing is gone


@pytest.mark.parametrize("path", ["/set-up/", "/set-up/guess/", "/set-up/set-up:1:guess/"])
def test_nobody_gets_there_without_the_link(paper: Served, browser: Browser, path: str) -> None:
    page = browser.new_page(base_url=paper.address)
    response = page.goto(path)

    assert response is not None
    assert response.status == 404
    page.close()
