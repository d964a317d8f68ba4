"""Proof of work."""

import pytest

from broadsheet.comments import work

ANSWER = next(str(n) for n in range(10_000) if work.is_done("7-abc", str(n), bits=8))


def test_a_proof_is_found_by_trying() -> None:
    assert work.is_done("7-abc", ANSWER, bits=8)


@pytest.mark.parametrize(
    ("challenge", "answer", "bits"),
    [
        pytest.param("8-abc", ANSWER, 8, id="for another comment"),
        pytest.param("7-abc", ANSWER, 30, id="for less work"),
        pytest.param("7-abc", "", 8, id="nothing"),
        pytest.param("7-abc", "٣", 8, id="no decimal number"),
        pytest.param("7-abc", "9" * 21, 0, id="longer than any answer"),
    ],
)
def test_anything_else_is_none(challenge: str, answer: str, bits: int) -> None:
    assert not work.is_done(challenge, answer, bits=bits)
