"""What may stand in a manuscript, and how a mistake in one is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.web.demonstration import manuscript
from broadsheet.web.demonstration.manuscript import (
    Aside,
    Divider,
    Gallery,
    Heading,
    ManuscriptError,
    Paragraphs,
    PhotoFigure,
    PullQuote,
    Quotation,
    Table,
    Verse,
)

FRONT = '+++\nheadline = "Low tide"\n+++\n'


@pytest.mark.parametrize(
    ("text", "block"),
    [
        pytest.param(
            "One **two** *three*.",
            Paragraphs("<p>One <b>two</b> <i>three</i>.</p>"),
            id="emphasis is bold and italic as the editor writes it",
        ),
        pytest.param(
            "See [the sea](https://example.org/a).",
            Paragraphs('<p>See <a href="https://example.org/a">the sea</a>.</p>'),
            id="links are links",
        ),
        pytest.param(
            "- one\n- two",
            Paragraphs("<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
            id="dashes make a list",
        ),
        pytest.param(
            "a <script> & b",
            Paragraphs("<p>a &lt;script&gt; &amp; b</p>"),
            id="HTML is only text",
        ),
        pytest.param("### Later", Heading("Later", 3), id="three signs make a medium heading"),
        pytest.param("---", Divider(), id="three dashes divide"),
        pytest.param(
            "> It rose.\n> — A witness",
            Quotation("<p>It rose.</p>", "A witness"),
            id="a quotation ends with its source",
        ),
        pytest.param("> It rose.", Quotation("<p>It rose.</p>", ""), id="or has none"),
        pytest.param(
            ":::photo quay wide\nAt five.\n:::",
            PhotoFigure("quay", "At five.", "wide"),
            id="a photo has a name, a width and a caption",
        ),
        pytest.param(
            ":::gallery Tides\na | Ebb\nb | Flood\n:::",
            Gallery((PhotoFigure("a", "Ebb"), PhotoFigure("b", "Flood")), "Tides"),
            id="a gallery has a photo a line",
        ),
        pytest.param(
            ":::pullquote A pilot\nWe wait.\n:::",
            PullQuote("We wait.", "A pilot"),
            id="a pull quote has its source in the first line",
        ),
        pytest.param(
            ":::table Levels\nDay | Metres\n3rd | 3.87\n:::",
            Table((("Day", "Metres"), ("3rd", "3.87")), "Levels"),
            id="bars divide a table's cells",
        ),
        pytest.param(
            ":::aside Rules\nThree.\n\n1. One\n:::",
            Aside("Rules", "<p>Three.</p>\n<ol>\n<li>One</li>\n</ol>"),
            id="an aside holds paragraphs and lists",
        ),
        pytest.param(":::verse\none\ntwo\n:::", Verse("one\ntwo"), id="verse keeps its lines"),
    ],
)
def test_each_kind_of_block(text: str, block: manuscript.Block) -> None:
    assert manuscript.read(FRONT + text).body == (block,)


def test_front_matter_is_toml() -> None:
    assert manuscript.read(FRONT).front == {"headline": "Low tide"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("No front matter", 1, id="no front matter"),
        pytest.param("+++\nheadline =\n+++\n", 2, id="front matter that is not TOML"),
        pytest.param(FRONT + "Text\n\n:::phot a\n:::", 6, id="an unknown directive"),
        pytest.param(FRONT + ":::photo a huge\n:::", 4, id="an unknown width"),
        pytest.param(FRONT + ":::verse\nnever closed", 4, id="a directive that never ends"),
        pytest.param(FRONT + ":::table x\na | b\nc\n:::", 6, id="a row that is too short"),
        pytest.param(FRONT + ":::gallery x\nno bar\n:::", 5, id="a gallery's line without a bar"),
        pytest.param(FRONT + "# Too large", 4, id="a heading of the first level"),
        pytest.param(FRONT + "> one\ntwo", 4, id="a quotation that stops half-way"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(ManuscriptError) as caught:
        manuscript.read(text)

    assert caught.value.line == line


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        body = manuscript.read(FRONT + text).body
    except ManuscriptError:
        return
    assert all("<script" not in block.html for block in body if isinstance(block, Paragraphs))
