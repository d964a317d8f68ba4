"""The front page and an article look as they did: pictures of them, made small so that only what a reader would notice counts.

`BROADSHEET_SNAPSHOTS=write` takes the pictures anew, to be looked at and committed with the change that they show.
"""

import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser

from tests.face.pages import ARTICLE
from tests.journeys.served import Served

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(
        "BROADSHEET_SNAPSHOTS" not in os.environ and os.environ.get("CI") != "true",
        reason="serves the demonstration: set BROADSHEET_SNAPSHOTS=compare",
    ),
]

FOLDER = Path(__file__).parent / "snapshots"
SCREENS = {"phone": (390, 1200), "desktop": (1280, 1200)}  # pixels
SMALLER = 8  # times, in each direction: letters become grey, columns and pictures stay
NOTICED = 32  # of 255: the difference of a colour that counts
TOLERANCE = 0.04  # share of pixels that may differ: other words, other rounding of fonts
HIDE_TIMES = "time, .teaser-updated { display: none }"  # they are of today


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(
    ("name", "path"), [pytest.param("front", "/"), pytest.param("article", ARTICLE)]
)
def test_the_main_pages_look_as_they_did(
    paper: Served, browser: Browser, name: str, path: str, screen: str
) -> None:
    picture = small(taken(browser, paper.address + path, *SCREENS[screen]))
    known = FOLDER / f"{name}-{screen}.png"
    if os.environ.get("BROADSHEET_SNAPSHOTS") == "write":
        picture.save(known, optimize=True)

    assert difference(picture, Image.open(known)) <= TOLERANCE


def taken(browser: Browser, url: str, width: int, height: int) -> Image.Image:
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="light",
        reduced_motion="reduce",
        bypass_csp=True,  # the style below is no page's own
    )
    page.goto(url, wait_until="networkidle")
    page.add_style_tag(content=HIDE_TIMES)
    page.evaluate("document.fonts.ready.then(() => true)")
    picture = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    return picture


def small(picture: Image.Image) -> Image.Image:
    size = (picture.width // SMALLER, picture.height // SMALLER)
    return picture.convert("RGB").resize(size, Image.Resampling.BOX)


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels whose colour differs by more than is noticed; 1 for another size."""
    if one.size != other.size:
        return 1.0
    apart = ImageChops.difference(one, other.convert("RGB"))
    red, green, blue = apart.split()
    worst = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    noticed = sum(worst.histogram()[NOTICED + 1 :])
    return noticed / (one.width * one.height)


def test_a_page_that_lost_its_picture_is_noticed() -> None:
    page = Image.open(FOLDER / "front-desktop.png").convert("RGB")
    without = page.copy()
    without.paste((252, 251, 248), (0, page.height // 3, page.width // 2, page.height))

    assert difference(page, without) > TOLERANCE
