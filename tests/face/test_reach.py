"""Everybody gets at everything: without a mouse, with colours of their own, at 400 % on a small screen."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.face.pages import ARTICLE, Paths
from tests.journeys.served import Served

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(
        "BROADSHEET_REACH" not in os.environ and os.environ.get("CI") != "true",
        reason="serves the demonstration: set BROADSHEET_REACH=1",
    ),
]

ZOOMED = {"width": 320, "height": 256}  # CSS pixels: 1280 × 1024 at 400 %, as WCAG 1.4.10 asks
STEPS = 40  # with the Tab key
FOCUSED = """
() => {
  const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
  return {
    words: here.innerText || here.getAttribute("aria-label") || here.getAttribute("name") || "",
    region: here.closest("header.masthead, main, footer")?.localName ?? "body",
    outline: parseFloat(style.outlineWidth) * (style.outlineStyle !== "none"),
    isOnScreen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}
"""
TOO_WIDE = "() => document.documentElement.scrollWidth - innerWidth"
LINES = """
() => ['.masthead-ways', 'form.comment-form [name=text]', 'form.comment-form button'].map(
  one => [...document.querySelectorAll(one)].every(e => ['Top', 'Bottom'].some(side => {
    const style = getComputedStyle(e);
    return parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== 'none';
  })))
"""


@pytest.fixture
def reader(browser: Browser, paper: Served) -> Iterator[Page]:
    context = browser.new_context(base_url=paper.address, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    "path", [pytest.param("/", id="front"), pytest.param(ARTICLE, id="article")]
)
def test_the_tab_key_goes_through_the_page_in_reading_order(reader: Page, path: str) -> None:
    reader.goto(path)
    steps = []
    for _ in range(STEPS):
        reader.keyboard.press("Tab")
        steps.append(reader.evaluate(FOCUSED))

    assert steps[0]["words"] == "Skip to the content"
    regions = [step["region"] for step in steps]
    order = {"body": 0, "header": 1, "main": 2, "footer": 3}
    assert regions == sorted(regions, key=order.__getitem__)
    assert {"header", "main"} <= set(regions)
    assert [step for step in steps if step["outline"] < 2 or not step["isOnScreen"]] == []


def test_who_skips_to_the_content_goes_on_from_there(reader: Page) -> None:
    reader.goto(ARTICLE)
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    reader.keyboard.press("Tab")

    assert reader.evaluate(FOCUSED)["region"] == "main"


def test_nothing_is_cut_off_or_scrolls_sideways_at_400_percent(reader: Page, paths: Paths) -> None:
    reader.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    too_wide = {}
    for kind, path in paths.items():
        reader.goto(path)
        too_wide[kind] = reader.evaluate(TOO_WIDE)

    assert {kind: pixels for kind, pixels in too_wide.items() if pixels > 0} == {}


def test_who_chose_their_own_colours_still_sees_rules_fields_and_buttons(
    browser: Browser, paper: Served
) -> None:
    context = browser.new_context(base_url=paper.address, forced_colors="active")
    page = context.new_page()
    page.goto(ARTICLE)

    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.evaluate(LINES) == [True, True, True]
    context.close()
