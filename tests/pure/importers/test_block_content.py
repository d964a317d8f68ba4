"""What the block editor wrote."""

from typing import Any

import pytest

from broadsheet.importers.blocks import FileReference, PhotoReference

from .contents import PIER, PIER_TAG, WITH_CAPTION, a_photo, block, blocks


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            block("paragraph", "<p>One\ntwo</p>") + "\n\n" + block("paragraph", "<p>Three</p>"),
            [("paragraph", "<p>One\ntwo</p><p>Three</p>")],
            id="paragraphs are as they are",
        ),
        pytest.param(
            block("heading", "<h3>A</h3>", '{"level":3}'),
            [("heading", {"text": "A", "level": "3"})],
            id="a heading",
        ),
        pytest.param(
            block(
                "image",
                f'<figure class="wp-block-image alignwide">{PIER_TAG}<figcaption>The pier at dawn</figcaption></figure>',
                '{"id":7,"align":"wide"}',
            ),
            [a_photo(WITH_CAPTION, "The pier at dawn", "wide")],
            id="an image",
        ),
        pytest.param(
            block(
                "gallery",
                '<figure class="wp-block-gallery">'
                + block("image", f"<figure>{PIER_TAG}<figcaption>The pier at dawn</figcaption></figure>")
                + "<figcaption>Two days</figcaption></figure>",
            ),
            [
                (
                    "gallery",
                    {
                        "photos": [{"photo": WITH_CAPTION, "caption": "The pier at dawn"}],
                        "caption": "Two days",
                    },
                )
            ],
            id="a gallery",
        ),
        pytest.param(
            block(
                "gallery",
                '<figure class="wp-block-gallery"><ul class="blocks-gallery-grid"><li><figure>'
                '<img src="https://old.example/pier.jpg" data-id="7" alt="The pier"/>'
                "<figcaption>The pier at dawn</figcaption></figure></li></ul></figure>",
            ),
            [
                (
                    "gallery",
                    {
                        "photos": [{"photo": WITH_CAPTION, "caption": "The pier at dawn"}],
                        "caption": "",
                    },
                )
            ],
            id="a gallery of the older kind",
        ),
        pytest.param(
            block("quote", '<blockquote class="wp-block-quote"><p>Wise.</p><cite>Ada</cite></blockquote>'),
            [("quote", {"text": "<p>Wise.</p>", "source": "Ada"})],
            id="a quotation",
        ),
        pytest.param(
            block(
                "pullquote",
                '<figure class="wp-block-pullquote"><blockquote><p>Wise.</p><cite>Ada</cite></blockquote></figure>',
            ),
            [("pullquote", {"text": "Wise.", "source": "Ada"})],
            id="a pull quote",
        ),
        pytest.param(
            block("table", '<figure class="wp-block-table"><table><tbody><tr><td>a</td><td>b</td></tr></tbody></table><figcaption>Boats</figcaption></figure>'),
            [("table", {"data": [["a", "b"]], "first_row_is_table_header": False, "first_col_is_header": False, "table_caption": "Boats"})],
            id="a table with a caption",
        ),
        pytest.param(
            block("embed", '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://vimeo.com/1\n</div><figcaption>A film</figcaption></figure>'),
            [("embed", {"url": "https://vimeo.com/1", "title": "A film"})],
            id="an embed",
        ),
        pytest.param(
            block("verse", '<pre class="wp-block-verse">One<br>  two</pre>'), [("verse", "One\n  two")], id="a verse"
        ),
        pytest.param(
            block("code", '<pre class="wp-block-code"><code>a &lt; b</code></pre>'),
            [("code", {"language": "", "code": "a < b"})],
            id="code",
        ),
        pytest.param(
            block("audio", '<figure class="wp-block-audio"><audio src="https://old.example/a.ogg"></audio><figcaption>A talk</figcaption></figure>'),
            [("file", {"document": FileReference("https://old.example/a.ogg"), "title": "A talk"})],
            id="sound",
        ),
        pytest.param(
            block("file", '<div class="wp-block-file"><a href="https://old.example/a.pdf">The report</a><a href="https://old.example/a.pdf" class="wp-block-file__button" download>Download</a></div>'),
            [("file", {"document": FileReference("https://old.example/a.pdf"), "title": "The report"})],
            id="a file",
        ),
        pytest.param(
            block("cover", '<div class="wp-block-cover" style="background-image:url(x)"><p>Words</p></div>', '{"url":"https://old.example/pier.jpg","id":7}'),
            [a_photo(PhotoReference(PIER.url, 7)), ("paragraph", "<p>Words</p>")],
            id="a cover keeps its picture and its words",
        ),
        pytest.param(
            block("columns", '<div class="wp-block-columns">' + block("column", "<div><p>Left</p></div>") + block("column", "<div><p>Right</p></div>") + "</div>"),
            [("paragraph", "<p>Left</p><p>Right</p>")],
            id="columns follow one another",
        ),
        pytest.param(block("shortcode", "One\n\n[vimeo 1]"), [("paragraph", "<p>One</p>"), ("embed", {"url": "https://vimeo.com/1", "title": ""})], id="a shortcode's block has paragraphs"),
        pytest.param(block("separator", "<hr/>"), [("divider", {})], id="a separator"),
        pytest.param("<!-- /wp:paragraph --><p>Words</p><!-- wp:group {broken} -->", [("paragraph", "<p>Words</p>")], id="crossed comments"),
    ],
)  # fmt: skip
def test_block_content(content: str, expected: list[tuple[str, Any]]) -> None:
    assert blocks(content) == expected
