"""Links to other sites are followed before publication, and told beside everything else that is to be mended."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from broadsheet.newsroom import elsewhere
from broadsheet.newsroom.models import ArticlePage, LinkElsewhere, Newspaper
from broadsheet.newsroom.models.elsewhere import Outcome, addresses_in
from broadsheet.newsroom.models.readiness import findings
from broadsheet.newsroom.reaching import outcome_of
from tests import builders
from tests.clock import NOON
from tests.newsroom.test_photos import posted
from tests.pure.importers.old_host import an_old_site, ok

MINUTE = timedelta(minutes=1)
LATER = NOON + 2 * MINUTE


def linking_to(*addresses: str, live: bool = False) -> ArticlePage:
    links = "".join(f'<a href="{address}">there</a>' for address in addresses)
    body = [("paragraph", f"<p>{links}</p>")]
    return builders.an_article(live=live, body=body, standfirst="One.", by=("Amal Haddad",))


def follow(now=NOON + MINUTE, **outcomes: Outcome) -> int:
    """Each host with its outcome; a host without one is there."""
    return elsewhere.follow_due(
        now, follow=lambda url: outcomes.get(url.split("/")[2].split(".")[0], Outcome.FOUND)
    )


def answer(path: str, _headers: object):
    return {
        "/page": ok(b"x" * 100_000),
        "/moved": (302, {"Location": "/gone"}, b""),
        "/round": (302, {"Location": "/round"}, b""),
        "/gone": (410, {}, b""),
        "/members": (403, {}, b""),
        "/broken": (502, {}, b""),
        "/nonsense": (301, {"Location": "http://[/"}, b""),
        "/away": (301, {"Location": "ftp://files.example/x"}, b""),
        "/w%C3%A4g?q=%22": ok(b"x"),
    }.get(path, (404, {}, b""))


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        pytest.param("/page", Outcome.FOUND, id="a page"),
        pytest.param('/wäg?q="', Outcome.FOUND, id="an address with letters of its language"),
        pytest.param("/members", Outcome.FOUND, id="one that keeps programs out"),
        pytest.param("/nowhere", Outcome.GONE, id="no page"),
        pytest.param("/moved", Outcome.GONE, id="a redirect to what is gone"),
        pytest.param("/round", Outcome.SILENT, id="a redirect without end"),
        pytest.param("/broken", Outcome.FAILS, id="an error"),
        pytest.param("/away", Outcome.UNREADABLE, id="a redirect to what is no page"),
        pytest.param("/nonsense", Outcome.UNREADABLE, id="a redirect to what is no address"),
    ],
)
def test_a_link_is_followed_to_its_end(path: str, outcome: Outcome) -> None:
    with an_old_site(answer) as site:
        assert outcome_of(site.address + path, allow_private=True) is outcome


def test_nobody_is_called_in_a_private_network_nor_by_another_port() -> None:
    with an_old_site(answer) as site:
        assert outcome_of("http://127.0.0.1/page") is Outcome.PRIVATE
        assert outcome_of(f"{site.address}/page") is Outcome.UNREADABLE
        assert site.asked == []
    assert outcome_of(f"{site.address}/page", allow_private=True) is Outcome.SILENT


def test_links_of_all_blocks_are_found_but_for_printed_code(db: None) -> None:
    article = builders.an_article(
        body=[
            ("paragraph", '<p><a href="https://a.example/?x=1&amp;y=2#part">a</a> <a href="/b/">b</a></p>'),
            ("quote", {"text": '<a href="http://127.0.0.1:8000/own/">own</a>', "source": ""}),
            ("embed", {"url": "https://video.example/1", "title": ""}),
            ("code", {"language": "", "code": '<a href="https://code.example/">x</a>'}),
            ("paragraph", f'<p><a href="https://long.example/{"x" * 2000}">l</a></p>'),
        ]
    )  # fmt: skip

    assert addresses_in(article) == {"https://a.example/?x=1&y=2", "https://video.example/1"}


def test_the_checklist_names_dead_links_with_the_reason(db: None) -> None:
    article = linking_to("https://gone.example/a", "https://there.example/")
    elsewhere.note(article, now=NOON)
    assert findings(article, now=NOON) == []

    assert follow(gone=Outcome.GONE) == 2

    assert [finding.text for finding in findings(article, now=NOON)] == [
        "The link to https://gone.example/a is dead: there is no such page."
    ]
    assert not findings(article, now=NOON)[0].stops


def test_who_does_not_answer_once_is_asked_again_before_an_editor_hears_of_it(db: None) -> None:
    article = linking_to("https://slow.example/")
    elsewhere.note(article, now=NOON)

    follow(slow=Outcome.SILENT)
    assert findings(article, now=NOON) == []
    assert follow(slow=Outcome.SILENT) == 0
    follow(now=LATER, slow=Outcome.SILENT)

    assert "nobody answers" in findings(article, now=NOON)[0].text


def test_results_are_kept_for_a_day_and_forgotten_with_the_link(db: None) -> None:
    article = linking_to("https://there.example/")
    elsewhere.note(article, now=NOON)
    follow()

    elsewhere.note(article, now=LATER)
    assert follow(now=LATER) == 0
    elsewhere.note(article, now=LATER + elsewhere.KEPT)
    assert follow(now=LATER + elsewhere.KEPT) == 1
    article.body = []
    article.save()
    elsewhere.note(article, now=LATER)
    assert not LinkElsewhere.objects.exists()


def test_what_readers_see_is_looked_at_each_week_and_the_dashboard_tells(
    client: Client, db: None
) -> None:
    client.force_login(User.objects.create(username="ed", is_superuser=True, is_staff=True))
    elsewhere.note(linking_to("https://gone.example/a", live=True), now=NOON)
    follow()

    assert follow(now=NOON + timedelta(days=6)) == 0
    assert follow(now=NOON + timedelta(days=8), gone=Outcome.GONE) == 1

    assert "https://gone.example/a" in client.get("/editor/").text


def test_saving_has_links_followed_and_a_button_has_them_followed_again(
    client: Client, db: None
) -> None:
    client.force_login(User.objects.create(username="ed", is_superuser=True, is_staff=True))
    article, photo = builders.an_article(live=False), builders.a_photo()
    sent = posted(article, photo) | {
        "body-count": "1", "body-0-type": "embed", "body-0-order": "0", "body-0-deleted": "",
        "body-0-id": "", "body-0-value-url": "https://gone.example/", "body-0-value-title": "",
    }  # fmt: skip
    client.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), sent)
    url = reverse("newsroom-checklist", args=[article.pk])
    assert "1 link to another site is being followed." in client.get(url).text
    LinkElsewhere.objects.update(outcome=Outcome.GONE, due_at=None)
    assert "https://gone.example/ is dead" in client.get(url).text

    assert "is being followed" in client.post(url).text
    assert LinkElsewhere.objects.exclude(due_at=None).exists()


def test_who_may_not_edit_has_nothing_followed(client: Client, db: None) -> None:
    url = reverse("newsroom-checklist", args=[linking_to("https://a.example/").pk])

    assert client.post(url).status_code == 302
    assert not LinkElsewhere.objects.exists()


def test_a_paper_that_asks_no_other_site_notes_no_links_and_forgets_what_was_found(
    db: None,
) -> None:
    article = linking_to("https://gone.example/a")
    elsewhere.note(article, now=NOON)
    Newspaper.objects.update_or_create(site=builders.the_site(), defaults={"follows_links": False})

    assert follow(gone=Outcome.GONE) == 0
    elsewhere.note(article, now=NOON)

    assert not LinkElsewhere.objects.exists()
