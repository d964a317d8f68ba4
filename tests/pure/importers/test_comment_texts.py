"""A comment's HTML becomes the small Markdown of our own comments, and shows the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.comments.markup import render
from broadsheet.importers.wordpress.comments import markdown


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("Plain words.\nNext line.", "Plain words.\nNext line.", id="plain words"),
        pytest.param("2 * 3 * 4 and a_b_c", r"2 \* 3 \* 4 and a\_b\_c", id="signs that Markdown would take"),
        pytest.param("> not a quotation", r"\> not a quotation", id="signs at a line's start"),
        pytest.param("1. not a list", r"1\. not a list", id="numbers at a line's start"),
        pytest.param("See https://x.example/a_b*c", "See https://x.example/a_b*c", id="an address"),
        pytest.param("<b>if</b> x &amp;lt; y", r"**if** x \&lt; y", id="what looks like an entity"),
        pytest.param("<em>a</em> <strong>b</strong>", "*a* **b**", id="marks"),
        pytest.param('<a href="https://x.example/">x</a>', "[x](https://x.example/)", id="a link"),
        pytest.param('<a href="javascript:x">y</a>', "y", id="a bad link"),
        pytest.param("<blockquote>a\nb</blockquote>c", "> a\n> b\n\nc", id="a quotation"),
        pytest.param("<ul><li>a</li><li>b</li></ul>", "- a\n- b", id="a list"),
        pytest.param("<dl><dt>a</dt><dd>b</dd></dl>", "a\n\nb", id="what has no sign of its own stands apart"),
        pytest.param("a<br />\nb<br>c", "a\nb\nc", id="breaks"),
        pytest.param("<script>x</script>a", "a", id="script"),
        pytest.param("<b>" * 3000 + "a", "a", id="marks within marks within marks"),
    ],
)  # fmt: skip
def test_markdown(html: str, expected: str) -> None:
    assert markdown(html) == expected


@given(st.text("ab *_`[]()>#-+1.!\\\n~|"))
def test_plain_words_show_as_they_were_written(text: str) -> None:
    shown = render(markdown(text))

    for mark in ("<em>", "<strong>", "<ol>", "<ul>", "<blockquote>", "<a "):
        assert mark not in shown


@given(st.lists(st.sampled_from(["<b>", "</b>", "<ul>", "<li>", "<blockquote>", "</blockquote>", "<a href='x'>", "<pre>", "<table><td>", "x", "\n", "<br>", "&lt;", "<!--"]), max_size=60).map("".join))  # fmt: skip
def test_any_html_has_a_text(html: str) -> None:
    assert "<script" not in render(markdown(html))
