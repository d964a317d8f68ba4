"""What stands in double parentheses becomes a footnote, with a way there and back."""

import re

import pytest
from django.test import Client
from lxml import html as markup

from broadsheet.newsroom import footnotes
from tests import builders

TEXT = (
    "<p>It rained ((<i>Almanac</i>, page 3.)) all day.</p><p>And ((Only in the north.)) snowed.</p>"
)


def test_notes_are_numbered_in_their_order_and_lead_back() -> None:
    page = markup.fromstring(f"<div>{footnotes.with_notes(TEXT)}</div>")

    assert page.xpath("//sup/a/text()") == ["1", "2"]
    assert page.xpath("//li/@id") == ["note-1", "note-2"]
    assert page.xpath("//sup/a/@href") == ["#note-1", "#note-2"]
    assert page.xpath("//li/a/@href") == ["#mark-1", "#mark-2"]
    assert page.xpath("//p[1]")[0].text_content().startswith("It rained1")
    assert [note.text_content() for note in page.xpath("//small[@hidden]")] == [
        "1 Almanac, page 3.",
        "2 Only in the north.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<p>No notes.</p>", id="no notes"),
        pytest.param("<p>It (once (or twice)) rained.</p>", id="single ones within each other"),
        pytest.param("<pre><code>((x))</code></pre>", id="code"),
        pytest.param("<p>Use <code>((x))</code>.</p>", id="code in a line"),
        pytest.param("<p>It ((rained.</p><p>All)) day.</p>", id="a note over two paragraphs"),
        pytest.param("<p>It <b>((rained</b> much)).</p>", id="a note that would cut an element"),
        pytest.param("<p>(( )) (()) ((((</p>", id="empty ones"),
    ],
)
def test_what_is_no_note_stays_as_it_is(text: str) -> None:
    assert footnotes.with_notes(text) == text


def test_an_article_ends_with_its_notes(client: Client, db: None) -> None:
    article = builders.an_article(body=[("paragraph", TEXT), ("code", {"code": "((x))"})])

    page = client.get(article.get_url()).text

    assert len(re.findall('id="note-', page)) == 2
    assert "<code>((x))</code>" in page
