"""Clues, marked in the text."""

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.comments.desk.highlight import pieces
from broadsheet.spam import Clue

spans = st.tuples(st.integers(-5, 60), st.integers(-5, 60))
clues = st.builds(Clue, st.just("a clue"), st.floats(-5, 5), st.lists(spans, max_size=3).map(tuple))


@given(st.text(max_size=50), st.lists(clues, max_size=5))
def test_the_pieces_are_the_text(text: str, found: list[Clue]) -> None:
    assert "".join(piece.text for piece in pieces(text, found)) == text


def test_overlapping_clues_add_up() -> None:
    found = [Clue("a", 2.0, ((0, 4),)), Clue("b", -3.0, ((2, 6),))]

    assert [(piece.text, piece.kind) for piece in pieces("abcdefgh", found)] == [
        ("ab", "spam"),
        ("cd", "ham"),
        ("ef", "ham"),
        ("gh", ""),
    ]


def test_clues_of_other_fields_are_not_marked_in_the_text() -> None:
    found = [Clue("a", 2.0, ((0, 4),), field="author")]

    assert [piece.kind for piece in pieces("abcdefgh", found)] == [""]
