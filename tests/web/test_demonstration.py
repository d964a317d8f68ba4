"""The demonstration newspaper in the database: complete, made once, and gone without a trace."""

import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from PIL import Image
from pytest_django import DjangoDbBlocker
from wagtail.models import Page

from broadsheet.comments.models import ReaderComment, Status
from broadsheet.learning.models import Decision, LoggedJudgement
from broadsheet.learning.trainer import Follower
from broadsheet.newsroom.models import ArticlePage, ContributorPage, FrontPage, Newspaper, Photo
from broadsheet.spam import SpamFilter
from broadsheet.web.demonstration import edition, load

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TEXTS = edition.read()


def draw_quickly(names: Iterable[str]) -> Mapping[str, bytes]:
    target = io.BytesIO()
    Image.new("RGB", (60, 40), (30, 50, 82)).save(target, "JPEG")
    return dict.fromkeys(names, target.getvalue())


@pytest.fixture(scope="module")
def _created_once(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Made once for all tests here, each of which is rolled back to it; then rolled back itself."""
    media = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=media),
        transaction.atomic(),
    ):
        assert load.create(NOW, draw=draw_quickly)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _demonstration(_created_once: None, db: None) -> None:
    """Every test here begins with the demonstration."""


def test_every_article_is_live_at_its_age() -> None:
    ages = {a.slug: NOW - timedelta(hours=a.age_hours) for a in TEXTS.articles}

    assert dict(ArticlePage.objects.live().values_list("slug", "first_published_at")) == ages


def test_the_sections_stand_in_the_papers_order() -> None:
    front = FrontPage.objects.get()

    assert [s.slug for s in front.sections()] == [s.slug for s in TEXTS.paper.sections]
    assert front.lead is not None
    assert Newspaper.objects.get().name == TEXTS.paper.name


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "The Marlhaven Tide"),
        ("/news/harbour-night-quay/", "How the board decides"),
        ("/culture/letters-from-the-sea/", "رسائل"),
        ("/culture/wood-remembers/", "Ilse Brandvold"),
        ("/life/day-on-the-water/", "Selsay light: two flashes"),
        ("/contributors/ruth-calloway/", "hydrologist"),
        ("/about/", "does not exist"),
        ("/write-for-us/", "five sentences"),
    ],
)
def test_its_pages_answer(client: Client, path: str, words: str) -> None:
    response = client.get(path)

    assert response.status_code == 200
    assert words in response.content.decode()


def test_photos_have_a_text_for_who_cannot_see_them_and_a_credit() -> None:
    assert not Photo.objects.filter(description="").exists()
    assert not Photo.objects.filter(credit="").exists()


def test_threads_are_published_with_their_answers() -> None:
    written = sum(len(article.letters) for article in TEXTS.articles)
    answers = sum(letter.answers is not None for a in TEXTS.articles for letter in a.letters)
    published = ReaderComment.objects.filter(status=Status.PUBLISHED)

    assert published.count() == written
    assert published.exclude(parent=None).count() == answers
    assert LoggedJudgement.objects.filter(decision=Decision.HAM).count() == written
    assert not published.filter(created_at__gt=NOW).exists()


@pytest.mark.parametrize(
    ("status", "number"), [(Status.HELD, len(TEXTS.held)), (Status.SPAM, len(TEXTS.spam))]
)
def test_the_desk_has_something_to_show_with_what_the_filter_said(
    status: Status, number: int
) -> None:
    waiting = ReaderComment.objects.filter(status=status)

    assert waiting.count() == number
    assert not waiting.filter(judgement=None).exists()


def test_nobody_can_log_in_as_its_owner(client: Client) -> None:
    owner = get_user_model().objects.get(username=load.OWNER)

    assert not owner.has_usable_password()
    assert not owner.is_active


def test_a_second_time_changes_nothing() -> None:
    before = (Page.objects.count(), Photo.objects.count(), ReaderComment.objects.count())

    assert not load.create(NOW + timedelta(days=1), draw=draw_quickly)
    assert (
        Page.objects.count(),
        Photo.objects.count(),
        ReaderComment.objects.count(),
    ) == before


def test_the_command_says_that_it_is_there_already(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demonstration")

    captured = capsys.readouterr()
    assert captured.out == ""  # prepare prints the set-up path there
    assert "already" in captured.err


def test_it_can_be_removed_whole_and_made_again() -> None:
    assert load.remove()

    assert not ArticlePage.objects.exists()
    assert not ContributorPage.objects.exists()
    assert not Photo.objects.exists()
    assert not ReaderComment.objects.exists()
    assert not LoggedJudgement.objects.exists()
    assert Follower().catch_up().checksum() == SpamFilter.shipped().checksum()
    assert FrontPage.objects.exists()
    assert not load.remove()
    assert load.create(NOW, draw=draw_quickly)
