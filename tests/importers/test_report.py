"""The report proves the import, to programs and to people."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.pure.importers.exports import (
    a_category,
    a_category_of_item,
    a_comment,
    an_attachment,
    an_export,
    an_item,
)

from .builders import bring

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]

MIXED = an_export(
    a_category("harbour", "Harbour"),
    a_category("unused", "Unused"),
    an_attachment(9, "https://old.example/uploads/pier.jpg"),
    an_attachment(8, "https://old.example/uploads/talk.mp3"),
    an_item(1, inside=a_category_of_item("harbour", "Harbour") + a_comment(1) + a_comment(2, comment_approved="0") + a_comment(3, comment_type="pingback")),
    an_item(2, status="private", content='<script>x</script>[box a="1"]Words[/box]<!-- wp:my/chart /-->'),
    an_item(3, post_type="nav_menu_item"),
    an_item(4, post_type="page"),
)  # fmt: skip


def test_it_counts_both_sides_and_explains_every_difference(tmp_path: Path) -> None:
    report = bring(tmp_path, MIXED)

    assert report["source"]["articles"] == {"published": 1, "private": 1}
    assert report["site"]["articles"] == {"published": 1, "draft": 1}
    assert report["source"]["comments"] == report["site"]["comments"] == {"published": 1, "held": 1}
    assert report["source"]["pingbacks"] == {"published": 1}
    assert report["source"]["files"] == {"library": 1}
    assert report["site"]["photos"] == {"library": 1}
    assert report["unexplained"] == []
    explained = {
        (entry["type"], entry["status"]): entry["number"] for entry in report["differences"]
    }
    assert explained == {
        ("articles", "private"): 1,
        ("categories", "published"): 1,
        ("files", "library"): 1,
        ("nav_menu_item", "published"): 1,
        ("pingbacks", "published"): 1,
    }


def test_it_shows_what_was_not_understood_with_where_to_look(tmp_path: Path) -> None:
    report = bring(tmp_path, MIXED)

    assert report["unknown_shortcodes"]["box"] == {
        "count": 1,
        "examples": [{"written": '[box a="1"]', "address": "/?p=2"}],
    }
    assert report["unknown_blocks"]["my/chart"]["count"] == 1
    assert report["removed"] == {"script": 1}


def test_every_key_is_documented(tmp_path: Path) -> None:
    documented = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")

    assert [key for key in bring(tmp_path, MIXED) if f"`{key}`" not in documented] == []


def test_people_get_a_page_of_their_own(tmp_path: Path) -> None:
    bring(tmp_path, an_export(an_item(content="[box a=1]<b>Words</b>[/box]", title="<x>")))

    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Import of old.example/news" in page
    assert "Nothing is missing without a reason" in page
    assert "[box a=1]" in page
    assert "<b>Words" not in page


def test_the_terminal_gets_a_few_lines(tmp_path: Path) -> None:
    bring(tmp_path, MIXED)
    said = io.StringIO()

    call_command("import_wordpress", str(tmp_path / "export.xml"), stdout=said)

    assert "articles" in said.getvalue()
    assert "It was private on the old site." in said.getvalue()


def test_a_text_that_loses_words_is_shown_beside_the_old_one(tmp_path: Path) -> None:
    lost = "<select><option>Words of a form that nobody can fill in</option></select>One word."

    report = bring(tmp_path, an_export(an_item(content=lost), an_item(2, content="Nothing lost.")))

    assert report["texts_compared"] == 2
    assert [entry["address"] for entry in report["texts_that_differ"]["first"]] == ["/?p=1"]
