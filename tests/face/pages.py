"""Which pages there are, of each type one: found by walking through the paper as a reader does."""

from playwright.sync_api import Page

Paths = dict[str, str]  # type → path

ARTICLE = "/news/budget-one-vote/"  # with a hero photo, bylines, a quotation, and a long discussion


def paths_of(page: Page) -> Paths:
    """Type of page → its path. Writes one comment, for its receipt."""
    page.goto(ARTICLE)
    paths = {
        "front": "/",
        "article": ARTICLE,
        "article with a gallery": "/life/day-on-the-water/",
        "section": "/news/",
        "contributors": "/contributors/",
        "corrections": "/corrections/",
        "part of a series": "/opinion/opinion-in-praise-of-the-mate/",
        "archive": "/archive/",
        "search": "/search/",
        "search with findings": "/search/?q=ferry",
        "search without findings": "/search/?q=zeppelin",
        "page": "/about/",
        "not found": "/no/such/page/",
        "how comments are processed": "/comments/how/",
        "contributor": _target(page, ".byline a"),
        "tag": _target(page, ".tags a"),
        "newest comments": _target(page, ".thread-ways a"),
        "reply": _target(page, ".comment-ways a[href*='/reply/']"),
        "report": _target(page, ".comment-ways a[href*='/report/']"),
    }
    page.goto("/archive/")
    paths["month"] = _target(page, ".months a")
    return paths | {"receipt": _receipt(page)}


def _target(page: Page, link: str) -> str:
    return page.locator(link).first.get_attribute("href") or ""


def _receipt(page: Page) -> str:
    page.goto(ARTICLE)
    page.get_by_label("Name", exact=True).fill("Mira Holm")
    page.get_by_label("E-mail", exact=True).fill("mira@reader.example")
    page.get_by_label("Comment", exact=True).fill("The reading van is what I would keep.")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/comments/receipt/**")
    return page.url.partition("#")[0]
