"""Two newspapers in one installation: whatever one is asked for, nothing of the other is in the answer."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.test import Client
from wagtail.models import Site

from broadsheet.comments import places, post
from broadsheet.comments.models import CommentSettings, Letter, ReaderComment, Rule
from broadsheet.learning.models import FIRST
from broadsheet.learning.trainer import Follower
from broadsheet.newsletter.models import NewsletterSettings
from broadsheet.newsroom import relatives
from broadsheet.newsroom.models import (
    ArticlePage,
    ContributorIndexPage,
    ContributorPage,
    Correction,
    FrontPage,
    Newspaper,
    Relative,
    SectionPage,
)
from broadsheet.press import extent, tree
from broadsheet.press.http import host_name
from broadsheet.spam import Judgement
from tests import builders
from tests.clock import NOON
from tests.comments.builders import a_comment

ISLAND = "island.example"
FERRY, MILL = "The ferry returns to the quay", "The mill turns beside the quay"
BYLINES = ("Amal Haddad", "Jo Lind")
SAID = ("Late again at the quay", "The miller is a friend")

PATHS = (
    "/",
    "/feed.xml",
    "/atom.xml",
    "/feed.json",
    "/tags/harbour/",
    "/tags/harbour/feed.xml",
    "/archive/",
    "/archive/2026/3/",
    "/corrections/",
    "/corrections/2026/3/",
    "/corrections/feed.xml",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/sitemap-2026-3.xml",
    "/sitemap-news.xml",
    "/search/?q=quay",
    "/search/?q=quai",
    "/comments/feed.xml",
    "/comments/how/",
    "/llms.txt",
    "/humans.txt",
)


@pytest.fixture
def papers(db: None) -> tuple[ArticlePage, ArticlePage]:
    """An article of each newspaper; those have the tag, the day and a word in common."""
    front = builders.a_paper()
    island = front.get_parent().add_child(
        instance=FrontPage(title="Island", slug="island", first_published_at=NOON)
    )
    site = Site.objects.create(hostname=ISLAND, port=443, root_page=island)
    for each, name in ((builders.the_site(), "The Quay"), (site, "The Island Post")):
        Newspaper.objects.update_or_create(site=each, defaults={"name": name})
        NewsletterSettings.objects.update_or_create(site=each, defaults={"is_offered": True})
    return _article(front, FERRY, BYLINES[0]), _article(island, MILL, BYLINES[1])


def _article(front: FrontPage, title: str, byline: str) -> ArticlePage:
    section = front.get_children().type(SectionPage).first() or front.add_child(
        instance=SectionPage(title="News", slug="news", show_in_menus=True)
    )
    index = front.get_children().type(ContributorIndexPage).first() or front.add_child(
        instance=ContributorIndexPage(title="Contributors", slug="contributors")
    )
    index.add_child(instance=ContributorPage(title=byline, slug=byline.lower().replace(" ", "-")))
    article = ArticlePage(
        title=title, slug=title.split()[1], first_published_at=NOON, last_published_at=NOON
    )
    article.tags.add("harbour")
    article.corrections.add(Correction(text=f"Corrected: {title}", corrected_at=NOON))
    added: ArticlePage = section.add_child(instance=article)
    return added


def ask(client: Client, host: str, path: str) -> str:
    response = client.get(path, headers={"host": host})
    assert response.status_code == 200, path
    body: str = response.content.decode()
    return body


def test_a_reader_of_one_finds_nothing_of_the_other(
    papers: tuple[ArticlePage, ArticlePage], client: Client
) -> None:
    for article, text in zip(papers, SAID, strict=True):
        place = places.find(article.pk)
        assert place is not None
        a_comment(place, text, judgement=Judgement.HAM)
    foreign = {
        "paper.example": (MILL, "/mill/", BYLINES[1], SAID[1], "Island Post", ISLAND),
        ISLAND: (FERRY, "/ferry/", BYLINES[0], SAID[0], "The Quay"),
    }

    leaks = [
        (host, path, word)
        for host, words in foreign.items()
        for path in PATHS
        for answer in [ask(client, host, path)]
        for word in words
        if word in answer
    ]

    assert leaks == []


def test_articles_and_addresses_are_each_papers_own(
    papers: tuple[ArticlePage, ArticlePage], client: Client
) -> None:
    assert MILL in ask(client, ISLAND, "/news/mill/")
    assert f"https://{ISLAND}/news/mill/" in ask(client, ISLAND, "/feed.xml")
    assert client.get("/news/ferry/", headers={"host": ISLAND}).status_code == 404
    assert client.get("/news/mill/", headers={"host": "paper.example"}).status_code == 404


@pytest.mark.parametrize("path", ["/comments/on/{}/newest/", "/comments/on/{}/feed.xml"])
def test_comments_are_read_at_their_own_paper_only(
    path: str, papers: tuple[ArticlePage, ArticlePage], client: Client
) -> None:
    ferry, mill = (path.format(article.pk) for article in papers)

    assert ask(client, ISLAND, mill)
    assert client.get(ferry, headers={"host": ISLAND}).status_code == 404


def test_settings_of_comments_are_each_papers_own(papers: tuple[ArticlePage, ArticlePage]) -> None:
    CommentSettings.objects.create(site=Site.objects.get(hostname=ISLAND), hold_all=True)
    places.forget()

    held = [place.holds_all for place in map(places.find, (p.pk for p in papers)) if place]

    assert held == [False, True]


def test_each_desk_has_its_own_comments_and_counts(
    papers: tuple[ArticlePage, ArticlePage], client: Client
) -> None:
    client.force_login(get_user_model().objects.create_superuser("owner"))
    kept: list[ReaderComment] = []
    for article, text in zip(papers, SAID, strict=True):
        place = places.find(article.pk)
        assert place is not None
        kept.append(a_comment(place, text, judgement=Judgement.UNSURE))

    desk = ask(client, ISLAND, "/editor/comments/")
    figures = ask(client, ISLAND, "/editor/comments/figures/")
    client.post(
        "/editor/comments/decide/",
        {"comment": kept[0].pk, "decision": "PUBLISHED"},
        headers={"host": ISLAND},
    )

    assert SAID[1] in desk
    assert SAID[0] not in desk
    assert "(1)" in desk
    assert SAID[0] not in figures
    assert ReaderComment.objects.get(pk=kept[0].pk).status == "HELD"


def test_related_articles_are_of_the_same_paper(papers: tuple[ArticlePage, ArticlePage]) -> None:
    for article in papers:
        relatives.find(article)

    assert not Relative.objects.exists()


def test_the_first_papers_pages_alone_are_printed(papers: tuple[ArticlePage, ArticlePage]) -> None:
    paper = tree.paper()
    assert paper is not None
    paths = set(extent.all_paths(paper))

    assert "/news/ferry/" in paths
    assert not any("mill" in path or "lind" in path for path in paths)


@pytest.mark.parametrize(
    ("host", "name"),
    [("Paper.Example:8000", "paper.example"), ("[::1]:80", "[::1]"), ("", "")],
)
def test_a_host_is_known_without_its_port(host: str, name: str) -> None:
    assert host_name(host) == name


def test_letters_lead_to_the_paper_that_has_the_comment(
    papers: tuple[ArticlePage, ArticlePage], mailoutbox: list[EmailMessage]
) -> None:
    for article in papers:
        place = places.find(article.pk)
        assert place is not None
        letter = Letter.Kind.RECEIPT
        comment = a_comment(place)
        Letter.objects.get_or_create(
            comment=comment, kind=letter, defaults={"created_at": NOON, "next_try_at": NOON}
        )

    post.send_waiting(NOON)

    assert [f"https://{ISLAND}/" in str(mail.body) for mail in mailoutbox] == [False, True]


def test_each_paper_learns_from_its_own_moderators(
    papers: tuple[ArticlePage, ArticlePage], client: Client
) -> None:
    first, further = (found.paper for found in map(places.find, (p.pk for p in papers)) if found)
    before = Follower(first).catch_up().checksum()
    place = places.find(papers[1].pk)
    assert place is not None
    comment = a_comment(place, "Cheap pills at pills.example", judgement=Judgement.UNSURE)
    client.force_login(get_user_model().objects.create_superuser("owner"))

    client.post(
        "/editor/comments/decide/",
        {"comment": comment.pk, "decision": "SPAM"},
        headers={"host": ISLAND},
    )

    assert first == FIRST
    assert Follower(first).catch_up().checksum() == before
    assert Follower(further).catch_up().checksum() != before


@pytest.mark.parametrize(
    ("of", "statuses"),
    [("", ["HELD", "HELD"]), (ISLAND, ["PUBLISHED", "HELD"]), ("localhost", ["HELD", "PUBLISHED"])],
    ids=["of all papers", "of the other", "of the first"],
)
def test_a_rule_works_in_its_own_paper(
    of: str, statuses: list[str], papers: tuple[ArticlePage, ArticlePage]
) -> None:
    Rule.objects.create(
        site=Site.objects.filter(hostname=of).first(), kind="WORDS", value="quay", effect="HOLD"
    )

    found = [places.find(article.pk) for article in papers]

    assert [
        a_comment(place, "Late again at the quay", judgement=Judgement.HAM).status
        for place in found
        if place is not None
    ] == statuses


def test_each_desk_has_its_own_rules(
    papers: tuple[ArticlePage, ArticlePage], client: Client
) -> None:
    client.force_login(get_user_model().objects.create_superuser("owner"))
    Rule.objects.create(
        site=builders.the_site(), kind="WORDS", value="harbourmaster", effect="HOLD"
    )
    Rule.objects.create(kind="WORDS", value="everywhere", effect="HOLD")
    file = SimpleUploadedFile("rules.txt", b"windmill\n")

    client.post("/editor/comments/rules/exchange/", {"file": file}, headers={"host": ISLAND})
    exported = ask(client, ISLAND, "/editor/comments/rules/export/")
    listed = ask(client, ISLAND, "/editor/snippets/comments/rule/")

    assert Rule.objects.get(value="windmill").site == Site.objects.get(hostname=ISLAND)
    for said in (exported, listed):
        assert "windmill" in said
        assert "everywhere" in said
        assert "harbourmaster" not in said


def test_a_rule_may_not_be_written_twice(papers: tuple[ArticlePage, ArticlePage]) -> None:
    Rule.objects.create(kind="WORDS", value="quay", effect="HOLD")

    with pytest.raises(ValidationError, match="such a rule"):
        Rule(kind="WORDS", value=" quay ", effect="BLOCK").full_clean()
    Rule(kind="WORDS", value="quay", effect="BLOCK", site=builders.the_site()).full_clean()
