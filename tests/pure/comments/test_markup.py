"""The small Markdown of comments."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.comments import markup


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n", id="paragraphs"),
        pytest.param("One\nTwo", "<p>One<br>\nTwo</p>\n", id="line breaks"),
        pytest.param("*so* **it** `is`", "<p><em>so</em> <strong>it</strong> <code>is</code></p>\n", id="emphasis and code"),
        pytest.param("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n", id="quote"),
        pytest.param("[a](https://a.example)", f'<p><a href="https://a.example" rel="{markup.LINK_REL}">a</a></p>\n', id="link"),
        pytest.param(
            "See https://a.example/x.",
            f'<p>See <a href="https://a.example/x" rel="{markup.LINK_REL}">https://a.example/x</a>.</p>\n',
            id="a bare address",
        ),
        pytest.param("# No heading", "<p># No heading</p>\n", id="no headings"),
        pytest.param("![x](https://a.example/x.png)", f'<p>!<a href="https://a.example/x.png" rel="{markup.LINK_REL}">x</a></p>\n', id="no pictures"),
        pytest.param("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n", id="no HTML"),
        pytest.param("[x](1)", "<p>[x](1)</p>\n", id="no link without a host"),
        pytest.param("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n", id="no scripts"),
    ],
)  # fmt: skip
def test_it_renders(text: str, html: str) -> None:
    assert markup.render(text) == html


@given(st.text(alphabet="abÄéж ,.;:!?'\"()…–\n", max_size=30))
def test_words_alone_take_a_shorter_way_to_the_same(text: str) -> None:
    no_shorter_way = f"{text}\n\n\\!"  # an escaped mark is none of the words

    assert markup.render(no_shorter_way).startswith(markup.render(text).removesuffix("\n"))


TAG = re.compile(r"<(/?)([a-z]+)((?:\s[^>]*)?)>")


@given(
    st.text(
        alphabet=st.sampled_from("<>\"'=&;:/[]()!#*_`\\ \n\tabhrefscriptonjdal0x1.\u202e"),
        max_size=200,
    )
)
def test_nothing_but_the_allowed_tags_comes_out(text: str) -> None:
    html = markup.render(text)

    for _, name, attributes in TAG.findall(html):
        assert name in {
            "a",
            "blockquote",
            "br",
            "code",
            "em",
            "li",
            "ol",
            "p",
            "pre",
            "strong",
            "ul",
        }
        assert not re.search(r"\bon\w+=|style=|javascript:", attributes)
    assert html.count("<") == len(TAG.findall(html))


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        pytest.param("https://a.example/me", "https://a.example/me", id="as it should be"),
        pytest.param(" a.example ", "https://a.example", id="without the scheme"),
        pytest.param("javascript:alert(1)", "", id="a script"),
        pytest.param(
            "JaVaScRiPt://a.example/%0aalert(1)", "", id="a script that looks like an address"
        ),
        pytest.param("https://user:secret@a.example", "", id="with a password"),
        pytest.param('https://a.example/"onclick="x', "", id="with a quote"),
        pytest.param("https://[::1", "", id="broken"),
        pytest.param("localhost", "", id="no host of the world"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_web_addresses(typed: str, address: str) -> None:
    assert markup.web_address(typed) == address


@given(st.text(max_size=100))
def test_a_web_address_is_one_or_nothing(typed: str) -> None:
    address = markup.web_address(typed)

    assert address == "" or re.fullmatch(r"https?://[^\s<>\"'`\\]+", address, re.IGNORECASE)


def test_links_are_counted_however_they_are_written() -> None:
    assert markup.links_in("http://a.example [b](https://b.example) www.c.example") == 3
