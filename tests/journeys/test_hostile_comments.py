"""Whatever readers type, no browser runs it: not under the articles, not on a receipt, not on the moderators' desk."""

import json
import subprocess

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.payloads import payloads
from tests.journeys.served import COMMAND, Served, environment

WRITE = """
import json, sys
from datetime import datetime, timedelta, timezone
from broadsheet.comments import actions, authors, markup, places, receipts, reports
from broadsheet.comments.drafts import Draft
from broadsheet.comments.models import Rule, Status
from broadsheet.newsroom.models import ArticlePage
from broadsheet.spam import SpamFilter

Rule.objects.get_or_create(kind="EMAIL_HOST", value="trusted.example", effect="TRUST")
place = places.find(ArticlePage.objects.order_by("-pk")[0].pk)
place.settings.author_per_hour = place.settings.network_per_hour = 0
at = datetime(2026, 1, 1, tzinfo=timezone.utc)
receipt = ""
for number, payload in enumerate(json.loads(sys.stdin.read())):
    draft = Draft(author=payload[:80], text=payload, email=f"r{number}@trusted.example",
                  web_address=markup.web_address(payload) or markup.web_address("https://a.example/" + payload))
    comment = actions.submit(place=place, draft=draft, spam_filter=SpamFilter.empty(), now=at + timedelta(seconds=number))
    if number % 10 == 0:
        reports.report(comment_id=comment.pk, reason="OTHER", text=payload, address="", now=at)
    if number % 10 == 5:
        actions.decide(comment_id=comment.pk, status=Status.REJECTED, by=None, now=at, reason=payload)
        authors.appeal(comment_id=comment.pk, text=payload, now=at)
        receipt = receipts.url_of(comment)
print(json.dumps({"article": place.url, "receipt": receipt}))
"""
WATCH = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt"]) window[name] = (...all) => window.ran.push([name, all]);
"""


@pytest.fixture(scope="module")
def written(paper: Served) -> dict[str, str]:
    """An article with all payloads below it; where it is, and one receipt."""
    paper.published_article("Everybody may say something")
    result = subprocess.run(
        [COMMAND, "shell", "--site", str(paper.folder), "--no-imports", "-c", WRITE],
        input=json.dumps(payloads()),
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, str] = json.loads(result.stdout.strip().splitlines()[-1])
    return found


def test_there_are_enough_of_them() -> None:
    assert len(payloads()) >= 500


def watched(page: Page) -> list[str]:
    """What the browser said of scripts that it refused: the markup got through, and only the policy held."""
    refused: list[str] = []
    page.add_init_script(WATCH)
    page.on(
        "console",
        lambda message: refused.append(message.text) if "Refused" in message.text else None,
    )
    return refused


def test_nothing_runs_below_the_article(
    browser: Browser, paper: Served, written: dict[str, str]
) -> None:
    context = browser.new_context(base_url=paper.address)
    page = context.new_page()
    refused = watched(page)
    address: str | None = written["article"]
    seen = 0
    while address:
        page.goto(address)
        page.locator(".thread").hover()
        seen += page.locator("li.comment").count()
        assert page.evaluate("window.ran") == []
        assert (
            page.locator(".thread :is(script, style, iframe, object, embed, form form)").count()
            == 0
        )
        assert page.evaluate(UNSAFE) == []
        later = page.locator("nav.pager a[rel=next]")
        address = later.get_attribute("href") if later.count() else None
    assert refused == []
    assert seen >= 0.85 * len(payloads())  # one in ten was rejected, to be appealed
    context.close()


UNSAFE = """
[...document.querySelectorAll('.thread *')].flatMap(e => [...e.attributes]
  .filter(a => a.name.startsWith('on') || (['href', 'src', 'action', 'data'].includes(a.name)
    && !/^(https?:|mailto:|[/#?])/.test(a.value))).map(a => `${e.tagName} ${a.name}=${a.value}`))
"""


def test_nothing_runs_on_a_receipt_in_a_feed_or_while_reporting(
    browser: Browser, paper: Served, written: dict[str, str]
) -> None:
    context = browser.new_context(base_url=paper.address)
    page = context.new_page()
    refused = watched(page)
    page.goto(written["article"])
    reports = page.locator("a[href$='/report/']").evaluate_all(
        "all => all.slice(0, 12).map(a => a.href)"
    )
    newest = page.locator("a[href$='/newest/']").get_attribute("href") or ""
    for address in (written["receipt"], newest, *reports):
        page.goto(address)
        assert page.evaluate("window.ran") == []
        assert page.evaluate(UNSAFE) == []
    assert refused == []
    context.close()


@pytest.mark.parametrize("pile", ["PUBLISHED", "REPORTED", "APPEALED", "REJECTED"])
def test_nothing_runs_on_the_desk(editor: Page, written: dict[str, str], pile: str) -> None:
    editor.add_init_script(WATCH)
    editor.goto(f"/editor/comments/?pile={pile}")

    assert editor.locator(".desk-card").count() > 10
    assert editor.evaluate("window.ran") == []
    assert editor.evaluate(UNSAFE.replace(".thread", ".desk-cards")) == []
