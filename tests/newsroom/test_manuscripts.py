"""What people without an account send as a file: read with its headings, emphasis and links, or refused in words."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.newsroom.contributed import manuscripts
from broadsheet.newsroom.contributed.archives import BrokenManuscript

from .manuscripts import DOCX, MARKDOWN, ODT, a_docx, zipped


@pytest.mark.parametrize(
    ("name", "body"),
    [("a.docx", DOCX), ("a.ODT", ODT), ("a.md", MARKDOWN)],
    ids=["DOCX", "ODT", "Markdown"],
)
def test_a_manuscript_keeps_headings_emphasis_and_links(name: str, body: bytes) -> None:
    html = manuscripts.html_of_upload(name, body).replace("\n", "")

    assert html == (
        '<h2>The quay</h2><p>It came <b>at six</b></p><p><a href="https://tide.example/">More</a></p>'
    )
    assert [kind for kind, _ in manuscripts.blocks(html)] == ["heading", "paragraph"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        pytest.param("a.docx", b"PK\x03\x04 no archive", id="a broken DOCX"),
        pytest.param("a.docx", zipped(**{"x.xml": "<x/>"}), id="an archive that is no document"),
        pytest.param("a.docx", a_docx("<w:p/>"), id="an empty document"),
        pytest.param(
            "a.docx",
            zipped(**{"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
            id="entities",
        ),
        pytest.param(
            "a.odt", zipped(**{"content.xml": "<a>" + "x" * 21_000_000 + "</a>"}), id="a zip bomb"
        ),
        pytest.param("a.txt", b"\xff\xfe\x00", id="text that is not UTF-8"),
        pytest.param("a.txt", b"  \n ", id="blank text"),
        pytest.param("a.md", b"x" * 200_001, id="text beyond all bounds"),
        pytest.param("a.exe", b"MZ", id="a program"),
        pytest.param("a", b"text", id="a file without a kind"),
    ],
)
def test_what_cant_be_read_is_said(name: str, body: bytes) -> None:
    with pytest.raises(BrokenManuscript):
        manuscripts.html_of_upload(name, body)


@given(st.text(max_size=300))
def test_no_script_survives_whatever_is_typed(text: str) -> None:
    try:
        html = manuscripts.html_of_text(f"{text}<script>alert(1)</script>[x](javascript:alert(1))")
    except BrokenManuscript:
        return

    assert "<script" not in html
    assert 'href="javascript:' not in html
    assert list(manuscripts.blocks(html))


@given(st.binary(max_size=300), st.sampled_from([".docx", ".odt", ".txt"]))
def test_noise_is_refused_or_read_but_never_fails(noise: bytes, kind: str) -> None:
    with suppress(BrokenManuscript):
        assert manuscripts.html_of_upload(f"a{kind}", noise)
