"""What stood in WordPress becomes blocks of ours: nothing a reader would miss is lost, nothing dangerous comes along."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importers.blocks import Block, PhotoReference, references
from broadsheet.importers.wordpress.convert import convert, plain_text

from .contents import PIER_TAG, WITH_CAPTION, block, blocks


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
