"""What is written is read again as it was."""

import io
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.exporters import wxr
from broadsheet.importers.wordpress import wxr as reading
from broadsheet.importers.wordpress.export import Item

AT = datetime(2021, 3, 4, 9, tzinfo=UTC)


def an_item(title: str, content: str) -> wxr.Item:
    return wxr.Item(
        id=1,
        type="post",
        status="publish",
        title=title,
        slug="ferry",
        link="https://paper.example/ferry/",
        content=content,
        excerpt="",
        creator="mara",
        published_at=AT,
        modified_at=AT,
        comments=(wxr.Comment(2, 0, "Ines", "", "", AT, content, "1"),),
    )


@given(st.text(), st.text())
def test_any_text_survives_but_for_what_xml_does_not_allow(title: str, content: str) -> None:
    head = wxr.head(
        title="Paper", description="Daily", address="https://paper.example", language="en"
    )
    file = (head + wxr.item(an_item(title, content)) + wxr.FOOT).encode()

    (found,) = (
        record for record in reading.read(io.BytesIO(file), zone=UTC) if isinstance(record, Item)
    )

    assert found.content == as_xml_reads(content)
    assert found.title == as_xml_reads(title).strip()
    assert (found.slug, found.published_at) == ("ferry", AT)


def as_xml_reads(text: str) -> str:
    """Line ends are one character, and control characters are none."""
    allowed = "".join(
        letter
        for letter in text
        if letter in "\t\n\r"
        or (letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff")
    )
    return allowed.replace("\r\n", "\n").replace("\r", "\n")
