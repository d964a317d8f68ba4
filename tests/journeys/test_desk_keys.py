"""A moderator decides at the desk: with keys and no page load, or with forms and no script."""

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.served import Served

HOLD = """
import json, sys
from datetime import UTC, datetime, timedelta
from broadsheet.comments import actions, places
from broadsheet.comments.drafts import Draft
from broadsheet.newsroom.models import ArticlePage
from broadsheet.spam import Judgement, SpamFilter, Verdict

class Doubts(SpamFilter):
    def __init__(self): pass
    def judge(self, submission, *, explain=True): return Verdict(Judgement.UNSURE, 0.5)

title, number = json.loads(sys.stdin.read())
place = places.find(ArticlePage.objects.get(title=title).pk)
place.settings.author_per_hour = place.settings.network_per_hour = 0
for n in range(number):
    draft = Draft(author=f"Reader {n}", text=f"Thought number {n}.", email=f"reader{n}@mail.example")
    at = datetime.now(UTC) - timedelta(minutes=number - n)
    actions.submit(place=place, draft=draft, spam_filter=Doubts(), now=at)
"""
STANDING = """
import json, sys
from broadsheet.comments.models import ReaderComment
rows = ReaderComment.objects.filter(page__title=sys.stdin.read()).order_by("pk")
print(json.dumps(list(rows.values_list("status", "reason"))))
"""


def held(paper: Served, title: str, number: int) -> str:
    """Comments that wait below a new article of that title; the address of their pile."""
    paper.published_article(title)
    paper.shell(HOLD, json.dumps([title, number]))
    return f"/editor/comments/?pile=HELD&article={title.replace(' ', '+')}"


def standing(paper: Served, title: str) -> list[list[str]]:
    """Status and reason of each comment, in the order in which they came."""
    found: list[list[str]] = json.loads(paper.shell(STANDING, title))
    return found


def waiting(page: Page) -> int:
    return int(page.locator("[data-count=HELD]").text_content() or 0)


def test_a_hundred_comments_take_a_hundred_keys_and_no_page_load(
    editor: Page, paper: Served
) -> None:
    title = "A hundred have something to say"
    editor.goto(held(paper, title, 100))
    assert editor.locator(".desk-card").count() == 100
    before = waiting(editor)
    loads: list[str] = []
    editor.on(
        "request",
        lambda request: loads.append(request.url) if request.is_navigation_request() else None,
    )

    for key in "pp1sp" * 20:
        editor.keyboard.press(key)

    expect(editor.locator("[data-count=HELD]")).to_have_text(str(before - 100))
    expect(editor.locator(".desk-card")).to_have_count(0)
    expect(editor.get_by_role("link", name="Go on")).to_be_visible()
    assert loads == []
    first_reason = "It does not keep to our rules for comments."
    one_round = [["PUBLISHED", ""]] * 2 + [
        ["REJECTED", first_reason],
        ["SPAM", ""],
        ["PUBLISHED", ""],
    ]
    assert standing(paper, title) == one_round * 20


def test_keys_go_up_and_down_undo_and_help(editor: Page, paper: Served) -> None:
    title = "Three have something to say"
    editor.goto(held(paper, title, 3))
    texts = editor.locator(".desk-card .desk-text")
    before = waiting(editor)

    editor.keyboard.press("j")
    editor.keyboard.press("s")
    expect(texts).to_have_count(2)
    expect(editor.locator("[data-count=HELD]")).to_have_text(str(before - 1))
    editor.keyboard.press("u")
    expect(texts).to_have_count(3)
    expect(editor.locator("[data-count=HELD]")).to_have_text(str(before))
    expect(editor.locator(".desk-card:focus .desk-text")).to_have_text("Thought number 1.")
    editor.keyboard.press("k")
    expect(editor.locator(".desk-card:focus .desk-text")).to_have_text("Thought number 0.")
    editor.keyboard.press("?")
    expect(editor.locator("[data-keys]")).to_be_visible()

    assert [status for status, _reason in standing(paper, title)] == ["HELD"] * 3


def test_a_decision_that_does_not_get_through_shows_its_card_again(
    editor: Page, paper: Served
) -> None:
    editor.goto(held(paper, "One has something to say", 1))
    editor.route("**/comments/decide/", lambda route: route.abort())

    editor.keyboard.press("p")

    expect(editor.locator(".desk-card")).to_have_count(1)
    assert standing(paper, "One has something to say") == [["HELD", ""]]


@pytest.fixture
def plain_editor(browser: Browser, paper: Served) -> Page:
    """Someone at the desk whose browser runs no script."""
    page = browser.new_context(base_url=paper.address, java_script_enabled=False).new_page()
    page.goto("/editor/login/")
    page.locator("[name=username]").fill(Served.ADMINISTRATOR)
    page.locator("[name=password]").fill(Served.PASSWORD)
    page.locator("button[type=submit]").click()
    return page


def test_without_a_script_everything_is_a_form(plain_editor: Page, paper: Served) -> None:
    title = "Four have something to say"
    pile = held(paper, title, 4)

    plain_editor.goto(pile)
    first = plain_editor.locator(".desk-card").first
    first.locator("select").select_option("It is advertising.")
    first.locator("button[value=REJECTED]").click()
    plain_editor.goto(pile)
    for box in plain_editor.locator(".desk-card input[type=checkbox]").all()[:2]:
        box.check()
    plain_editor.locator("#together button[value=PUBLISHED]").click()
    plain_editor.goto(pile.replace("HELD", "PUBLISHED"))
    plain_editor.locator(".desk-card button[value=UNDO]").first.click()

    assert standing(paper, title) == [
        ["REJECTED", "It is advertising."],
        ["PUBLISHED", ""],
        ["HELD", ""],
        ["HELD", ""],
    ]
    plain_editor.context.close()
