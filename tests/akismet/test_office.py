"""The operator's pages."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from broadsheet.akismet.models import Check, Key, Site, SiteState
from broadsheet.learning.models import Decision
from broadsheet.newsroom import foundation
from tests.akismet.builders import BLOG, a_key, ask, check, load, report
from tests.clock import NOON

SPAM = "Buy cheap watches: https://watches.example"
SETTINGS = {"name": "The forum", "keep_days": "15", "monthly_limit": ""}


@pytest.fixture
def operator(db: None) -> Client:
    foundation.lay(now=NOON)
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("operator"))
    return client


def page(client: Client, name: str, *arguments: object) -> str:
    response = client.get(reverse(f"akismet_office:{name}", args=arguments))
    assert response.status_code == 200
    return response.text


def test_a_new_key_is_shown_once_and_works(operator: Client) -> None:
    made = operator.post(reverse("akismet_office:new"), SETTINGS)

    (secret,) = re.findall(r"<code>([a-z0-9]{12})</code></p>", made.text)
    assert ask("verify-key", key=secret, blog=BLOG).body == "valid"
    assert "no-store" in made["Cache-Control"]
    assert secret not in page(operator, "key", Key.objects.get().pk)


def test_a_rotated_key_is_shown_once(operator: Client) -> None:
    issued = a_key()

    response = operator.post(reverse("akismet_office:rotate", args=[issued.key.pk]))

    (secret,) = re.findall(r"<code>([a-z0-9]{12})</code></p>", response.text)
    assert secret != issued.secret


def test_a_key_is_revoked(operator: Client) -> None:
    issued = a_key()

    operator.post(reverse("akismet_office:revoke", args=[issued.key.pk]))

    assert ask("verify-key", key=issued.secret, blog=BLOG).body == "invalid"
    assert "revoked" in page(operator, "index")


def test_settings_are_changed(operator: Client) -> None:
    issued = a_key()

    operator.post(
        reverse("akismet_office:key", args=[issued.key.pk]), SETTINGS | {"monthly_limit": "7"}
    )

    assert Key.objects.get().monthly_limit == 7


def test_a_wrong_setting_is_said(operator: Client) -> None:
    response = operator.post(
        reverse("akismet_office:key", args=[a_key().key.pk]), SETTINGS | {"name": ""}
    )

    assert response.status_code == 422


def test_a_site_is_listed_and_shut_out(operator: Client) -> None:
    issued = a_key()
    sites = reverse("akismet_office:sites", args=[issued.key.pk])
    operator.post(sites, {"address": "https://forum.example/"})
    site = Site.objects.get()
    assert site.address == "forum.example"

    operator.post(sites, {"site": site.pk, "state": SiteState.REVOKED})

    assert check(issued.secret, blog="https://forum.example").body == "invalid"


def test_a_site_of_another_key_is_not_changed(operator: Client) -> None:
    mine, other = a_key(name="mine"), a_key(name="other")
    site = Site.objects.create(key=other.key, address="a.example", first_seen_at=NOON)

    operator.post(
        reverse("akismet_office:sites", args=[mine.key.pk]),
        {"site": site.pk, "state": SiteState.REVOKED},
    )

    site.refresh_from_db()
    assert site.state == SiteState.ACTIVE


def test_figures_and_the_latest_checks_are_shown(operator: Client) -> None:
    issued = a_key()
    check(issued.secret, "I was <b>there</b>.")
    report(issued.secret, "spam", SPAM)
    load()

    shown = page(operator, "key", issued.key.pk)

    assert "<svg" in shown
    assert "I was &lt;b&gt;there" in shown
    assert "old-blog.example" in shown
    assert re.search(r"<td>1</td>\s*<td>0</td>\s*<td>1</td>", page(operator, "index"))


def test_the_pages_ask_no_more_when_there_is_more(
    operator: Client, django_assert_max_num_queries: object
) -> None:
    issued = a_key()
    for number in range(12):
        check(issued.secret, f"Text {number}", blog=f"https://{number}.example")
    for name in "abcdef":
        a_key(name=name)
    load()

    with django_assert_max_num_queries(25):  # type: ignore[operator]
        page(operator, "key", issued.key.pk)
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        page(operator, "index")


def test_a_text_is_tried_and_nothing_of_it_kept(operator: Client) -> None:
    issued = a_key()
    report(issued.secret, "spam", SPAM)
    load()
    kept = Check.objects.count()

    shared = operator.post(reverse("akismet_office:try"), {"text": SPAM})
    own = operator.post(reverse("akismet_office:try"), {"text": SPAM, "key": issued.key.pk})

    assert "Not spam</strong>" in shared.text
    assert ">Spam</strong>" in own.text
    assert "reported as spam or not" in own.text
    assert Check.objects.count() == kept


def test_a_moderator_looks_up_why_and_decides(operator: Client) -> None:
    issued = a_key()
    guid = check(issued.secret, SPAM).headers["X-akismet-guid"]
    load()

    found = operator.get(reverse("akismet_office:find"), {"guid": f" {guid.upper()} "})
    assert found["Location"] == reverse("akismet_office:check", args=[guid])
    assert SPAM in page(operator, "check", guid)
    operator.post(found["Location"], {"decision": Decision.SPAM})

    assert Check.objects.get().decision == Decision.SPAM
    assert check(issued.secret, SPAM).body == "true"


def test_a_guid_that_was_forgotten_is_said_so(operator: Client) -> None:
    response = operator.get(reverse("akismet_office:find"), {"guid": "0" * 32}, follow=True)

    assert "No check has this GUID" in response.text


@pytest.mark.parametrize("name", ["index", "new", "try"])
def test_editors_without_the_right_see_nothing(name: str) -> None:
    foundation.lay(now=NOON)
    client = Client()
    client.force_login(get_user_model().objects.create_user("reader"))

    assert client.get(reverse(f"akismet_office:{name}")).status_code == 302
