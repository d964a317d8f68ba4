"""Which pages there are, of each type one: found by walking through the paper as a reader does."""

import json

from playwright.sync_api import Page

from tests.journeys.served import Served

Paths = dict[str, str]  # type → path

ARTICLE = "/news/budget-one-vote/"  # with a hero photo, bylines, a quotation, and a long discussion
OFFER_EVERYTHING = """
from broadsheet.newsletter.models import NewsletterSettings
from broadsheet.newsroom.models import ArticlePage, Newspaper
from wagtail.models import Site

site = Site.objects.get()
offers = {Newspaper: "takes_contributions", NewsletterSettings: "is_offered"}
for settings, offer in offers.items():
    found = settings.for_site(site)
    setattr(found, offer, True)
    found.save()
article = ArticlePage.objects.get(slug="day-on-the-water")
article.standfirst += " They are changed words."
article.save_revision().publish()
"""
PRIVATE = """
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from broadsheet.comments import subjects
from broadsheet.comments.models import ReaderComment
from broadsheet.newsletter import keys as letters
from broadsheet.newsletter.models import Subscriber
from broadsheet.newsroom.contributed import actions, keys
from broadsheet.newsroom.contributed.offers import Offer
from broadsheet.comments.clients import Sender
from broadsheet.newsroom.models import ArticlePage
from broadsheet.newsroom.sharing import links
from broadsheet.spam import SpamFilter
from django.urls import reverse
from wagtail.models import Site

now = datetime.now(UTC)
offer = Offer(kind="PIECE", name="Amal Haddad", email="amal@writer.example", headline="The ferry", html="<p>It came.</p>")
sent = {"site": Site.objects.get(), "sender": Sender("203.0.113.7"), "now": now}
contribution = actions.submit(offer, spam_filter=SpamFilter.empty(), **sent)
draft = links.create(ArticlePage.objects.first(), name="Our lawyer", by=None, lasts=timedelta(days=1), now=now)
reader = Subscriber.objects.create(site=sent["site"], email="mira@reader.example", asked_at=now)
comment = ReaderComment.objects.get(author="Mira Holm")
found = {
    "a contribution": keys.url_of(contribution),
    "a draft that is shared": links.address_of(draft),
    "confirming the newsletter": letters.confirm_url(reader, now=now),
    "leaving the newsletter": letters.stop_url(reader.pk),
    "comments of one address": reverse("comments:subject", args=[subjects.key_of(comment)]),
}
print(json.dumps({kind: urlsplit(url).path for kind, url in found.items()}))
"""


def offer_everything(paper: Served) -> None:
    """Turn on what an owner may leave off, and change an article that was published."""
    paper.shell(OFFER_EVERYTHING)
    paper.wait_until_printed()


def private_paths(paper: Served) -> Paths:
    """Pages behind private links. Asks for the receipt's comment."""
    found: Paths = json.loads(paper.shell(PRIVATE))
    return found


def paths_of(page: Page) -> Paths:
    """Type of page → its path. Writes one comment, for its receipt."""
    page.goto(ARTICLE)
    paths = {
        "front": "/",
        "article": ARTICLE,
        "article with a gallery": "/life/day-on-the-water/",
        "section": "/news/",
        "contributors": "/contributors/",
        "what changed": "/life/day-on-the-water/history/",
        "write for us": "/contribute/",
        "newsletter": "/newsletter/",
        "asking for one's comments": "/comments/data/",
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
    form = page.locator("#comments form.comment-form")
    form.get_by_label("Name", exact=True).fill("Mira Holm")
    form.get_by_label("E-mail", exact=True).fill("mira@reader.example")
    form.get_by_label("Comment", exact=True).fill("The reading van is what I would keep.")
    form.get_by_role("button", name="Send").click()
    page.wait_for_url("**/comments/receipt/**")
    return page.url.partition("#")[0]
