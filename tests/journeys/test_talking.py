"""What a few kilobytes of script make smoother for readers: replying in place, a preview, new comments announced."""

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from broadsheet.comments import markup
from tests.journeys.reading import open_when_it_says
from tests.journeys.served import Served

WRITE = """
import json, sys
from datetime import UTC, datetime
from broadsheet.comments import actions, places, receipts
from broadsheet.comments.drafts import Draft
from broadsheet.newsroom.models import ArticlePage
from broadsheet.spam import Judgement, SpamFilter, Verdict

wanted = json.loads(sys.stdin.read())

class Says(SpamFilter):
    def __init__(self): pass
    def judge(self, submission, *, explain=True): return Verdict(Judgement(wanted["judgement"]), 0.5)

place = places.find(ArticlePage.objects.get(slug=wanted["article"].split("/")[-2]).pk)
place.settings.proof_of_work = wanted["bits"]
draft = Draft(author=wanted["author"], text=wanted["text"], email="someone@mail.example")
comment = actions.submit(place=place, draft=draft, spam_filter=Says(), now=datetime.now(UTC))
print(receipts.url_of(comment))
"""
SAMPLES = (
    "One.\n\nTwo.",
    "One\nTwo *three* **four** `five *six*`",
    "> said\n> again\n\nYes.",
    "- a\n- *b*\n\n1. c\n2. d",
    "```\n<b>kept</b>\n  *as it is*\n```",
    "[a *link*](https://a.example/x) and https://b.example/y, too.",
    "<script>alert(1)</script> & <b>no</b>",
    r"\*not so\* and 2 * 3 * 4",
    "[no](javascript:alert(1))",
    "عليكم *السلام*",
)
NORMAL = """
html => {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.innerHTML.replace(/\\n/g, '');
}
"""


def a_comment(paper: Served, article: str, text: str, **wanted: object) -> str:
    """Somebody has written; returns the path of the receipt."""
    given = {"article": article, "text": text, "author": "Ada Quill", "judgement": "ham", "bits": 0}
    return paper.shell(WRITE, json.dumps(given | wanted))


OPENING = "Who remembers the old pier?"


@pytest.fixture
def article(paper: Served) -> str:
    """The address of an article with one comment, which is printed in its turn."""
    address = paper.published_article("Everybody talks")
    a_comment(paper, address, OPENING)
    return address


@pytest.fixture(scope="module")
def quiet_article(paper: Served) -> str:
    """The address of an article that nobody has answered yet."""
    return paper.published_article("Nobody talks yet")


@pytest.fixture
def visitor(browser: Browser, paper: Served) -> Page:
    context = browser.new_context(base_url=paper.address)
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    return page


def fill(page: Page, text: str) -> None:
    page.get_by_label("Name").fill("Bo Lark")
    page.get_by_role("textbox", name="E-mail").fill("bo@mail.example")
    page.locator("#id_text").fill(text)


def test_a_reply_is_written_below_what_it_answers(visitor: Page, article: str) -> None:
    open_when_it_says(visitor, article, OPENING)
    visitor.get_by_role("link", name="Reply").click()
    expect(visitor.locator(".comment #write")).to_have_text("Reply to Ada Quill")
    expect(visitor.locator("#id_text")).to_be_focused()
    assert visitor.url.endswith(article)

    visitor.get_by_role("button", name="Cancel the reply").click()
    expect(visitor.locator(".comment #write")).to_have_count(0)
    expect(visitor.locator("input[name=parent]")).to_have_count(0)

    visitor.get_by_role("link", name="Reply").click()
    fill(visitor, "I do. It had a kiosk.")
    visitor.get_by_role("button", name="Send").click()
    visitor.get_by_role("link", name="See it in the article.").click()
    open_when_it_says(visitor, visitor.url, "I do. It had a kiosk.", inside=".replies")


@pytest.mark.parametrize("text", SAMPLES)
def test_the_preview_is_what_will_be_printed(visitor: Page, quiet_article: str, text: str) -> None:
    visitor.goto(quiet_article)
    visitor.locator("#id_text").fill(text)

    shown = visitor.locator(".comment-preview .comment-text").inner_html()

    assert visitor.evaluate(NORMAL, shown) == visitor.evaluate(NORMAL, markup.render(text))


def test_new_comments_are_announced_and_shown_while_one_writes(
    visitor: Page, paper: Served, article: str
) -> None:
    open_when_it_says(visitor, article, OPENING)
    visitor.get_by_role("link", name="Reply").click()
    visitor.locator("#id_text").fill("Half a thought")
    a_comment(paper, article, "There was a band on Sundays.")

    visitor.wait_for_function(
        """() => {
          document.getElementById("comments").dispatchEvent(new Event("look"));
          return document.querySelector(".thread-news button");
        }""",
        polling=100,
    )
    visitor.get_by_role("button", name="Show new comments: 1").click()

    expect(visitor.locator(".comment.is-new")).to_contain_text("There was a band on Sundays.")
    expect(visitor.locator("#id_text")).to_have_value("Half a thought")
    expect(visitor.locator(".comment #write")).to_have_text("Reply to Ada Quill")
    expect(visitor.locator(".thread-news button")).to_have_count(0)


def test_a_browser_works_for_a_comment_that_the_filter_doubts(
    visitor: Page, paper: Served, article: str
) -> None:
    receipt = a_comment(paper, article, "Cheap, cheaper, pier!", judgement="unsure", bits=10)

    visitor.goto(receipt)

    expect(visitor.locator(".receipt-status")).to_contain_text("Published")


def test_without_a_script_it_waits_for_a_moderator(
    browser: Browser, paper: Served, article: str
) -> None:
    receipt = a_comment(paper, article, "Cheapest pier!", judgement="unsure", bits=10)
    page = browser.new_context(base_url=paper.address, java_script_enabled=False).new_page()

    page.goto(receipt)

    expect(page.locator(".receipt-status")).to_contain_text(re.compile("Held for a moderator"))
    expect(page.locator(".receipt-work")).to_be_hidden()
    page.context.close()
