"""What was wrong, said openly: on one page, in a feed, beside comments; and what changed in an article."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from broadsheet.comments import places
from broadsheet.newsroom import recording
from broadsheet.newsroom.models import ArticlePage, Correction, PublishedVersion
from broadsheet.newsroom.models.forms import ArticleForm
from broadsheet.spam import Judgement
from tests import builders
from tests.clock import NOON
from tests.comments.builders import a_comment


def a_corrected_article(
    title: str = "Ferry returns",
    *texts: str,
    days_ago: int = 0,
    kind: str = Correction.Kind.CORRECTION,
) -> ArticlePage:
    article = builders.an_article(title)
    for number, text in enumerate(texts or ("It was six.",)):
        article.corrections.add(
            Correction(
                kind=kind, corrected_at=NOON - timedelta(days=days_ago, minutes=number), text=text
            )
        )
    article.save()
    return article


def test_all_corrections_stand_on_one_page_newest_first(client: Client, db: None) -> None:
    a_corrected_article("Ferry returns", "It was <six>.", days_ago=2)
    a_corrected_article("On stage", "She is a tenor.")
    draft = a_corrected_article("Secret", "Nobody knows.")
    draft.unpublish()

    page = client.get("/corrections/").text

    assert page.index("She is a tenor.") < page.index("It was &lt;six&gt;.")
    assert 'href="/news/on-stage/#correction-1"' in page
    assert "Nobody knows" not in page


def test_each_correction_has_its_own_address_on_the_article(client: Client, db: None) -> None:
    article = a_corrected_article("Ferry returns", "The second.", "The first.")

    text = client.get(article.get_url()).text.partition('id="corrections"')[2]
    listed = client.get("/corrections/").context["corrections"]

    assert [said.url.partition("#")[2] for said in listed] == ["correction-2", "correction-1"]
    assert text.index('id="correction-2"') < text.index("The second.")
    assert text.index("The second.") < text.index('id="correction-1"') < text.index("The first.")


def test_every_month_keeps_its_corrections(client: Client, db: None) -> None:
    a_corrected_article("Ferry returns", "It was six.", days_ago=20)
    a_corrected_article("On stage", "She is a tenor.")

    assert 'href="/corrections/2026/2/"' in client.get("/corrections/").text
    page = client.get("/corrections/2026/2/").text
    assert "It was six." in page
    assert "She is a tenor." not in page


@pytest.mark.parametrize("month", ["2026/1", "2026/13", "0/1"])
def test_a_month_without_corrections_is_not_found(client: Client, db: None, month: str) -> None:
    a_corrected_article()

    assert client.get(f"/corrections/{month}/").status_code == 404


def test_corrections_have_a_feed(client: Client, db: None) -> None:
    a_corrected_article("Ferry returns", "It was six.")

    item = next(ElementTree.fromstring(client.get("/corrections/feed.xml").text).iter("item"))  # noqa: S314

    assert item.findtext("title") == "Correction: Ferry returns"
    assert item.findtext("description") == "It was six."
    assert (item.findtext("guid") or "").endswith("/news/ferry-returns/#correction-1")


def test_the_page_of_corrections_asks_as_often_for_ten_as_for_one(client: Client, db: None) -> None:
    a_corrected_article("First")
    few = _queries(client, "/corrections/")
    for number in range(9):
        a_corrected_article(f"Number {number}")

    assert _queries(client, "/corrections/") == few


def _queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("kind", "is_marked"),
    [
        pytest.param("CORRECTION", True, id="a correction"),
        pytest.param("CLARIFICATION", True, id="a clarification"),
        pytest.param("RETRACTION", True, id="a retraction"),
        pytest.param("UPDATE", False, id="an update corrects nothing"),
    ],
)
def test_comments_from_before_a_correction_say_so(
    client: Client, db: None, kind: str, is_marked: bool
) -> None:
    article = a_corrected_article(kind=kind)
    place = places.Place.of(article)
    for word, minutes in (("Before", -5), ("After", 5)):
        a_comment(
            place, f"{word} it.", judgement=Judgement.HAM, now=NOON + timedelta(minutes=minutes)
        )

    page = client.get(article.get_url()).text

    assert page.count("Written before a correction") == int(is_marked)
    if is_marked:
        before, after = page.index("Before it."), page.index("After it.")
        assert before < page.index(f'href="{article.get_url()}#corrections"') < after


def _published(article: ArticlePage, paragraph: str, *, typographical: bool = False) -> None:
    article.body = [("paragraph", f"<p>{paragraph}</p>")]
    article.is_typographical = typographical
    builders.publish(article)


def test_readers_see_what_changed_between_published_versions(client: Client, db: None) -> None:
    article = builders.an_article()
    for text in ("It came at five.", "It came at six.", "It came at six, they say."):
        _published(article, text)

    page = client.get(f"{article.get_url()}history/").text

    assert "<del>five</del><ins>six</ins>" in page
    assert "<ins>, they say</ins>" in page
    assert f'href="{article.get_url()}history/"' in client.get(article.get_url()).text


def test_misprints_and_drafts_are_no_history(client: Client, db: None) -> None:
    article = builders.an_article()
    _published(article, "It came at sicks.")
    _published(article, "It came at six.", typographical=True)
    article.body = [("paragraph", "<p>It sank.</p>")]
    article.save_revision()

    assert client.get(f"{article.get_url()}history/").status_code == 404
    assert "What changed" not in client.get(article.get_url()).text


def test_the_editor_can_close_an_articles_history(client: Client, db: None) -> None:
    article = builders.an_article()
    _published(article, "Her address is 4 Quay Row.")
    article.shows_history = False
    _published(article, "She lives in town.")

    assert client.get(f"{article.get_url()}history/").status_code == 404


def test_a_version_with_the_same_words_is_no_version(db: None) -> None:
    article = builders.an_article()
    _published(article, "It came at six.")
    _published(article, "It came at <b>six</b>.")

    assert PublishedVersion.objects.count() == 1


def test_an_imported_articles_history_begins_with_what_readers_had(
    client: Client, db: None, rf: RequestFactory
) -> None:
    article = builders.an_article(body=[("paragraph", "<p>It came at five.</p>")])

    recording.before_publishing(rf.get("/"), article)
    _published(article, "It came at six.")

    assert "<del>five</del>" in client.get(f"{article.get_url()}history/").text


def test_the_tick_for_misprints_holds_for_one_publication(db: None) -> None:
    assert ArticlePage.base_form_class is ArticleForm
    article = builders.an_article(is_typographical=True)
    form_class = ArticlePage.get_edit_handler().get_form_class()

    assert form_class(instance=article).initial["is_typographical"] is False
