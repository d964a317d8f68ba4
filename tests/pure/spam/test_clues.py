"""Clues are words of the text and circumstances, with spans that a page can highlight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.spam import SpamFilter, Submission
from tests.pure.spam.builders import HAM, SPAM, a_taught_filter

TAUGHT = a_taught_filter()


def test_the_strongest_clues_come_first():
    weights = [abs(clue.weight) for clue in TAUGHT.judge(Submission(SPAM[0])).clues]

    assert weights == sorted(weights, reverse=True)


def test_words_of_spam_speak_for_spam_and_are_where_they_say():
    text = f"Dear all, {SPAM[0]}"

    clue = next(
        c
        for c in TAUGHT.judge(Submission(text)).clues
        if c.text.startswith("words") and c.weight > 0
    )

    (start, end), *_ = clue.spans
    assert text[start:end] in clue.text


def test_words_of_ham_speak_against():
    clues = TAUGHT.judge(Submission(HAM[0])).clues

    assert sum(clue.weight for clue in clues if clue.text.startswith("words")) < 0


def test_a_link_is_named_by_its_host():
    text = "look at http://watches.example/deal today"

    clue = next(
        c for c in TAUGHT.judge(Submission(text)).clues if c.text == "the link watches.example"
    )

    assert text[slice(*clue.spans[0])] == "http://watches.example/deal"


@pytest.mark.parametrize(
    ("submission", "clue"),
    [
        pytest.param(
            Submission("hi", honeypot_filled=True),
            "the field that people do not see was filled in",
            id="honeypot",
        ),
        pytest.param(
            Submission("hi", seconds_to_fill=1),
            "sent 1 s after the page was opened",
            id="too quick",
        ),
    ],
)
def test_circumstances_count_before_anything_was_learned(submission, clue):
    verdict = SpamFilter.empty().judge(submission)

    assert verdict.clues[0].text == clue
    assert verdict.spam_probability > 0.5


def test_spans_of_a_long_text_point_into_its_end_too():
    text = f"{'quiet ' * 2000}{SPAM[0]}"

    clues = TAUGHT.judge(Submission(text)).clues

    assert any("watches" in text[start:end] for clue in clues for start, end in clue.spans)


@given(st.text(max_size=400))
def test_every_span_lies_within_its_field(text):
    submission = Submission(text, author=text[:50])

    for clue in TAUGHT.judge(submission).clues:
        for start, end in clue.spans:
            assert 0 <= start < end <= len(getattr(submission, clue.field))


def test_explaining_does_not_change_the_verdict():
    explained, quick = (
        TAUGHT.judge(Submission(SPAM[1]), explain=explain) for explain in (True, False)
    )

    assert explained.spam_probability == quick.spam_probability
    assert quick.clues == ()
