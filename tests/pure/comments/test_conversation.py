"""The order in which a discussion is read."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.comments.conversation import Row, in_reading_order


def row(pk: int, parent: int | None = None, *, published: bool = True) -> Row:
    return Row(pk, parent, published, f"Author {pk}", "")


@st.composite
def discussions(draw: st.DrawFn) -> list[Row]:
    rows: list[Row] = []
    for pk in range(1, draw(st.integers(0, 30)) + 1):
        parent = draw(st.one_of(st.none(), st.integers(0, pk - 1)))
        rows.append(row(pk, parent or None, published=draw(st.booleans())))
    return rows


@given(discussions(), st.integers(1, 6))
def test_all_that_is_published_is_read_once(rows: list[Row], depth: int) -> None:
    turns = list(in_reading_order(rows, depth=depth))
    read = [turn.row.pk for turn in turns]

    assert len(read) == len(set(read))
    assert {pk for pk in read if rows[pk - 1].is_published} == {
        row.pk for row in rows if row.is_published
    }


@given(discussions(), st.integers(1, 6))
def test_levels_rise_by_one_and_end_at_the_depth(rows: list[Row], depth: int) -> None:
    levels = [0, *(turn.level for turn in in_reading_order(rows, depth=depth))]

    assert all(1 <= level <= depth for level in levels[1:])
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@given(discussions(), st.integers(1, 6))
def test_a_reply_comes_after_what_it_answers(rows: list[Row], depth: int) -> None:
    order = {turn.row.pk: n for n, turn in enumerate(in_reading_order(rows, depth=depth))}

    assert all(
        order[row.parent_id] < order[row.pk]
        for row in rows
        if row.pk in order and row.parent_id in order
    )


def test_what_is_hidden_shows_only_above_what_is_published() -> None:
    rows = [row(1, published=False), row(2, 1), row(3, published=False), row(4, 3, published=False)]

    assert [turn.row.pk for turn in in_reading_order(rows, depth=4)] == [1, 2]
