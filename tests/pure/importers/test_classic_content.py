"""What the classic editor wrote."""

from typing import Any

import pytest

from broadsheet.importers.blocks import FileReference, PhotoReference

from .contents import PIER, PIER_TAG, WITH_CAPTION, a_photo, blocks


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(
            "One.\n\nTwo\nlines.",
            [("paragraph", "<p>One.</p><p>Two<br/>\nlines.</p>")],
            id="paragraphs share a block",
        ),
        pytest.param(
            "<strong>a</strong> <em>b</em> <del>c</del> <kbd>d</kbd> H<sub>2</sub>O x<sup>2</sup>",
            [
                (
                    "paragraph",
                    "<p><b>a</b> <i>b</i> <s>c</s> <code>d</code> H<sub>2</sub>O x<sup>2</sup></p>",
                )
            ],
            id="marks",
        ),
        pytest.param(
            '<a href="https://x.example/?a=1&amp;b=2" onclick="x()" target="_blank">link</a>',
            [("paragraph", '<p><a href="https://x.example/?a=1&amp;b=2">link</a></p>')],
            id="a link",
        ),
        pytest.param(
            '<a href="javascript:alert(1)">words</a>', [("paragraph", "<p>words</p>")], id="a bad link"
        ),
        pytest.param('<a href="#top">up</a>', [("paragraph", "<p>up</p>")], id="an anchor"),
        pytest.param("a <q>b</q>", [("paragraph", "<p>a “b”</p>")], id="an inline quotation"),
        pytest.param("3 < 5 & 7 > 6", [("paragraph", "<p>3 &lt; 5 &amp; 7 &gt; 6</p>")], id="signs"),
        pytest.param(
            "<h1>A</h1><h3>B <em>c</em></h3><h6>D</h6><h2> </h2>",
            [
                ("heading", {"text": "A", "level": "2"}),
                ("heading", {"text": "B c", "level": "3"}),
                ("heading", {"text": "D", "level": "4"}),
            ],
            id="headings have three levels",
        ),
        pytest.param(
            f"<h2>{'long ' * 50}</h2>",
            [("paragraph", f"<p><b>{('long ' * 50).strip()}</b></p>")],
            id="a heading that is none",
        ),
        pytest.param(
            "<ul><li>a<ol><li>b</li></ol></li><li><p>c</p><p>d</p></li></ul>",
            [("paragraph", "<ul><li>a<ol><li>b</li></ol></li><li>c<br/>d</li></ul>")],
            id="lists within lists",
        ),
        pytest.param("One<hr />Two", [("paragraph", "<p>One</p>"), ("divider", {}), ("paragraph", "<p>Two</p>")], id="a rule"),
        pytest.param(
            "<blockquote>Wise.\n\nWords.<cite>Ada</cite></blockquote>",
            [("quote", {"text": "<p>Wise.</p><p>Words.</p>", "source": "Ada"})],
            id="a quotation with its source",
        ),
        pytest.param(
            "<pre>  a\n\n    b</pre>", [("verse", "  a\n\n    b")], id="lines as they were written"
        ),
        pytest.param(
            '<pre><code class="language-python">if a &lt; b:\n    pass</code></pre>',
            [("code", {"language": "python", "code": "if a < b:\n    pass"})],
            id="code",
        ),
        pytest.param(
            "<table><thead><tr><th>Year</th><th>Boats</th></tr></thead><tr><td>2020</td><td>7</td></tr></table>",
            [
                (
                    "table",
                    {
                        "data": [["Year", "Boats"], ["2020", "7"]],
                        "first_row_is_table_header": True,
                        "first_col_is_header": False,
                        "table_caption": "",
                    },
                )
            ],
            id="a table",
        ),
        pytest.param(
            '<table><tr><td colspan="2">a</td></tr></table>',
            [("markup", '<table>\n<tbody><tr>\n<td colspan="2">a</td>\n</tr>\n</tbody></table>')],
            id="a table with joined cells stays HTML",
        ),
        pytest.param(
            "<dl><dt>Pier</dt><dd>Where boats land.</dd></dl>",
            [("markup", "<dl>\n<dt>Pier</dt>\n<dd>Where boats land.</dd>\n</dl>")],
            id="definitions stay HTML",
        ),
        pytest.param(
            "<details><summary>More</summary>Inside.</details>",
            [("aside", {"title": "More", "text": "<p>Inside.</p>"})],
            id="what unfolds is an aside",
        ),
        pytest.param(PIER_TAG, [a_photo(PIER)], id="a photo"),
        pytest.param(
            f"{PIER_TAG} Words beside it.",
            [a_photo(PIER), ("paragraph", "<p>Words beside it.</p>")],
            id="a photo before the words stands above them",
        ),
        pytest.param(
            f"Words {PIER_TAG} around it.",
            [("paragraph", "<p>Words  around it.</p>"), a_photo(PIER)],
            id="a photo amid words stands below them",
        ),
        pytest.param(
            f'<a href="https://old.example/pier.jpg">{PIER_TAG}</a>', [a_photo(PIER)], id="a link to the photo itself"
        ),
        pytest.param(
            '<p>Fine <img class="wp-smiley" alt=":-)" src="https://s.example/s.png"></p>',
            [("paragraph", "<p>Fine :-)</p>")],
            id="a smiley is text",
        ),
        pytest.param(
            '<img src="data:image/gif;base64,R0" data-src="https://old.example/lazy.jpg" alt="">',
            [a_photo(PhotoReference("https://old.example/lazy.jpg"))],
            id="a lazily loaded photo",
        ),
        pytest.param(
            f'[caption id="attachment_7" width="300"]{PIER_TAG} The pier <em>at dawn</em>[/caption]',
            [a_photo(WITH_CAPTION, "The pier at dawn")],
            id="a caption",
        ),
        pytest.param(
            f'[caption width="300" caption="The pier at dawn"]{PIER_TAG}[/caption]',
            [a_photo(WITH_CAPTION, "The pier at dawn")],
            id="a caption of the oldest kind",
        ),
        pytest.param(
            "https://www.youtube.com/watch?v=abc123_-\n\nWords.",
            [
                ("embed", {"url": "https://www.youtube.com/watch?v=abc123_-", "title": ""}),
                ("paragraph", "<p>Words.</p>"),
            ],
            id="an address alone on its line",
        ),
        pytest.param(
            "https://unknown.example/page",
            [
                (
                    "paragraph",
                    '<p><a href="https://unknown.example/page">https://unknown.example/page</a></p>',
                )
            ],
            id="an address that nobody embeds",
        ),
        pytest.param(
            '<iframe src="//www.youtube.com/embed/abc123_-?rel=0"></iframe>',
            [("embed", {"url": "https://www.youtube.com/watch?v=abc123_-", "title": ""})],
            id="a frame",
        ),
        pytest.param(
            "[embed]https://vimeo.com/1[/embed]",
            [("embed", {"url": "https://vimeo.com/1", "title": ""})],
            id="the embed shortcode",
        ),
        pytest.param(
            "[youtube https://youtu.be/abc] [vimeo 12]",
            [
                ("embed", {"url": "https://youtu.be/abc", "title": ""}),
                ("embed", {"url": "https://vimeo.com/12", "title": ""}),
            ],
            id="shortcodes of services",
        ),
        pytest.param(
            '[audio mp3="https://old.example/talk.mp3"][/audio]',
            [("file", {"document": FileReference("https://old.example/talk.mp3"), "title": ""})],
            id="sound",
        ),
        pytest.param(
            "Before<!--more-->\n\nafter\n<!--nextpage-->\nNext.",
            [("paragraph", "<p>Before</p><p>after</p><p>Next.</p>")],
            id="breaks of pages and teasers",
        ),
        pytest.param("<script>alert(1)</script>Words", [("paragraph", "<p>Words</p>")], id="script"),
        pytest.param('<img src=x onerror="a()"> <p onclick=b()>Words', [a_photo(PhotoReference("x")), ("paragraph", "<p>Words</p>")], id="handlers"),
        pytest.param("[[gallery]] is written so", [("paragraph", "<p>[gallery] is written so</p>")], id="an escaped shortcode"),
        pytest.param("They said [sic] so", [("paragraph", "<p>They said [sic] so</p>")], id="an editor's brackets"),
        pytest.param('<a title="[gallery]" href="/x">y</a>', [("paragraph", '<p><a href="/x">y</a></p>')], id="brackets within a tag"),
    ],
)  # fmt: skip
def test_classic_content(content: str, expected: list[tuple[str, Any]]) -> None:
    assert blocks(content) == expected
