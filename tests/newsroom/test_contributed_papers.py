"""“Write for us” of several newspapers: each takes its own, at its own host and desk."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from wagtail.models import Site

from broadsheet.comments import offices
from broadsheet.comments.offices import Office
from broadsheet.learning.models import LoggedJudgement
from broadsheet.learning.trainer import Follower
from broadsheet.newsroom.contributed import keys, post
from broadsheet.newsroom.models import ArticlePage, Contribution, ContributorPage, Newspaper
from tests import builders
from tests.clock import NOON

from .test_contributed import SENT, submitted

pytestmark = pytest.mark.django_db
HERE = {"host": "island.example"}


@pytest.fixture
def island() -> Site:
    """A further newspaper, which takes contributions as the first one does not."""
    site = builders.a_further_paper("island.example")
    words = {"takes_contributions": True, "contributions_note": "About the sea"}
    Newspaper.objects.filter(site=site).update(language="de", **words)
    return site


@pytest.fixture
def islander(client: Client, island: Site) -> Client:
    client.force_login(builders.an_editor_of(island, "newsroom.decide_contribution"))
    return client


def sent(client: Client) -> Contribution:
    client.post("/contribute/send/", SENT, headers=HERE)
    return Contribution.objects.get()


def test_what_is_sent_at_one_papers_host_comes_to_its_own_tree(
    client: Client, island: Site
) -> None:
    assert "About the sea" in client.get("/contribute/", headers=HERE).text
    assert client.get("/contribute/").status_code == 404

    contribution = sent(client)

    article, contributor = ArticlePage.objects.get(), ContributorPage.objects.get()
    assert contribution.site == island
    assert article.is_descendant_of(island.root_page)
    assert contributor.is_descendant_of(island.root_page)
    assert LoggedJudgement.objects.get().paper == island.pk


def test_its_letter_is_in_its_own_papers_name_and_leads_to_its_host(
    client: Client, island: Site, mailoutbox: list[Any], settings: Any
) -> None:
    settings.DEFAULT_FROM_EMAIL = "The Quay <post@paper.example>"
    contribution = sent(client)

    post.send_waiting(contribution.created_at)

    (letter,) = mailoutbox
    assert letter.from_email == "The Island Post <post@paper.example>"
    assert f"https://island.example{keys.url_of(contribution)}" in letter.body
    assert "Beitrag" in letter.subject
    assert "Quay" not in letter.message().as_string()


def test_its_private_page_is_at_its_own_paper(client: Client, island: Site) -> None:
    path = keys.url_of(sent(client))

    assert client.get(path, headers=HERE).status_code == 200
    assert client.get(path)["Location"] == f"https://island.example{path}"


def test_each_desk_has_its_own_and_teaches_its_own_filter(islander: Client, island: Site) -> None:
    theirs, own = submitted(headline="Lighthouse"), sent_by_another()
    desk = "/editor/contributions/"
    before = Follower().catch_up().checksum()

    listed = islander.get(desk, headers=HERE).text
    assert own.headline in listed
    assert "Lighthouse" not in listed
    assert islander.get(f"{desk}{theirs.pk}/", headers=HERE).status_code == 404
    for host in ("paper.example", "island.example"):
        at = {"host": host}
        assert "Lighthouse" not in islander.get(desk, headers=at, follow=True).text
        islander.post(f"{desk}{theirs.pk}/", {"status": "SPAM", "message": ""}, headers=at)
    islander.post(f"{desk}{own.pk}/", {"status": "SPAM", "message": ""}, headers=HERE)

    theirs.refresh_from_db()
    own.refresh_from_db()
    assert [theirs.status, own.status] == ["RECEIVED", "SPAM"]
    assert Follower().catch_up().checksum() == before
    assert Follower(island.pk).catch_up().checksum() != before


def sent_by_another() -> Contribution:
    Client().post("/contribute/send/", SENT, headers=HERE)
    return Contribution.objects.exclude(headline="Lighthouse").get()


def test_who_publishes_in_whichever_office_has_the_contributor_told(
    client: Client, island: Site
) -> None:
    own = sent(client)
    assert own.article is not None

    with offices.at(lambda: Office(builders.the_site(), is_open=False)):
        own.article.get_latest_revision_as_object().save_revision().publish()

    own.refresh_from_db()
    assert own.status == Contribution.Status.PUBLISHED


def test_a_section_of_another_paper_is_not_taken_for_drafts(client: Client, island: Site) -> None:
    Newspaper.objects.filter(site=island).update(contributions_section=builders.a_section("News"))

    assert sent(client).article.is_descendant_of(island.root_page)


def test_what_was_offered_before_was_offered_to_the_first(island: Site) -> None:
    old = submitted()
    Contribution.objects.update(site=None)
    post.send_waiting(NOON)

    name = "broadsheet.newsroom.migrations.0022_offers_were_the_firsts"
    import_module(name).say_to_whom(apps, None)

    old.refresh_from_db()
    assert old.site == builders.the_site()
