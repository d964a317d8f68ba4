"""What exports get wrong without meaning anything by it is put right, and counted."""

import io
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importers.wordpress.repair import Repaired
from tests.pure.importers.exports import an_export, an_item

WHOLE = an_export(an_item(content="Ferry, naïve – “late”"))


def read(body: bytes, *, at_once: int = 7) -> tuple[bytes, Mapping[str, int]]:
    file = Repaired(io.BytesIO(body))
    file.read(200)
    file.seek(0)
    return b"".join(iter(lambda: file.read(at_once), b"")), file.repairs


@pytest.mark.parametrize(
    ("body", "repairs"),
    [
        pytest.param(WHOLE, {}, id="nothing"),
        pytest.param(b"\n\r\n  " + WHOLE, {"blank beginning": 1}, id="blank lines before everything"),
        pytest.param(b"\xef\xbb\xbf" + WHOLE, {}, id="a mark of UTF-8, which is none of ours"),
        pytest.param(WHOLE.replace(b"Ferry,", b"Fe\x08r\x00ry,\x1f"), {"control characters": 3}, id="control characters"),
        pytest.param(WHOLE.replace("“late”".encode(), b"\x93late\x94"), {"no UTF-8": 2}, id="bytes of Windows"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("at_once", [1, 5, 100_000])
def test_it_is_put_right(body: bytes, repairs: dict[str, int], at_once: int) -> None:
    assert read(body, at_once=at_once) == (WHOLE, repairs)


@given(st.binary(max_size=60), st.integers(1, 9))
def test_whatever_stands_in_it_comes_out_as_text_without_control_characters(
    body: bytes, at_once: int
) -> None:
    found, _repairs = read(b"<rss>" + body, at_once=at_once)

    assert not any(sign < " " and sign not in "\t\r\n" for sign in found.decode())


def test_other_encodings_are_left_alone() -> None:
    body = '<?xml version="1.0" encoding="windows-1252"?><rss>\x93</rss>'.encode("latin-1")

    assert read(body) == (body, {})
