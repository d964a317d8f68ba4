"""WXR → us → WXR keeps articles, terms, authors, comments and threads."""

import io
from datetime import UTC
from pathlib import Path

import pytest
from django.core.management import call_command

from broadsheet.importers.wordpress import wxr
from broadsheet.importers.wordpress.export import Author, Channel, Item, Record, Term
from tests.importers.builders import bring
from tests.pure.importers.exports import (
    a_category,
    a_category_of_item,
    a_comment,
    an_author,
    an_export,
    an_item,
)

pytestmark = pytest.mark.django_db


def exported(folder: Path) -> list[Record]:
    file = folder / "out.xml"
    call_command("export_wxr", str(file), stdout=io.StringIO())
    with file.open("rb") as body:
        return list(wxr.read(body, zone=UTC))


def test_articles_terms_authors_comments_and_threads_are_kept(tmp_path: Path) -> None:
    given = an_export(
        an_author("mara", "Mara Lindqvist"),
        a_category("harbour", "Harbour"),
        an_item(
            1,
            title="Ferry & quay",
            content="First.\n\nSecond <b>bold</b>.",
            inside=a_category_of_item("harbour", "Harbour")
            + '<category domain="post_tag" nicename="tides"><![CDATA[Tides]]></category>'
            + a_comment(5)
            + a_comment(6, comment_parent=5),
        ),
        an_item(2, title="A draft", status="draft"),
    )
    bring(tmp_path, given)

    records = exported(tmp_path)

    items = {item.title: item for item in records if isinstance(item, Item) and item.type == "post"}
    ferry = items["Ferry & quay"]
    assert (items["A draft"].status, ferry.status, ferry.slug) == ("draft", "publish", "post-1")
    assert "<b>bold</b>" in ferry.content
    assert {(use.taxonomy, use.slug) for use in ferry.terms} == {
        ("category", "harbour"),
        ("post_tag", "tides"),
        ("author", "cap-mara"),
    }
    assert [author.name for author in records if isinstance(author, Author)] == ["Mara Lindqvist"]
    assert {term.slug for term in records if isinstance(term, Term)} >= {"harbour", "tides"}
    first, second = ferry.comments
    assert second.parent == first.id
    (paper,) = (record for record in records if isinstance(record, Channel))
    assert (paper.title, paper.language) == ("The Harbour Post", "en")


def test_quotations_lines_and_what_looks_like_a_shortcode_are_kept(tmp_path: Path) -> None:
    bring(
        tmp_path,
        an_export(an_item(1, content="One.\n\n<blockquote>Two.</blockquote>\n\n[sic] <hr> end")),
    )

    (first,) = (
        item for item in exported(tmp_path) if isinstance(item, Item) and item.type == "post"
    )

    assert "Two." in first.content
    assert "<hr/>" in first.content
    assert "[sic]" in first.content
