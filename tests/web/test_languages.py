"""The newspaper speaks five languages, and all of it does."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import translation

from broadsheet.comments import actions, post
from broadsheet.comments.models import Status
from broadsheet.newsroom import locality
from broadsheet.newsroom.models import Newspaper
from broadsheet.spam import Judgement
from tests import builders
from tests.clock import NOON
from tests.comments.builders import a_comment, a_place

PACKAGE = Path(settings.PACKAGE)
TRANSLATED = [code for code, _ in settings.LANGUAGES if code != "en"]
with_gettext = pytest.mark.skipif(
    shutil.which("msgfmt") is None and os.environ.get("CI") != "true",
    reason="needs gettext's tools (Debian: apt install gettext)",
)


def catalogue(language: str, suffix: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / f"django.{suffix}"


def run(*command: str, folder: Path) -> str:
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=True, env=dict(os.environ)
    ).stdout


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources whose catalogues were brought up to date with them, as `make messages` does."""
    copy = tmp_path_factory.mktemp("sources") / "broadsheet"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("static", "data", "__pycache__"))
    django_admin = (sys.executable, "-m", "django", "makemessages")
    run(*django_admin, "--all", "--no-wrap", "--add-location", "file", folder=copy)
    return copy


@with_gettext
@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param("--untranslated", id="no string lacks a translation"),
        pytest.param("--only-fuzzy", id="no translation is only similar"),
        pytest.param("--only-obsolete", id="no translation is left over"),
    ],
)
def test_the_catalogues_are_true(gathered: Path, language: str, wrong: str) -> None:
    file = gathered / "locale" / language / "LC_MESSAGES" / "django.po"

    found = run("msgattrib", wrong, str(file), folder=gathered)

    assert re.findall(r'^(?:#~ )?msgid (?!"")"?.*|^"[^\\]+"$', found, re.MULTILINE) == []


@with_gettext
@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_shipped_is_what_was_translated(language: str, tmp_path: Path) -> None:
    compiled = tmp_path / "django.mo"
    run(
        *("msgfmt", "--check-format", "-o", str(compiled), str(catalogue(language, "po"))),
        folder=tmp_path,
    )

    assert messages(catalogue(language, "mo")) == messages(compiled)


def messages(file: Path) -> dict[Any, str]:
    with file.open("rb") as opened:
        found: dict[Any, str] = gettext.GNUTranslations(opened).__dict__["_catalog"]
    return found


def speak(language: str, *, time_zone: str = "UTC") -> None:
    newspaper = Newspaper.for_site(builders.the_site())
    newspaper.language, newspaper.time_zone = language, time_zone
    newspaper.save()


@pytest.mark.parametrize(
    ("language", "published", "skip"),
    [
        pytest.param("en", "March 14, 2026, 1 p.m.", "Skip to the content", id="English"),
        pytest.param("ar", "14 مارس 2026، 13:00", "انتقل إلى المحتوى", id="Arabic"),
        pytest.param("es", "14 de marzo de 2026 a las 13:00", "Ir al contenido", id="Spanish"),
        pytest.param("fr", "14 mars 2026 13:00", "Aller au contenu", id="French"),
        pytest.param("de", "14. März 2026 13:00", "Zum Inhalt springen", id="German"),
    ],
)
def test_a_page_is_in_the_papers_language_and_on_its_clock(
    client: Client, db: None, language: str, published: str, skip: str
) -> None:
    article = builders.an_article(by=("Amal Haddad",))
    speak(language, time_zone="Europe/Berlin")

    page = client.get(article.get_url()).text

    assert f'<html lang="{language}"' in page
    assert f">{published}</time>" in page
    assert f">{skip}</a>" in page


@pytest.mark.parametrize(
    ("language", "edition"),
    [
        pytest.param("en", "Saturday, March 14, 2026", id="English"),
        pytest.param("ar", "السبت، 14 مارس 2026", id="Arabic"),
        pytest.param("es", "Sábado, 14 de marzo de 2026", id="Spanish"),
        pytest.param("fr", "Samedi 14 mars 2026", id="French"),
        pytest.param("de", "Samstag, 14. März 2026", id="German"),
    ],
)
def test_the_front_page_is_dated_as_papers_of_that_language_are(
    client: Client, db: None, language: str, edition: str
) -> None:
    builders.an_article()
    speak(language)

    assert f">{edition}</time>" in client.get("/").text


def test_an_article_in_another_language_is_in_it_from_its_head_to_its_end(
    client: Client, db: None
) -> None:
    article = builders.an_article(by=("Amal Haddad",), language="ar")

    page = client.get(article.get_url()).text
    own, around = re.split(r"<article|</article>", page)[1], page.split("</article>")[1]

    assert '<p class="byline">بقلم' in own
    assert "14 مارس 2026" in own
    assert "Write a comment" in around


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        pytest.param("de", "14. März 2026 12:00", id="German"),
        pytest.param("ar", "14 مارس 2026، 12:00", id="Arabic"),
    ],
)
def test_a_comment_is_dated_in_the_papers_language_whoever_published_it(
    client: Client, db: None, language: str, expected: str
) -> None:
    place = a_place()
    comment = a_comment(place, judgement=Judgement.UNSURE)
    speak(language)
    with translation.override("en"):  # the moderator's
        actions.decide(comment_id=comment.pk, status=Status.PUBLISHED, by=None, now=NOON)

    page = client.get(place.url).text

    assert f">{expected}</time>" in page.partition('id="comments"')[2]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        pytest.param(0, "لا تعليقات", id="none"),
        pytest.param(1, "تعليق واحد", id="one"),
        pytest.param(2, "تعليقان", id="two"),
        pytest.param(3, "3 تعليقات", id="a few"),
        pytest.param(11, "11 تعليقًا", id="many"),
        pytest.param(100, "100 تعليق", id="a hundred"),
    ],
)
def test_arabic_counts_in_its_six_ways(number: int, words: str) -> None:
    with translation.override("ar"):
        found = translation.ngettext("%(count)s comment", "%(count)s comments", number)

    assert found % {"count": number} == words


def test_mail_is_in_the_papers_language(db: None) -> None:
    place = a_place()
    speak("de")
    a_comment(place, wants_receipt=True)

    with locality.at_home(locality.the_newspaper()):
        post.send_waiting(NOON)

    assert mail.outbox[0].subject == "Der private Link zu Ihrem Kommentar"
    assert "einen Kommentar zu „Ferry returns“ geschrieben" in mail.outbox[0].body
