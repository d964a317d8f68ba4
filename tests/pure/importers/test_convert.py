"""What stood in WordPress becomes blocks of ours: nothing a reader would miss is lost, nothing dangerous comes along."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importers.blocks import Block, FileReference, PhotoReference, references
from broadsheet.importers.wordpress.convert import convert, plain_text


def blocks(content: str, **options: Any) -> list[tuple[str, Any]]:
    return [(block.type, block.value) for block in convert(content, **options).blocks]


def a_photo(photo: PhotoReference, caption: str = "", width: str = "column") -> tuple[str, Any]:
    return ("photo", {"photo": photo, "caption": caption, "width": width})


PIER = PhotoReference("https://old.example/pier.jpg", source_id=7, alt="The pier")
PIER_TAG = '<img class="size-full wp-image-7" src="https://old.example/pier.jpg" alt="The pier" />'
WITH_CAPTION = PhotoReference(PIER.url, 7, PIER.alt, caption="The pier at dawn")


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


def block(name: str, inner: str, notes: str = "") -> str:
    return f"<!-- wp:{name} {notes + ' ' if notes else ''}-->\n{inner}\n<!-- /wp:{name} -->"


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


def test_a_bare_gallery_shows_the_posts_own_photos() -> None:
    shown = convert("[gallery exclude='3']", attached=[2, 3, 4]).blocks[0]

    assert [
        photo.source_id for photo in references(shown) if isinstance(photo, PhotoReference)
    ] == [2, 4]


def test_a_gallery_shows_the_photos_it_names() -> None:
    shown = convert('[gallery ids="9,8"]', attached=[2]).blocks[0]

    assert [
        photo.source_id for photo in references(shown) if isinstance(photo, PhotoReference)
    ] == [9, 8]


def test_footnotes_stand_at_their_marks() -> None:
    content = (
        block("paragraph", '<p>Said<sup data-fn="a" class="fn"><a href="#a">1</a></sup>.</p>')
        + "<!-- wp:footnotes /-->"
    )

    assert blocks(content, footnotes='[{"id":"a","content":"By <em>her</em>."}]') == [
        ("paragraph", "<p>Said ((By <i>her</i>.)).</p>")
    ]


def test_footnotes_that_can_stand_at_no_mark_are_listed_at_the_end() -> None:
    content = block("paragraph", "<p>Said.</p>") + "<!-- wp:footnotes /-->"

    assert blocks(content, footnotes='[{"id":"a","content":"By <em>her</em>."}]') == [
        ("paragraph", "<p>Said.</p>"),
        ("divider", {}),
        ("paragraph", "<ol><li>By <i>her</i>.</li></ol>"),
    ]


def test_a_gallery_of_the_first_block_editor_keeps_its_captions() -> None:
    entry = f'<li class="blocks-gallery-item"><figure>{PIER_TAG}<figcaption>The pier at dawn</figcaption></figure></li>'
    old = block("gallery", f'<ul class="wp-block-gallery columns-2">{entry}</ul>', '{"ids":[7]}')

    assert blocks(old) == [
        ("gallery", {"photos": [{"photo": WITH_CAPTION, "caption": "The pier at dawn"}], "caption": ""})
    ]  # fmt: skip


def test_a_block_that_several_posts_show_stands_in_each() -> None:
    shared = {5: block("paragraph", "<p>Write to us.</p>") + '<!-- wp:block {"ref":5} /-->'}

    assert blocks('<!-- wp:block {"ref":5} /-->', shared=shared)[0] == ("paragraph", "<p>Write to us.</p>" * 3)  # fmt: skip


def test_a_caption_keeps_its_marks_and_words_as_they_were_joined() -> None:
    content = (
        f'[caption id="attachment_7" width="300"]{PIER_TAG} The <em>pier</em>, at dawn[/caption]'
    )

    assert blocks(content)[0][1]["caption"] == "The pier, at dawn"


def test_the_words_of_columns_side_by_side_do_not_grow_together() -> None:
    assert blocks("[column]Left[/column][column]right[/column]") == [("paragraph", "<p>Left right</p>")]  # fmt: skip


def test_unknown_blocks_keep_their_content_and_are_counted() -> None:
    conversion = convert(
        block("plugin/box", "<div><p>Words</p></div>", '{"a":1}') + "<!-- wp:latest-posts /-->"
    )

    assert conversion.blocks == (Block("paragraph", "<p>Words</p>"),)
    assert conversion.unknown_blocks == {
        "plugin/box": ['<!-- wp:plugin/box {"a":1} -->'],
        "core/latest-posts": ["<!-- wp:latest-posts /-->"],
    }


def test_unknown_shortcodes_keep_their_content_and_are_counted() -> None:
    conversion = convert('[box kind="a"]One\n\nTwo[/box] [contact-form-7 id="3"] [box]Three[/box]')

    assert conversion.blocks == (Block("paragraph", "<p>One</p><p>Two  Three</p>"),)
    assert conversion.unknown_shortcodes == {
        "box": ['[box kind="a"]', "[box]"],
        "contact-form-7": ['[contact-form-7 id="3"]'],
    }


def test_what_is_removed_is_counted() -> None:
    assert convert("<script>x</script><form><input><input></form>").removed == {
        "script": 1,
        "form": 1,
        "input": 2,
    }


def test_elements_nested_beyond_reason_keep_their_words() -> None:
    assert blocks("<div>" * 3000 + "Words" + "</div>" * 3000) == [("paragraph", "<p>Words</p>")]


@pytest.mark.parametrize(
    "unit", ["[gallery]", "[box a=1]", "<!-- wp:a {", "<!-- wp:group -->", "[/box]", "<b>", "<div>", "<a href=x>", "[[", "<table>", "<p>x <img src=y>"]
)  # fmt: skip
def test_long_repetitions_end(unit: str) -> None:
    convert(unit * 5_000)


DANGEROUS = ("<script", "javascript:", "onerror", "<iframe", "<style", "<form", "<object")


def rich_texts(value: Any) -> list[str]:
    """Every string of a block's value that is served as HTML."""
    return [value] if isinstance(value, str) else [value["text"]] if "text" in value else []


fragments = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<script>", "</script>", "<img src=x onerror=y>", "<a href='javascript:x'>", "</a>", "<ul>", "<li>", "</ul>", "<table>", "<td>", "</table>", "<blockquote>", "<pre>", "</pre>", "<svg><style>", "<math><mtext>", "<!--", "-->", "<iframe src=//x.example>", "[caption]", "[/caption]", "[gallery ids=1]", "[x y=z]", "<!-- wp:html -->", "<!-- /wp:html -->", "\n\n", " words ", "&lt;script&gt;", "<figure>", "<figcaption>", "</figure>", "\x00", "\x0b", "<object data=x>"]
)  # fmt: skip


@given(st.lists(fragments | st.text(max_size=8), max_size=30).map("".join))
def test_whatever_is_written_converts_to_clean_blocks(content: str) -> None:
    for converted in convert(content, attached=[1]).blocks:
        if converted.type in {"paragraph", "quote", "aside", "markup"}:
            for text in rich_texts(converted.value):
                assert not any(sign in text.lower() for sign in DANGEROUS)


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=6), min_size=1, max_size=40), st.data())
def test_no_word_is_lost_or_moved(words: list[str], data: st.DataObject) -> None:
    joins = data.draw(st.lists(st.sampled_from([" ", "\n", "\n\n", " <em> ", " </em> ", "<p>", "<h2>", "<li>", " <b>", "<div>", "<blockquote>", "<br>"]), min_size=len(words), max_size=len(words)))  # fmt: skip
    content = "".join(join + word for join, word in zip(joins, words, strict=True))

    shown = " ".join(
        text for converted in convert(content).blocks for text in rich_texts(converted.value)
    )

    assert plain_text(shown.replace("<", " <")).split() == content_words(content)


def content_words(content: str) -> list[str]:
    return plain_text(content.replace("<", " <")).split()


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("A <em>title</em> &amp; more", "A title & more"),
        ("3 < 5", "3 < 5"),
        (" a\n b ", "a b"),
        ("~`!@#$%^&*()-_=+{}[]/;:'\"?,.>", "~`!@#$%^&*()-_=+{}[]/;:'\"?,.>"),
    ],
)
def test_titles_are_plain_text(markup: str, expected: str) -> None:
    assert plain_text(markup) == expected


def test_marks_in_the_cells_of_a_table_stay() -> None:
    (table,) = convert("<table><tr><td>Tide</td><td><b>high</b></td></tr></table>").blocks

    assert table.type == "markup"
    assert "<b>high</b>" in table.value


@pytest.mark.parametrize(
    ("opening", "is_kept"),
    [
        pytest.param(
            '<a href="https://tides.example/">', True, id="to somewhere else: it stands below"
        ),
        pytest.param(
            '<a href="https://old.example/pier.jpg">', False, id="to the picture itself: none"
        ),
        pytest.param(
            '<a href="/pier/" rel="attachment wp-att-7">',
            False,
            id="to the attachment's page: none",
        ),
    ],
)
def test_the_link_of_a_photo(opening: str, is_kept: bool) -> None:
    blocks = convert(f'{opening}<img src="/pier.jpg" alt="Tide table"></a>').blocks

    assert [block.type for block in blocks] == ["photo", *(["paragraph"] if is_kept else [])]
    if is_kept:
        assert blocks[1].value == '<p><a href="https://tides.example/">Tide table</a></p>'
