"""Classic content's paragraphs, as WordPress makes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importers.wordpress.autop import autop


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param(" \n\t\n", "", id="white space"),
        pytest.param("One", "<p>One</p>\n", id="one paragraph"),
        pytest.param("One\n\nTwo", "<p>One</p>\n<p>Two</p>\n", id="a blank line"),
        pytest.param("One\r\n\r\nTwo", "<p>One</p>\n<p>Two</p>\n", id="lines of another system"),
        pytest.param("One\n \t \nTwo", "<p>One</p>\n<p>Two</p>\n", id="a line with spaces only"),
        pytest.param("One\n\n\n\nTwo", "<p>One</p>\n<p>Two</p>\n", id="many blank lines"),
        pytest.param("One\nTwo", "<p>One<br />\nTwo</p>\n", id="a line break"),
        pytest.param("One<br>\nTwo", "<p>One<br />\nTwo</p>\n", id="a break that is there already"),
        pytest.param(
            "One<br /><br />Two", "<p>One</p>\n<p>Two</p>\n", id="two breaks part paragraphs"
        ),
        pytest.param(
            "<p>One</p>\nTwo", "<p>One</p>\n<p>Two</p>\n", id="a paragraph that is there already"
        ),
        pytest.param(
            "Before\n<h2>Head</h2>\nafter",
            "<p>Before</p>\n<h2>Head</h2>\n<p>after</p>\n",
            id="a heading",
        ),
        pytest.param(
            "<ul>\n<li>a</li>\n<li>b\nc</li>\n</ul>",
            "<ul>\n<li>a</li>\n<li>b<br />\nc</li>\n</ul>\n",
            id="a list",
        ),
        pytest.param(
            "<blockquote>Wise words.\n\nMore.</blockquote>",
            "<blockquote><p>Wise words.</p>\n<p>More.</p></blockquote>\n",
            id="a quotation gets its paragraphs inside",
        ),
        pytest.param(
            "a <pre>x\n\n  y</pre> b",
            "<p>a </p>\n<pre>x\n\n  y</pre>\n<p> b</p>\n",
            id="preformatted text is left alone",
        ),
        pytest.param(
            "<table>\n<tr>\n<td>a</td>\n</tr>\n</table>",
            "<table>\n<tr>\n<td>a</td>\n</tr>\n</table>\n",
            id="a table",
        ),
        pytest.param("One<hr />Two", "<p>One</p>\n<hr />\n<p>Two</p>\n", id="a rule"),
        pytest.param(
            '<img alt="a\nb"> x', '<p><img alt="a\nb"> x</p>\n', id="a line break within a tag"
        ),
        pytest.param(
            "<script>\na\n\nb\n</script>",
            "<p><script>\na</p>\n<p>b\n</script></p>\n",
            id="a script with a blank line, as WordPress does it",
        ),
        pytest.param(
            "<figure><img>\n<figcaption>Words</figcaption>\n</figure>",
            "<figure><img><figcaption>Words</figcaption></figure>\n",
            id="a figure",
        ),
        pytest.param(
            "<div>Words</div>after", "<div>Words</div>\n<p>after</p>\n", id="text after a block"
        ),
        pytest.param(
            "<select><option>a</option>\n<option>b</option></select>",
            "<p><select><option>a</option><option>b</option></select></p>\n",
            id="choices close up",
        ),
    ],
)
def test_paragraphs(text: str, expected: str) -> None:
    assert autop(text) == expected


def test_a_placeholder_of_our_own_in_the_text_changes_nothing() -> None:
    assert "<pre wp-pre-tag-7></pre>" in autop("<pre wp-pre-tag-7></pre> <pre>x</pre>")


@given(st.text(alphabet="ab \n\t<>/pdivbrelihx-!"))
def test_no_letter_of_the_text_is_lost(text: str) -> None:
    def letters(markup: str) -> str:
        return (
            "".join(markup.split())
            .replace("<p>", "")
            .replace("</p>", "")
            .replace("<br/>", "")
            .replace("<br>", "")
        )

    without_notes = autop(text).replace("<!-- wpnl -->", "")
    assert letters(without_notes) == letters(text)


@pytest.mark.parametrize(
    "unit",
    ["<p", "<p>", "<li", "<pre>", "<script>", "<!--", "<br ", " \t", "\n ", "<p><li", "<option>"],
)
def test_long_repetitions_end(unit: str) -> None:
    """Each would take hours if any pattern were quadratic."""
    assert len(autop("x" + unit * 60_000)) > 60_000 or unit.isspace()
