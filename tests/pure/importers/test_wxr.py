"""Reading an export: what it says, and what is refused."""

from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importers.wordpress import wxr
from broadsheet.importers.wordpress.export import Author, Channel, Item, Record, Term, TermUse
from broadsheet.importers.wordpress.wxr import InvalidExport

from .exports import (
    FOOT,
    HEAD,
    a_category,
    a_category_of_item,
    a_comment,
    an_author,
    an_export,
    an_item,
    metadata,
)

BERLIN = ZoneInfo("Europe/Berlin")


def records(data: bytes) -> list[Record]:
    return list(wxr.read(BytesIO(data), zone=BERLIN))


def the_item(data: bytes) -> Item:
    return next(record for record in records(data) if isinstance(record, Item))


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_every_version_is_read_under_both_schemes(version: str, scheme: str) -> None:
    channel, item = records(an_export(an_item(), version=version, scheme=scheme))

    assert isinstance(channel, Channel)
    assert (channel.version, channel.title) == (version, "The Harbour Post")
    assert channel.address == "https://old.example/news"
    assert isinstance(item, Item)
    assert item.content == "The ferry was late."


def test_records_come_in_the_order_of_the_file() -> None:
    found = records(an_export(an_author(), a_category("news", "News"), an_item(1), an_item(2)))

    assert [type(record) for record in found] == [Channel, Author, Term, Item, Item]


def test_an_authors_address_is_not_even_read() -> None:
    author = records(an_export(an_author()))[1]

    assert isinstance(author, Author)
    assert author.name == "Mara Lindqvist"
    assert "private.example" not in repr(author)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({}, datetime(2021, 3, 4, 9, tzinfo=UTC), id="Greenwich wins"),
        pytest.param(
            {"post_date_gmt": "0000-00-00 00:00:00"},
            datetime(2021, 3, 4, 9, tzinfo=UTC),
            id="local time is in the site's zone",
        ),
        pytest.param(
            {"post_date_gmt": "0000-00-00 00:00:00", "post_date": "0000-00-00 00:00:00"},
            None,
            id="zeros are no date",
        ),
        pytest.param(
            {"post_date_gmt": "yesterday", "post_date": "0001-01-01 00:00:00"},
            None,
            id="nor is what no calendar holds in Greenwich",
        ),
    ],
)
def test_dates(fields: dict[str, str], expected: datetime | None) -> None:
    assert the_item(an_export(an_item(**fields))).published_at == expected


def test_split_sections_of_character_data_are_one_text() -> None:
    item = the_item(an_export(an_item(content="before ]]]]><![CDATA[> after")))

    assert item.content == "before ]]> after"


def test_addresses_in_other_scripts_are_decoded() -> None:
    assert the_item(an_export(an_item(post_name="%ce%bd%ce%b5%ce%b1"))).slug == "νεα"


def test_terms_are_listed_once_and_bare_categories_are_none() -> None:
    inside = (
        "<category><![CDATA[News]]></category>"
        + 2 * a_category_of_item("news", "News")
        + a_category_of_item("harbour", "Harbour", "post_tag")
    )

    assert the_item(an_export(an_item(inside=inside))).terms == (
        TermUse("category", "news", "News"),
        TermUse("post_tag", "harbour", "Harbour"),
    )


def test_a_key_of_metadata_may_be_given_several_times() -> None:
    inside = metadata("_wp_old_slug", "first") + metadata("_wp_old_slug", "second")

    item = the_item(an_export(an_item(inside=inside)))

    assert item.meta["_wp_old_slug"] == ("first", "second")
    assert item.first_meta("_wp_old_slug") == "first"
    assert item.first_meta("absent") == ""


def test_a_comment_says_who_when_and_in_which_state() -> None:
    inside = a_comment(7, comment_parent=3, comment_approved="0", comment_type="")

    (comment,) = the_item(an_export(an_item(inside=inside))).comments

    assert (comment.id, comment.parent, comment.approved, comment.type) == (7, 3, "0", "comment")
    assert comment.written_at == datetime(2021, 3, 5, 8, tzinfo=UTC)


@pytest.mark.parametrize("number", ["", "-5", "x", "9" * 40, "٣"])
def test_what_is_no_number_is_no_id(number: str) -> None:
    assert the_item(an_export(an_item(post_id=number))).id == 0


def whole(inner: str) -> bytes:
    return an_export(an_item(content=inner))


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        pytest.param(b"", 1, "no element", id="an empty file"),
        pytest.param(b"\x00\x01\x02", 1, "not well-formed", id="a picture"),
        pytest.param(b"<html></html>", 1, "<html>", id="a web page"),
        pytest.param(an_export(an_item())[:-30], 13, "not well-formed", id="a file cut in half"),
        pytest.param(an_export("<item><title>x</item>"), 13, "mismatch", id="crossed tags"),
        pytest.param(whole("]]> "), 13, "]]>", id="an end of character data too many"),
        pytest.param(whole("\x0b"), 13, "control character", id="a control character"),
        pytest.param(
            an_export(an_item(), version="9.9"), 13, "is missing", id="a namespace from the future"
        ),
        pytest.param(
            (HEAD.format(version="1.2", scheme="http") + an_item() + FOOT)
            .replace("<wp:wxr_version>1.2", "<wp:wxr_version>two")
            .encode(),
            13,
            "is 'two'",
            id="a version that is none",
        ),
        pytest.param(an_export(), 1, "no author", id="nothing in it"),
        pytest.param(
            b'<?xml version="1.0"?>\n<!DOCTYPE rss [<!ENTITY a "b">]>' + an_export(an_item())[40:],
            2,
            "document type",
            id="a document type declaration",
        ),
        pytest.param(b"PK\x03\x04", 1, "unpack it", id="a packed file"),
        pytest.param(
            an_export(an_item(title="x")).replace(b">x<", b">&x;<"),
            13,
            "Entity 'x'",
            id="an entity",
        ),
    ],
)
def test_a_damaged_file_is_refused_by_line(data: bytes, line: int, words: str) -> None:
    with pytest.raises(InvalidExport) as error:
        records(data)

    assert error.value.line == line
    assert str(error.value).startswith(f"line {line}: ")
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_damage_is_told_rather_than_a_wrong_version() -> None:
    with pytest.raises(InvalidExport, match="not well-formed"):
        records(an_export(an_item(), version="9.9")[:-10])


def test_a_bomb_of_entities_is_refused_before_it_is_expanded() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY e0 "boom">{levels}]><rss a="&e11;"></rss>'

    with pytest.raises(InvalidExport, match="document type"):
        records(bomb.encode())


def test_what_stands_before_the_damage_is_read() -> None:
    reading = wxr.read(BytesIO(an_export(an_item(1), an_item(2))[:-40]), zone=BERLIN)

    assert isinstance(next(reading), Channel)
    first = next(reading)
    assert isinstance(first, Item)
    assert first.id == 1
    with pytest.raises(InvalidExport):
        list(reading)


def test_an_item_has_a_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wxr, "LARGEST_ITEM", 1024 * 1024)

    with pytest.raises(InvalidExport, match="larger than 1 MB"):
        records(an_export(an_item(1), an_item(2, content="x" * 2 * 1024 * 1024)))


def test_progress_adds_up_to_the_files_size() -> None:
    data, heard = an_export(an_item()), []

    list(wxr.read(BytesIO(data), zone=BERLIN, progress=heard.append))

    assert sum(heard) == len(data)


@given(st.data())
def test_a_file_damaged_anywhere_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    good = bytearray(an_export(an_author(), an_item(inside=a_comment()), an_item(2)))
    for _ in range(data.draw(st.integers(1, 4))):
        position = data.draw(st.integers(0, len(good) - 1))
        good[position] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(good)))
    with suppress(InvalidExport):
        records(bytes(good[:cut]))


@pytest.mark.parametrize("encoding", ["windows-1252", "UTF-16", "Shift_JIS", "GB18030", "EUC-KR"])
def test_a_file_may_be_in_another_encoding(encoding: str) -> None:
    text = an_export(an_item(1, title="Ferry 3 times")).decode().replace("UTF-8", encoding)

    records = list(wxr.read(BytesIO(text.encode(encoding)), zone=UTC))

    assert [record.title for record in records if isinstance(record, Item)] == ["Ferry 3 times"]


def test_an_encoding_that_nobody_knows_is_refused() -> None:
    export = an_export(an_item(1)).replace(b"UTF-8", b"UTF-x")

    with pytest.raises(wxr.InvalidExport, match="encoding"):
        list(wxr.read(BytesIO(export), zone=UTC))
