"""What other systems wrote comes below the pages that it belongs to."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.contrib.redirects.models import Redirect

from broadsheet.comments.models import ReaderComment, Status
from broadsheet.newsroom.models import ArticlePage, StandardPage
from tests.builders import a_paper, an_article
from tests.pure.importers.holdings import DISQUS, HUGO

from .builders import Reported

pytestmark = pytest.mark.django_db


def comments_of_disqus(folder: Path, *options: str) -> Reported:
    file, report = folder / "disqus.xml", folder / "report.json"
    file.write_text(DISQUS, encoding="utf-8")
    call_command(
        "import_comments",
        "disqus",
        str(file),
        "--report",
        str(report),
        *options,
        stdout=io.StringIO(),
    )
    told: Reported = json.loads(report.read_text(encoding="utf-8"))
    return told


def test_comments_follow_a_page_to_its_new_address_and_are_told_of(tmp_path: Path) -> None:
    a_paper()
    article = an_article()
    Redirect.objects.create(old_path="/ferry", redirect_page=article)

    told = comments_of_disqus(tmp_path)
    again = comments_of_disqus(tmp_path)

    assert list(ReaderComment.objects.values_list("page_id", "status")) == [
        (article.pk, Status.PUBLISHED)
    ]
    assert told["source"] == {"comments": {"published": 1, "spam": 1}}
    assert told["site"] == {"comments": {"published": 1}}
    assert told["unexplained"] == []
    assert (again["added"], again["known"]) == ({}, {"comments": 1})


def test_comments_of_a_page_that_is_not_here_are_listed(tmp_path: Path) -> None:
    a_paper()

    told = comments_of_disqus(tmp_path)

    assert told["homeless_comments"]["first"] == [
        {"address": "https://old.example/ferry/", "comments": "2"}
    ]
    assert told["unexplained"] == []


def test_a_damaged_file_brings_nothing(tmp_path: Path) -> None:
    a_paper()
    article = an_article()
    Redirect.objects.create(old_path="/ferry", redirect_page=article)
    file = tmp_path / "disqus.xml"
    file.write_text(DISQUS.replace("</disqus>", ""), encoding="utf-8")

    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_comments", "disqus", str(file))

    assert not ReaderComment.objects.exists()


def test_a_folder_of_markdown_becomes_articles_with_their_old_addresses(tmp_path: Path) -> None:
    a_paper()
    folder, report = tmp_path / "content", tmp_path / "report.json"
    folder.mkdir()
    (folder / "ferry.md").write_text(HUGO, encoding="utf-8")
    (folder / "colophon.md").write_text("Set in type.", encoding="utf-8")
    asked = ("markdown", str(folder), "--address", "https://old.example", "--report", str(report))

    for _time in ("once", "again"):
        call_command("import_stories", *asked, stdout=io.StringIO())

    article = ArticlePage.objects.get()
    assert (article.title, article.get_parent().slug) == ("Ferry", "harbour")
    assert StandardPage.objects.filter(slug="colophon").exists()
    assert Redirect.objects.get(old_path="/old/ferry").redirect_page_id == article.pk
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["unexplained"] == []
    assert told["added"] == {}
