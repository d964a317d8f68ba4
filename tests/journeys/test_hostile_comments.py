"""Whatever readers type, no browser runs it: not under the articles, not on a receipt, not on the moderators' desk."""

import json
import os
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.payloads import payloads
from tests.journeys.served import Served

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
private = []
for number, payload in enumerate(json.loads(sys.stdin.read())):
    draft = Draft(author=payload[:80], text=payload, email=f"r{number}@trusted.example",
                  web_address=markup.web_address(payload) or markup.web_address("https://a.example/" + payload))
    sent_at = at + timedelta(seconds=number)
    comment = actions.submit(place=place, draft=draft, spam_filter=SpamFilter.empty(), now=sent_at)
    reports.report(comment_id=comment.pk, reason="OTHER", text=payload, address="", now=at)
    refused = Draft(author="Refused", text=f"{number} {payload}", email=f"no{number}@trusted.example")
    comment = actions.submit(place=place, draft=refused, spam_filter=SpamFilter.empty(), now=sent_at)
    actions.decide(comment_id=comment.pk, status=Status.REJECTED, by=None, now=at, reason=payload[:200])
    authors.appeal(comment_id=comment.pk, text=payload, now=at)
    private.append(receipts.url_of(comment))
print(json.dumps({"article": place.url, "receipts": private}))
"""
WATCH = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt"]) window[name] = (...all) => window.ran.push([name, all]);
"""


@pytest.fixture(scope="module")
def written(paper: Served) -> dict[str, Any]:
    """An article with all payloads below it; where it is, and the receipts of those that were refused."""
    paper.published_article("Everybody may say something")
    found: dict[str, Any] = json.loads(paper.shell(WRITE, json.dumps(payloads())))
    paper.wait_until_printed()
    return found


def test_there_are_enough_of_them() -> None:
    assert len(payloads()) >= 500


def some(items: list[str]) -> list[str]:
    """Each seventh where a page is opened for each of hundreds; all of them with BROADSHEET_THOROUGH."""
    return items if os.environ.get("BROADSHEET_THOROUGH") else items[::7]


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
    browser: Browser, paper: Served, written: dict[str, Any]
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
            page.locator(
                ".thread :is(script:not([src^='/static/comments/talk.']), style, iframe, object, embed, form form)"
            ).count()
            == 0
        )
        assert page.evaluate(UNSAFE) == []
        later = page.locator("nav.pager a[rel=next]")
        address = later.get_attribute("href") if later.count() else None
    assert refused == []
    assert seen >= len(payloads())
    context.close()


UNSAFE = """
[...document.querySelectorAll('.thread *')].flatMap(e => [...e.attributes]
  .filter(a => a.name.startsWith('on') || (['href', 'src', 'action', 'data'].includes(a.name)
    && !/^(https?:|mailto:|[/#?])/.test(a.value))).map(a => `${e.tagName} ${a.name}=${a.value}`))
"""


def test_nothing_runs_on_receipts_or_while_reporting(
    browser: Browser, paper: Served, written: dict[str, Any]
) -> None:
    context = browser.new_context(base_url=paper.address)
    page = context.new_page()
    refused = watched(page)
    page.goto(written["article"])
    ways = "all => all.map(a => a.getAttribute('href'))"
    reports = page.locator("a[href$='/report/']").evaluate_all(ways)
    newest = page.locator("a[href$='/newest/']").get_attribute("href") or ""
    assert len(written["receipts"]) == len(payloads())
    for address in (*some(written["receipts"]), newest, *some(reports)):
        page.goto(address)
        assert page.evaluate("window.ran") == []
        assert page.evaluate(UNSAFE) == []
    assert refused == []
    context.close()


TYPE = """
payload => {
  const form = document.querySelector('form.comment-form');
  for (const name of ['author', 'email', 'web_address', 'text']) form.elements[name].value = payload;
  HTMLFormElement.prototype.submit.call(form);
}
"""


def test_nothing_runs_when_the_form_comes_back_with_what_was_typed(
    browser: Browser, paper: Served, written: dict[str, Any]
) -> None:
    context = browser.new_context(base_url=paper.address)
    page = context.new_page()
    refused = watched(page)
    page.goto(written["article"])
    for payload in some(payloads()):
        with page.expect_navigation() as answer:
            page.evaluate(TYPE, payload)
        assert answer.value is not None
        assert answer.value.status == 422
        assert page.evaluate("window.ran") == []
        assert page.evaluate(UNSAFE) == []
    assert refused == []
    context.close()


PREVIEW = """
payloads => payloads.flatMap(payload => {
  const text = document.getElementById('id_text');
  text.value = payload;
  text.dispatchEvent(new Event('input'));
  return [...document.querySelectorAll('.comment-preview *')].flatMap(e => [...e.attributes]
    .filter(a => !['class', 'dir', 'rel'].includes(a.name) && !(a.name === 'href' && /^https?:/.test(a.value)))
    .map(a => `${payload}: ${e.tagName} ${a.name}=${a.value}`));
})
"""


def test_nothing_runs_in_the_preview(
    browser: Browser, paper: Served, written: dict[str, Any]
) -> None:
    context = browser.new_context(base_url=paper.address)
    page = context.new_page()
    refused = watched(page)
    page.goto(written["article"])

    assert page.evaluate(PREVIEW, payloads()) == []
    assert page.locator(".comment-preview").is_visible()
    assert page.evaluate("window.ran") == []
    assert refused == []
    context.close()


@pytest.mark.parametrize("pile", ["PUBLISHED", "REPORTED", "APPEALED", "REJECTED"])
def test_nothing_runs_on_the_desk(editor: Page, written: dict[str, Any], pile: str) -> None:
    editor.add_init_script(WATCH)
    address: str | None = f"/editor/comments/?pile={pile}"
    seen = 0
    while address:
        editor.goto(address)
        seen += editor.locator(".desk-card").count()
        assert editor.evaluate("window.ran") == []
        assert editor.evaluate(UNSAFE.replace(".thread", ".desk-cards")) == []
        later = editor.get_by_role("link", name="Next", exact=True)
        href = later.get_attribute("href") if later.count() else None
        address = href and f"/editor/comments/{href}"
    assert seen >= len(payloads())
