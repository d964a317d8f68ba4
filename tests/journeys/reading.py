"""Reading what is printed a moment after it changed."""

import time

from playwright.sync_api import Page, expect

LATEST = 120  # seconds after which the press of the slowest machine has printed it


def open_when_it_says(page: Page, path: str, text: str, *, inside: str = "main") -> None:
    """Open `path` again and again until what is `inside` has `text`; fail as `expect` does when it never has."""
    content = page.locator(inside)
    whole = path.partition("#")[0]  # to go to a fragment of the same page loads nothing
    deadline = time.monotonic() + LATEST
    while time.monotonic() < deadline:
        page.goto(whole)
        if text in (content.text_content() or ""):
            return
    expect(content).to_contain_text(text)
