"""An import can be repeated, stopped, and refused, and never leaves a half of anything."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from broadsheet.importers import from_wordpress
from broadsheet.importers.models import Archive
from broadsheet.importers.records import Story
from broadsheet.importers.stories import Stories
from broadsheet.newsroom.models import ArticlePage
from broadsheet.newsroom.signals import archive_changed
from tests.builders import a_paper
from tests.pure.importers.exports import (
    a_category,
    a_category_of_item,
    a_comment,
    an_attachment,
    an_author,
    an_export,
    an_item,
    metadata,
)

from .builders import bring

pytestmark = pytest.mark.django_db

EVERYTHING = an_export(
    an_author(),
    a_category("harbour", "Harbour"),
    an_attachment(9, "https://old.example/wp-content/uploads/2021/03/pier.jpg", post_parent=1),
    an_item(1, content="Words.\n\n[gallery]", inside=a_category_of_item("harbour", "Harbour") + a_category_of_item("wind", "Wind", "post_tag") + metadata("_thumbnail_id", "9") + a_comment(1) + a_comment(2, comment_parent=1)),
    an_item(2, post_type="page", post_parent=3),
    an_item(3, post_type="page"),
    an_item(4, status="future", post_date_gmt="2099-01-01 08:00:00"),
)  # fmt: skip


@pytest.fixture
def heard() -> Iterator[list[int]]:
    """One entry for each time that the press was told to print everything."""
    times: list[int] = []

    def listener(**_: object) -> None:
        times.append(Archive.objects.count())

    archive_changed.connect(listener, dispatch_uid="test")
    yield times
    archive_changed.disconnect(dispatch_uid="test")


def rows() -> dict[str, int]:
    """How many rows each table holds."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_the_same_file_twice_adds_nothing(tmp_path: Path) -> None:
    bring(tmp_path, EVERYTHING)
    before = rows()

    report = bring(tmp_path, EVERYTHING)

    assert rows() == before
    assert report["added"] == {}
    assert report["known"]["articles"] == 2


def test_an_archive_may_come_in_several_exports(tmp_path: Path) -> None:
    bring(tmp_path, an_export(an_item(1), an_item(2, inside=a_comment(1))))

    report = bring(tmp_path, an_export(an_item(3), an_item(2, inside=a_comment(1))))

    assert report["from_earlier_exports"] == {"articles": {"published": 1}}
    assert report["unexplained"] == []


def test_what_was_edited_here_stays_edited(tmp_path: Path) -> None:
    bring(tmp_path, an_export(an_item(title="As it was")))
    article = ArticlePage.objects.get()
    article.title = "As we say it"
    article.save_revision().publish()

    bring(tmp_path, an_export(an_item(title="As it was"), an_item(2)))

    assert sorted(ArticlePage.objects.values_list("title", flat=True)) == [
        "As we say it",
        "Ferry delayed",
    ]


def test_the_report_says_what_was_edited_here_and_what_changed_there(tmp_path: Path) -> None:
    changed = "<wp:post_modified_gmt>{}</wp:post_modified_gmt>".format
    bring(tmp_path, an_export(*(an_item(n, inside=changed("2021-04-01 08:00:00")) for n in (1, 2, 3))))  # fmt: skip
    article = ArticlePage.objects.get(slug="post-1")
    article.save_revision().publish()

    report = bring(
        tmp_path,
        an_export(
            an_item(1, inside=changed("2021-05-01 08:00:00")),
            an_item(2, inside=changed("2021-05-01 08:00:00")),
            an_item(3, inside=changed("2021-04-01 08:00:00")),
        ),
    )

    assert report["edited_here"] == 1
    assert [(entry["address"], entry["edited_here"]) for entry in report["changed_there"]["first"]] == [("/?p=1", "yes"), ("/?p=2", "no")]  # fmt: skip


def test_a_run_that_was_killed_before_it_could_tell_the_press_is_told_of_by_the_next(
    tmp_path: Path, heard: list[int]
) -> None:
    bring(tmp_path, EVERYTHING)
    Archive.objects.update(is_unfinished=True)

    bring(tmp_path, EVERYTHING)

    assert len(heard) == 2
    assert not Archive.objects.filter(is_unfinished=True).exists()


def test_what_was_deleted_here_stays_deleted(tmp_path: Path) -> None:
    bring(tmp_path, an_export(an_item(inside=a_comment())))
    ArticlePage.objects.get().delete()

    bring(tmp_path, an_export(an_item(inside=a_comment())))

    assert not ArticlePage.objects.exists()


def test_an_interrupted_import_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export = an_export(*(an_item(n) for n in range(1, 8)))
    monkeypatch.setattr(from_wordpress, "BATCH", 2)
    whole = Stories.bring

    def pulled_plug(self: Stories, batch: Sequence[Story]) -> dict[str, int]:
        if ArticlePage.objects.count() >= 4:
            raise KeyboardInterrupt
        return whole(self, batch)

    monkeypatch.setattr(Stories, "bring", pulled_plug)
    with pytest.raises(CommandError, match="goes on from here"):
        bring(tmp_path, export)
    monkeypatch.setattr(Stories, "bring", whole)

    report = bring(tmp_path, export)

    assert report["added"] == {"articles": 3}
    assert ArticlePage.objects.count() == 7


@pytest.fixture
def _untouched() -> Iterator[None]:
    a_paper()
    before = rows()
    yield
    assert rows() == before


@pytest.mark.usefixtures("_untouched")
def test_a_damaged_file_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as error:
        bring(tmp_path, EVERYTHING[:-40])

    assert "line 21" in str(error.value)
    assert "Nothing was imported." in str(error.value)
    assert "\n" not in str(error.value)


def test_what_is_wrong_with_the_file_only_is_put_right_and_told(tmp_path: Path) -> None:
    report = bring(tmp_path, b"\n\n" + an_export(an_item(content="The\x0b ferry.")))

    assert report["repairs"] == {"blank beginning": 1, "control characters": 1}
    assert report["added"]["articles"] == 1


def test_what_stands_before_the_damage_comes_when_asked_for(tmp_path: Path) -> None:
    report = bring(tmp_path, EVERYTHING[:-40], "--partial")

    assert report["added"]["articles"] == 1
    assert "line 21" in report["damage"]


@pytest.mark.usefixtures("_untouched")
def test_a_rehearsal_writes_nothing_and_tells_all(tmp_path: Path) -> None:
    report = bring(tmp_path, EVERYTHING, "--dry-run")

    assert report["site"]["articles"] == {"published": 1, "scheduled": 1}
    assert report["site"]["comments"] == {"published": 2}


@pytest.mark.usefixtures("_untouched")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["missing.xml"], "No such file", id="a file that is not there"),
        pytest.param(["."], "Is a directory", id="a folder"),
        pytest.param(
            ["missing.xml", "--media", "nowhere"], "is no folder", id="a folder that is none"
        ),
        pytest.param(
            ["missing.xml", "--no-media", "--media", "."], "not allowed with", id="two answers"
        ),
        pytest.param([], "required", id="no file"),
        pytest.param(["missing.xml", "--colour"], "unrecognized", id="an unknown option"),
    ],
)
def test_a_mistake_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError) as error:
        call_command("import_wordpress", *arguments, stdout=io.StringIO())

    assert words in str(error.value)


def test_the_press_hears_once(tmp_path: Path, heard: list[int]) -> None:
    bring(tmp_path, EVERYTHING)
    bring(tmp_path, EVERYTHING)

    assert heard == [1]
