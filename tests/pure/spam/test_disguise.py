"""What a reader sees is what is judged, however it was dressed up."""

import pytest

from broadsheet.spam import Submission
from broadsheet.spam.reading import read


def letters(text: str, **fields: str) -> str:
    """The folded text, a link as ~."""
    return read(Submission(text, **fields)).letters.replace(b"\0", b"~").decode("latin-1").strip()


@pytest.mark.parametrize(
    "disguised",
    [
        pytest.param("FREE money", id="capitals"),
        pytest.param("frее mоnеу", id="Cyrillic look-alikes"),
        pytest.param("ｆｒｅｅ ｍｏｎｅｙ", id="full-width letters"),
        pytest.param("𝐟𝐫𝐞𝐞 𝓶𝓸𝓷𝓮𝔂", id="mathematical letters"),
        pytest.param("f\u200br\u200bee mo\u2060ney", id="zero-width characters"),
        pytest.param("fr\u0301e\u0308e mone\u0323y", id="combining marks"),
        pytest.param("f r e e money", id="letters spaced out"),
        pytest.param("f.r.e.e money", id="letters with dots between"),
        pytest.param("fr33 m0ney", id="leet"),
        pytest.param("&#102;ree mon&#x65;y", id="character references"),
        pytest.param("<b>free</b> money", id="tags"),
        pytest.param("free --- money", id="a gap of other signs"),
    ],
)
def test_a_disguise_changes_nothing(disguised):
    assert letters(disguised) == "free money"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        pytest.param("see http://a.example/x?y=1.", ["http://a.example/x?y=1"], id="with a scheme"),
        pytest.param("see www.a.example, ok", ["www.a.example"], id="beginning with www"),
        pytest.param("visit shop.a.com/buy now", ["shop.a.com/buy"], id="without a scheme"),
        pytest.param('<a href="//a.example/x">y</a>', ["//a.example/x"], id="in a tag"),
        pytest.param("[url=http://a.example]x[/url]", ["http://a.example"], id="in BBCode"),
        pytest.param("write to me@a.com", [], id="an e-mail address is none"),
        pytest.param("wait.Then go", [], id="a missing space is none"),
    ],
)
def test_links_are_found(text, links):
    assert [mark.link for mark in read(Submission(text)).marks if mark.link] == links


def test_what_quotes_the_article_is_not_judged():
    article = "The council decided on Monday to close the old bridge for nine months."

    quoting = letters(
        "The council decided on Monday to close the old bridge! Buy pills.", article=article
    )

    assert quoting == "buy pills"


def test_a_shared_word_is_no_quotation():
    assert letters("the bridge is old", article="The old bridge is closed.") == "the bridge is old"
