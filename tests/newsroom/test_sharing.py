"""A draft is shown to who has its link, for as long as the link holds, and to nobody else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from broadsheet.newsroom.models import ArticlePage, DraftLink
from broadsheet.newsroom.sharing import links
from broadsheet.press.printing import page_for
from tests import builders

NOW = datetime.now(UTC)  # the page asks the real clock
DAY = timedelta(days=1)


@pytest.fixture
def article(db: None) -> ArticlePage:
    """Published once, with a newer draft."""
    article = builders.an_article("Ferry returns", by=("Amal Haddad",))
    article.title = "Ferry sinks"
    article.save_revision()
    return article


def a_link(article: ArticlePage, *, lasts: timedelta = DAY, now: datetime = NOW) -> DraftLink:
    return links.create(article, name="Amal's lawyer", by=None, lasts=lasts, now=now)


def path_of(link: DraftLink) -> str:
    return reverse("draft", args=[links.key_of(link)])


def test_the_newest_draft_is_shown_as_one(client: Client, article: ArticlePage) -> None:
    page = client.get(path_of(a_link(article)))

    assert "<h1>Ferry sinks</h1>" in page.text
    assert "A draft, not published." in page.text
    assert "Amal Haddad" in page.text
    assert 'id="comments"' not in page.text
    assert "Ferry returns" in client.get(article.get_url()).text


def test_an_article_that_was_never_published_can_be_shared(client: Client, db: None) -> None:
    article = builders.an_article("Secret", live=False)
    article.save_revision()

    assert "<h1>Secret</h1>" in client.get(path_of(a_link(article))).text
    assert client.get("/news/secret/").status_code == 404


def test_nobody_keeps_or_indexes_it(client: Client, article: ArticlePage) -> None:
    path = path_of(a_link(article))
    response = client.get(path)

    assert response["Cache-Control"] == "no-store, private"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex' in response.text
    assert "canonical" not in response.text
    assert "ld+json" not in response.text
    assert page_for(path) is None, "the press would print it"
    assert "Disallow: /drafts/" in client.get("/robots.txt").text


def test_a_link_ends_when_it_expires(client: Client, article: ArticlePage) -> None:
    response = client.get(path_of(a_link(article, now=NOW - 2 * DAY)))

    assert response.status_code == 410
    assert "Ferry sinks" not in response.text
    assert response["Cache-Control"] == "no-store, private"


def test_no_link_lasts_for_ever(article: ArticlePage) -> None:
    assert a_link(article, lasts=1000 * DAY).expires_at == NOW + links.LONGEST


def test_a_revoked_link_shows_nothing_and_the_others_hold(
    client: Client, article: ArticlePage
) -> None:
    revoked, other = a_link(article), a_link(article)

    links.revoke(revoked.pk, article=article, now=NOW)

    assert client.get(path_of(revoked)).status_code == 410
    assert client.get(path_of(other)).status_code == 200


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda key: key[:-1] + ("0" if key[-1] != "0" else "1"), id="another digit"),
        pytest.param(lambda key: "9" + key, id="another number"),
        pytest.param(lambda key: key.partition("-")[0], id="a number alone"),
        pytest.param(lambda _: "²-0", id="a digit that is none"),
        pytest.param(lambda _: "9" * 400 + "-0", id="a number beyond all"),
    ],
)
def test_a_key_that_was_never_given_out_is_not_found(
    client: Client, article: ArticlePage, spoil
) -> None:
    key = spoil(links.key_of(a_link(article)))

    assert client.get(f"/drafts/{key}/").status_code == 404


def test_an_editor_makes_a_link_and_revokes_it(client: Client, article: ArticlePage) -> None:
    client.force_login(User.objects.create_superuser("ed"))
    office = reverse("newsroom-sharing", args=[article.pk])

    client.post(office, {"name": "The lawyer", "days": "7"})

    link = DraftLink.objects.get()
    assert links.address_of(link) in client.get(office).text
    client.post(reverse("newsroom-sharing-revoke", args=[article.pk, link.pk]))
    assert client.get(path_of(link)).status_code == 410
    assert office in client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).text


def test_who_may_not_edit_may_not_share(client: Client, article: ArticlePage) -> None:
    client.force_login(User.objects.create_user("reader"))
    office = reverse("newsroom-sharing", args=[article.pk])

    client.post(office, {"name": "Me", "days": "7"})

    assert not DraftLink.objects.exists()
