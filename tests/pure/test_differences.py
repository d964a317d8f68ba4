"""What changed between two texts, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.newsroom.differences import LONGEST, Kind, Run, passages

words = st.text(alphabet="ab \u0301.é", max_size=30)


def test_only_what_changed_is_told_with_the_words_around_it() -> None:
    before = ["The ferry returns", "It came at five, to the sound of a band."]
    after = ["The ferry returns", "It came at six, to the sound of a band."]

    (passage,) = passages(before, after)

    assert passage == (
        Run(Kind.KEPT, "It came at "),
        Run(Kind.REMOVED, "five"),
        Run(Kind.ADDED, "six"),
        Run(Kind.KEPT, ", to the sound of a band."),
    )


def test_long_stretches_without_a_change_are_left_out() -> None:
    long = " ".join(f"word{number}" for number in range(200))

    (passage,) = passages([f"{long} five {long}"], [f"{long} six {long}"])

    assert [run.kind for run in passage] == [
        Kind.SKIPPED,
        Kind.KEPT,
        Kind.REMOVED,
        Kind.ADDED,
        Kind.KEPT,
        Kind.SKIPPED,
    ]


def test_a_very_long_paragraph_is_not_compared_word_by_word() -> None:
    before, after = "a " * 3 * LONGEST, "b " * 3 * LONGEST

    (passage,) = passages([before], [after])

    assert passage == (Run(Kind.REMOVED, before), Run(Kind.ADDED, after))


@given(words.filter(str.strip), words.filter(str.strip))
def test_both_texts_can_be_read_from_the_difference(before: str, after: str) -> None:
    found = passages([before], [after])

    (passage,) = found or (((Run(Kind.KEPT, before)),),)
    assert "".join(run.text for run in passage if run.kind != Kind.ADDED) == before
    assert "".join(run.text for run in passage if run.kind != Kind.REMOVED) == after
