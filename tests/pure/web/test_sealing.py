"""Sealed files: opened by the key alone, whole and unchanged."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.web.backup.sealing import MAGIC, Seal, SealError, sealed_size

KEY = "k" * 44
PIECE = 64 * 1024
SEAL = Seal(KEY)


def sealed(*pieces: bytes) -> bytes:
    return b"".join(SEAL.sealed(pieces))


def opened(body: bytes, key: str = KEY) -> bytes:
    return b"".join(Seal(key).opened(io.BytesIO(body)))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_was_sealed_is_opened_and_as_long_as_foretold(size: int) -> None:
    body = bytes(range(256)) * (size // 256) + bytes(size % 256)

    assert opened(sealed(body)) == body
    assert len(sealed(body)) == sealed_size(size)


@given(st.lists(st.binary(max_size=200)))
def test_it_does_not_matter_how_the_bytes_come(pieces: list[bytes]) -> None:
    assert opened(sealed(*pieces)) == b"".join(pieces)


def test_the_same_is_never_sealed_alike() -> None:
    assert sealed(b"harbour") != sealed(b"harbour")


TWO = sealed(bytes(PIECE), b"end")
HEAD = len(MAGIC) + 16


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param(TWO[:-1], id="cut"),
        pytest.param(TWO[: HEAD + PIECE + 16], id="cut between two pieces"),
        pytest.param(TWO[:HEAD], id="without its pieces"),
        pytest.param(TWO[:40] + b"x" + TWO[41:], id="a byte changed"),
        pytest.param(TWO + TWO[HEAD:], id="put together with another"),
        pytest.param(
            TWO[:HEAD] + TWO[HEAD + PIECE + 16 :] + TWO[HEAD : HEAD + PIECE + 16],
            id="in another order",
        ),
        pytest.param(b"plain", id="never sealed"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_what_was_changed_is_refused(damaged: bytes) -> None:
    with pytest.raises(SealError):
        opened(damaged)


def test_another_key_opens_nothing_and_names_things_otherwise() -> None:
    with pytest.raises(SealError, match="another key"):
        opened(sealed(b"harbour"), "x" * 44)
    assert Seal("x" * 44).name("ab") != SEAL.name("ab")


def test_what_is_short_enough_to_guess_is_no_key() -> None:
    with pytest.raises(SealError, match="32 characters"):
        Seal("harbour")
