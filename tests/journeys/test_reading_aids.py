"""What an article offers beside its text, in a browser that runs scripts and in one that does not."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.reading import open_when_it_says
from tests.journeys.served import Served

pytestmark = pytest.mark.journey

NOTING = """
window.printed = 0; window.spoken = [];
window.print = () => { window.printed += 1 };
speechSynthesis.speak = (one) => window.spoken.push([one.text, one.lang]);
"""


@pytest.fixture(scope="module")
def article(paper: Served) -> str:
    return paper.published_article("The bell was heard at six")


@pytest.fixture
def noting(browser: Browser, paper: Served) -> Iterator[Page]:
    """A reader whose browser notes down what it is told to print and to say."""
    context = browser.new_context(base_url=paper.address)
    context.set_default_timeout(30_000)
    context.add_init_script(NOTING)
    yield context.new_page()
    context.close()


def test_an_article_is_printed_listened_to_and_enlarged(noting: Page, article: str) -> None:
    open_when_it_says(noting, article, "The bell was heard at six")
    before = noting.locator(".article-body").evaluate(
        "e => parseFloat(getComputedStyle(e).fontSize)"
    )

    noting.get_by_role("button", name="Print").click()
    noting.get_by_role("button", name="Listen").click()
    noting.get_by_role("button", name="Larger text").click()

    after = noting.locator(".article-body").evaluate(
        "e => parseFloat(getComputedStyle(e).fontSize)"
    )
    assert noting.evaluate("printed") == 1
    assert noting.evaluate("spoken")[0] == ["The bell was heard at six", "en"]
    assert after > before
    noting.get_by_role("button", name="Stop").click()
    expect(noting.get_by_role("button", name="Listen")).to_have_attribute("aria-pressed", "false")


def test_without_scripts_nothing_is_offered_that_does_not_work(
    browser: Browser, paper: Served, article: str
) -> None:
    context = browser.new_context(base_url=paper.address, java_script_enabled=False)
    page = context.new_page()
    open_when_it_says(page, article, "The bell was heard at six")

    expect(page.locator(".article-ways a")).to_be_visible()
    for button in page.locator(".article-ways button").all():
        expect(button).to_be_hidden()
    context.close()
