"""Negotiation, conditions and ranges, as RFC 9110 has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.press.encodings import Encoding
from broadsheet.press.http import (
    UnsatisfiableRange,
    byte_range,
    http_date,
    is_not_modified,
    preferred_encoding,
    range_still_applies,
)

BR, ZSTD, GZIP, PLAIN = Encoding
MOMENT = 1_800_000_000.75  # Fri, 15 Jan 2027 08:00:00 GMT, and a bit


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        pytest.param(None, PLAIN, id="no header"),
        pytest.param("", PLAIN, id="an empty header"),
        pytest.param("gzip, deflate, br, zstd", BR, id="a browser"),
        pytest.param("gzip, zstd", ZSTD, id="zstd before gzip"),
        pytest.param("gzip", GZIP, id="an old client"),
        pytest.param("x-gzip", GZIP, id="a very old client"),
        pytest.param("deflate", PLAIN, id="only what we don't have"),
        pytest.param("br;q=0.5, gzip;q=0.8", GZIP, id="the client's order wins"),
        pytest.param("br;q=0, gzip", GZIP, id="not this one"),
        pytest.param("*", BR, id="anything"),
        pytest.param("*;q=0", PLAIN, id="nothing, yet something is sent"),
        pytest.param("*;q=0.1, br;q=0", ZSTD, id="anything but one"),
        pytest.param("identity, gzip;q=0.5", PLAIN, id="rather plain"),
        pytest.param("GZIP ; Q=1", GZIP, id="upper case and spaces"),
        pytest.param("gzip;q=nonsense", GZIP, id="an unreadable quality counts as none"),
    ],
)
def test_the_form_that_suits_the_client(accept: str | None, encoding: Encoding) -> None:
    assert preferred_encoding(accept, tuple(Encoding)) is encoding


def test_what_there_is_not_is_not_chosen() -> None:
    assert preferred_encoding("br, gzip;q=0.1", (PLAIN, GZIP)) is GZIP
    assert preferred_encoding("br", (PLAIN,)) is PLAIN


@given(st.text(alphabet='gzipbrstd,;q=.0123* "\t', max_size=60))
def test_any_accept_header_gets_some_form(accept: str) -> None:
    assert preferred_encoding(accept, tuple(Encoding)) in Encoding


@pytest.mark.parametrize(
    ("if_none_match", "if_modified_since", "expected"),
    [
        pytest.param(None, None, False, id="no condition"),
        pytest.param('"abc"', None, True, id="the same tag"),
        pytest.param('W/"abc"', None, True, id="weak comparison is enough for reading"),
        pytest.param('"x", "abc"', None, True, id="one of several"),
        pytest.param("*", None, True, id="any"),
        pytest.param('"abcd"', None, False, id="another tag"),
        pytest.param("abc", None, False, id="no tag at all"),
        pytest.param('"x"', http_date(MOMENT), False, id="the tag decides over the date"),
        pytest.param(None, http_date(MOMENT), True, id="the same second"),
        pytest.param(None, http_date(MOMENT + 60), True, id="later"),
        pytest.param(None, http_date(MOMENT - 1), False, id="changed since"),
        pytest.param(None, "yesterday", False, id="no date"),
        pytest.param(None, "Fri, 99 Jan 2027 08:00:00 GMT", False, id="no day"),
    ],
)
def test_when_nothing_new_is_sent(
    if_none_match: str | None, if_modified_since: str | None, expected: bool
) -> None:
    assert (
        is_not_modified(
            if_none_match=if_none_match,
            if_modified_since=if_modified_since,
            etag='"abc"',
            modified=MOMENT,
        )
        is expected
    )


@pytest.mark.parametrize(
    ("header", "part"),
    [
        pytest.param(None, None, id="no header"),
        pytest.param("bytes=0-3", (0, 4), id="the beginning"),
        pytest.param("bytes=4-", (4, 10), id="to the end"),
        pytest.param("bytes=-3", (7, 10), id="the last three"),
        pytest.param("bytes=-99", (0, 10), id="more than there is, from the end"),
        pytest.param("bytes=8-99", (8, 10), id="beyond the end"),
        pytest.param("bytes=5-4", None, id="backwards is ignored"),
        pytest.param("bytes=-", None, id="nothing said"),
        pytest.param("bytes=0-1,4-5", None, id="several parts are ignored"),
        pytest.param("lines=0-1", None, id="another unit is ignored"),
    ],
)
def test_which_part_is_sent(header: str | None, part: tuple[int, int] | None) -> None:
    found = byte_range(header, 10)

    assert (found and (found.start, found.end)) == part


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=10-20", "bytes=-0"])
def test_a_part_that_does_not_exist(header: str) -> None:
    with pytest.raises(UnsatisfiableRange):
        byte_range(header, 10)


@given(st.text(alphabet="bytes=0123456789-, ", max_size=50), st.integers(0, 1000))
def test_a_range_is_always_inside(header: str, length: int) -> None:
    try:
        part = byte_range(header, length)
    except UnsatisfiableRange:
        return
    assert part is None or 0 <= part.start < part.end <= length


def test_a_part_is_sent_only_of_what_the_client_has() -> None:
    assert range_still_applies(None, etag='"a"', modified=MOMENT)
    assert range_still_applies('"a"', etag='"a"', modified=MOMENT)
    assert range_still_applies(http_date(MOMENT), etag='"a"', modified=MOMENT)
    assert not range_still_applies('W/"a"', etag='"a"', modified=MOMENT)
    assert not range_still_applies('"b"', etag='"a"', modified=MOMENT)
