"""Reading what is printed a moment after it changed."""

from playwright.sync_api import Page, expect

RELOADS = 200  # a bounded number of looks, each a whole page load


def open_when_it_says(page: Page, path: str, text: str, *, inside: str = "main") -> None:
    """Open `path` again and again until what is `inside` has `text`; fail as `expect` does when it never has."""
    content = page.locator(inside)
    for _ in range(RELOADS):
        page.goto(path)
        if text in (content.text_content() or ""):
            return
    expect(content).to_contain_text(text)
