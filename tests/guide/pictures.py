"""Takes the pictures of docs/user-guide.md by doing what it says. A button or field that has gone ends it with an error."""

import io
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.journeys.conftest import ARGUMENTS, CHROMIUM
from tests.journeys.served import Served

PICTURES = Path(__file__).resolve().parent.parent.parent / "docs" / "images" / "guide"
SIZE = {"width": 1280, "height": 800}
QUALITY = 82  # of WebP: text stays sharp
PICTURES_IN_VIEW_ARE_THERE = """
() => document.fonts.status === "loaded" && [...document.images].every(
  one => one.complete || one.getBoundingClientRect().top > innerHeight)
"""
OFFER = """
from wagtail.models import Site
from broadsheet.newsletter.models import NewsletterSettings
settings = NewsletterSettings.for_site(Site.objects.get(is_default_site=True))
settings.is_offered = True
settings.promise = "The week on the water, each Friday morning."
settings.save()
"""
MOST_DISCUSSED = """
from django.db.models import Count
from broadsheet.comments.models import ReaderComment
from broadsheet.newsroom.models import ArticlePage
pages = ReaderComment.objects.filter(status="PUBLISHED").values("page")
page = pages.annotate(number=Count("pk")).order_by("-number", "page").first()["page"]
print(page, ArticlePage.objects.get(pk=page).get_url())
"""


def keep(page: Page, name: str) -> None:
    """The window as it is now, once its pictures are there."""
    page.wait_for_load_state()
    page.wait_for_function(PICTURES_IN_VIEW_ARE_THERE)
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    shot.convert("RGB").save(PICTURES / f"{name}.webp", quality=QUALITY, method=6)


def to_the_middle(target: Locator) -> None:
    target.evaluate("element => element.scrollIntoView({ block: 'center', behavior: 'instant' })")


@contextmanager
def window(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport=SIZE, color_scheme="light")
    yield context.new_page()
    context.close()


def set_up(browser: Browser, folder: Path) -> None:
    """A new newspaper, and its one-time link."""
    with Served.start(folder, empty=True) as paper, window(browser, paper.address) as page:
        page.goto(paper.set_up_link)
        page.locator("form").wait_for()
        keep(page, "set-up")


def sign_in(page: Page) -> None:
    page.goto("/editor/login/")
    page.get_by_label("Username").fill(Served.ADMINISTRATOR)
    page.locator("[name=password]").fill(Served.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/editor/")


def as_reader(page: Page, article: str) -> None:
    page.goto("/")
    keep(page, "front")
    page.goto(article)
    keep(page, "reading")
    to_the_middle(page.get_by_role("heading", name="Write a comment"))
    keep(page, "form")
    page.goto("/search/")
    page.get_by_role("searchbox").fill("night trma")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**q=*")
    keep(page, "search")


def as_editor(page: Page, number: str) -> None:
    sign_in(page)
    keep(page, "dashboard")
    page.goto(f"/editor/pages/{number}/edit/")
    page.get_by_role("textbox", name="Standfirst").wait_for()
    keep(page, "article")
    page.get_by_role("button", name="Settings", exact=True).click()
    page.get_by_role("link", name="Newspaper", exact=True).click()
    to_the_middle(page.get_by_role("heading", name="Look", exact=True))
    keep(page, "look")
    page.goto("/editor/comments/")
    page.get_by_role("button", name="Publish").first.wait_for()
    keep(page, "desk")


def an_edition(page: Page) -> None:
    page.goto("/editor/snippets/newsletter/edition/add/")
    page.get_by_role("textbox", name="Subject").fill("What moved on the water this week")
    page.get_by_role("textbox", name="Introduction").fill(
        "Dear readers,\n\nthe quay has an answer, and *the tram* a bell."
    )
    page.get_by_role("button", name="Toggle preview").click()
    letter = page.frame_locator("#w-preview-iframe")
    letter.get_by_text("the quay has an answer").wait_for()
    keep(page, "edition")


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    walks: tuple[Callable[[Browser, Path], None], ...] = (set_up, the_demonstration)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for number, walk in enumerate(walks):
            walk(browser, Path(folder) / str(number))
        browser.close()
    return 0


def the_demonstration(browser: Browser, folder: Path) -> None:
    with Served.start(folder, administrator=True, empty=True, command="demo") as paper:
        number, article = paper.shell(OFFER + MOST_DISCUSSED).split()
        with window(browser, paper.address) as page:
            as_reader(page, article)
            as_editor(page, number)
            an_edition(page)


if __name__ == "__main__":
    sys.exit(main())
