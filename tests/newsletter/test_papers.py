"""Several newspapers, each with a newsletter of its own: nobody who has to do with one learns anything of the other."""

import re
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from broadsheet.newsletter import composing, dispatch, editions, keys, subscribing
from broadsheet.newsletter.models import Edition, EditionArticle, NewsletterSettings, Subscriber
from broadsheet.newsroom.models import ArticlePage, Newspaper, SectionPage
from tests import builders
from tests.clock import NOON

from .builders import an_edition, offered, subscribers

pytestmark = pytest.mark.django_db
MIRA = "mira@reader.example"
ISLAND = "island.example"
HERE = {"host": ISLAND}
OFFICE = ("newsletter.send_edition", "newsletter.add_subscriber", "newsletter.delete_subscriber")
SNIPPETS = "/editor/snippets/newsletter/"


@pytest.fixture
def island() -> Site:
    """A further newspaper, in French, whose letters come from an address of its own."""
    site = builders.a_further_paper(ISLAND)
    Newspaper.objects.filter(site=site).update(language="fr", contact="post@island.example")
    offered(site, sender="letters@island.example", imprint="The Island Post, Pier 2")
    offered()
    return Site.objects.get(pk=site.pk)


def an_article_of(site: Site, title: str) -> ArticlePage:
    section = SectionPage.objects.descendant_of(site.root_page).first()
    assert section is not None
    article = ArticlePage(title=title, slug=title.split()[-1], first_published_at=NOON)
    added: ArticlePage = section.add_child(instance=article)
    return added


def path_in(message: EmailMessage, host: str) -> str:
    """The path of the first link in a mail, which must lead to that host."""
    found = re.search(r"https?://([^/\s]+)(/\S+)", str(message.body))
    assert found is not None
    assert found[1] == host
    return found[2]


@pytest.fixture
def islander(client: Client, island: Site) -> Client:
    """An editor of the further newspaper alone, who may do everything with its newsletter."""
    models = [f"newsletter.{action}_edition" for action in ("add", "change", "delete")]
    client.force_login(builders.an_editor_of(island, *OFFICE, *models))
    return client


def test_a_reader_of_both_has_two_subscriptions_that_know_nothing_of_each_other(
    island: Site, client: Client, settings: Any
) -> None:
    settings.PUBLIC_ADDRESS = "https://paper.example"
    for site in (builders.the_site(), island):
        subscribing.ask(MIRA, site=site, address="", now=NOON)
    dispatch.send_waiting(NOON)
    of_first, of_island = mail.outbox
    for subscriber in Subscriber.objects.all():
        subscribing.confirm(subscriber, now=NOON)

    assert "do you want our newsletter" in of_first.subject
    assert of_island.subject.startswith("The Island Post : voulez-vous")
    assert of_island.from_email == "The Island Post <letters@island.example>"
    assert path_in(of_first, "paper.example")
    assert path_in(of_island, ISLAND)
    mine = Subscriber.objects.get(site=island)
    stored = client.get(f"{stop_path(mine)}export/", headers=HERE).json()
    assert [stored["email"], len(stored["requests"])] == [MIRA, 1]

    client.post(stop_path(mine), headers=HERE)

    assert [kept.site for kept in Subscriber.objects.all()] == [builders.the_site()]


def stop_path(subscriber: Subscriber) -> str:
    return "/" + keys.stop_url(subscriber.pk).split("/", 3)[3]


def test_a_link_that_confirms_is_of_its_own_newspaper(island: Site, client: Client) -> None:
    (reader,) = subscribers(status=Subscriber.Status.ASKED, site=island)
    path = "/" + keys.confirm_url(reader, now=NOON + timedelta(days=36_500)).split("/", 3)[3]

    assert client.get(path).status_code == 404
    assert MIRA not in client.get(path).text
    assert client.get(path, headers=HERE).status_code == 200


def test_an_edition_goes_to_its_own_newspapers_readers_with_its_own_articles(island: Site) -> None:
    ferry = an_article_of(builders.the_site(), "The ferry")
    an_article_of(island, "The mill")
    subscribers(2)
    subscribers(1, site=island)
    edition = an_edition(site=island, introduction="")
    editions.schedule(edition.pk, at=NOON + timedelta(hours=1))

    assert dispatch.send_waiting(NOON + timedelta(hours=1)) == 1

    (letter,) = mail.outbox
    html = str(letter.alternatives[0][0])
    for part in (html, str(letter.body)):
        assert f"https://{ISLAND}/shore/mill/" in part
        assert f"https://{ISLAND}/newsletter/stop/" in part
        assert "Pier 2" in part
        assert ferry.title not in part
        assert "localhost" not in part
    assert letter.extra_headers["From"] == "The Island Post <letters@island.example>"
    assert letter.extra_headers["Message-ID"].endswith("@island.example>")
    assert letter.reply_to == ["post@island.example"]


def test_what_was_chosen_of_another_newspaper_is_left_out(island: Site) -> None:
    ferry, mill = an_article_of(builders.the_site(), "ferry"), an_article_of(island, "mill")
    edition = an_edition(site=island, selection=Edition.Selection.CURATED)
    edition.chosen.set(EditionArticle(article=article) for article in (ferry, mill))

    assert list(composing.articles(edition, now=NOON)) == [mill]


def test_an_automatic_edition_begins_where_the_newspapers_own_last_one_did(island: Site) -> None:
    an_article_of(island, "The mill")
    an_edition(started_at=NOON + timedelta(minutes=1))  # of the first

    found = composing.articles(an_edition(site=island), now=NOON + timedelta(minutes=2))

    assert [article.title for article in found] == ["The mill"]


def test_each_newspaper_has_its_own_pace(island: Site) -> None:
    offered(per_minute=1)
    subscribers(3)
    subscribers(3, site=island)
    for site in (builders.the_site(), island):
        editions.schedule(an_edition(site=site).pk, at=NOON)
    NewsletterSettings.objects.filter(site=builders.the_site()).update(per_minute=1)

    assert dispatch.send_waiting(NOON) == 1 + 3


def test_who_has_nothing_to_send_asks_three_times_however_many_newspapers_there_are(
    island: Site, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        dispatch.send_waiting(NOON)


def test_an_editor_of_one_newspaper_sees_and_does_nothing_of_anothers(islander: Client) -> None:
    secret = an_edition(subject="Lighthouse")
    editions.schedule(an_edition(subject="Lighthouse lit").pk, at=NOON)
    Subscriber.objects.create(site=builders.the_site(), email="lighthouse@a.example", asked_at=NOON)
    theirs = Subscriber.objects.get()

    for path in (
        f"{SNIPPETS}edition/",
        f"{SNIPPETS}edition/?q=Lighthouse",
        f"{SNIPPETS}subscriber/",
        f"{SNIPPETS}edition/edit/{secret.pk}/",
        f"{SNIPPETS}edition/history/{secret.pk}/",
        f"{SNIPPETS}edition/usage/{secret.pk}/",
        f"{SNIPPETS}edition/preview/{secret.pk}/",
        f"{SNIPPETS}subscriber/inspect/{theirs.pk}/",
        f"{SNIPPETS}subscriber/delete/{theirs.pk}/",
        "/editor/snippets/choose/newsletter/edition/",
        "/editor/snippets/choose/newsletter/subscriber/",
        f"/editor/snippets/choose/newsletter/subscriber/chosen/{theirs.pk}/",
        "/editor/bulk/newsletter/subscriber/delete/?id=all",
        f"/editor/newsletter/{secret.pk}/",
        f"/editor/newsletter/{secret.pk}/letter/text/",
        "/editor/newsletter/subscribers/",
        "/editor/newsletter/subscribers/export/",
    ):
        for host in (ISLAND, "paper.example"):
            answer = islander.get(path, headers={"host": host}, follow=False).text
            assert "ighthouse" not in answer.replace("q=Lighthouse", "").replace(
                'value="Lighthouse"', ""
            ), path
    for host in (ISLAND, "paper.example"):
        for path in (
            f"{SNIPPETS}subscriber/delete/{theirs.pk}/",
            "/editor/bulk/newsletter/subscriber/delete/?id=all",
            f"{SNIPPETS}edition/delete/{secret.pk}/",
        ):
            islander.post(path, headers={"host": host})
        islander.post(
            f"/editor/newsletter/{secret.pk}/act/", {"action": "now"}, headers={"host": host}
        )
    assert Subscriber.objects.count() == 1
    assert Edition.objects.get(pk=secret.pk).status == Edition.Status.DRAFT


def test_what_an_editor_writes_and_brings_is_of_the_newspaper_whose_office_it_is(
    islander: Client, island: Site
) -> None:
    an_article_of(builders.the_site(), "The ferry")
    an_article_of(island, "The mill")
    written = {
        "subject": "From the island",
        "introduction": "",
        "selection": "AUTOMATIC",
        "chosen-TOTAL_FORMS": "0",
        "chosen-INITIAL_FORMS": "0",
    }
    an_hour_ago = timezone.now() - timedelta(hours=1)  # noqa: TID251, a preview shows what would be sent now
    ArticlePage.objects.update(first_published_at=an_hour_ago)
    islander.post(f"{SNIPPETS}edition/preview/", written, headers=HERE)
    shown = islander.get(f"{SNIPPETS}edition/preview/", {"mode": "text"}, headers=HERE).text
    assert "The mill" in shown
    assert "The ferry" not in shown

    islander.post(f"{SNIPPETS}edition/add/", written, headers=HERE)
    islander.post(f"{SNIPPETS}edition/add/", written, headers={"host": "paper.example"})
    file = SimpleUploadedFile("subscribers.csv", MIRA.encode())
    sent = {"file": file, "have_agreed": "on"}
    islander.post("/editor/newsletter/subscribers/", sent, headers=HERE)

    assert Edition.objects.get().site == island
    assert Subscriber.objects.get().site == island
    assert "1" in islander.get("/editor/newsletter/subscribers/", headers=HERE).text


def test_who_works_for_all_newspapers_finds_in_each_office_its_own(
    island: Site, client: Client
) -> None:
    client.force_login(User.objects.create_superuser("chief"))
    an_edition(subject="Lighthouse")
    an_edition(subject="Windmill", site=island)
    subscribers(2)
    subscribers(1, site=island)

    listed = client.get(f"{SNIPPETS}edition/", headers=HERE).text
    client.post("/editor/bulk/newsletter/subscriber/delete/?id=all", headers=HERE)

    assert "Windmill" in listed
    assert "Lighthouse" not in listed
    assert Subscriber.objects.filter(site=builders.the_site()).count() == 2
    assert not Subscriber.objects.filter(site=island).exists()


def test_what_there_was_and_what_an_older_version_still_writes_is_the_firsts(island: Site) -> None:
    Subscriber.objects.create(email=MIRA, asked_at=NOON, status=Subscriber.Status.CONFIRMED)
    subscribers(1, site=island)
    edition = an_edition(site=None)
    editions.schedule(edition.pk, at=NOON)

    assert dispatch.send_waiting(NOON) == 1
    assert mail.outbox[0].to == [MIRA]
    subscribing.ask(MIRA, site=builders.the_site(), address="", now=NOON)
    assert Subscriber.objects.filter(email=MIRA).count() == 1

    name = "broadsheet.newsletter.migrations.0003_what_there_is_belongs_to_the_first"
    import_module(name).say_whose(apps, None)

    assert Subscriber.objects.get(email=MIRA).site == builders.the_site()
    assert Edition.objects.get().site == builders.the_site()
