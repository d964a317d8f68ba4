"""Whatever is sent: a verdict, never an exception, and bounded work."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.spam import SpamFilter, Submission
from broadsheet.spam.features import count
from broadsheet.spam.reading import read
from tests.pure.spam.builders import a_taught_filter, submissions

TAUGHT = a_taught_filter()
MOST_FEATURES = 25_000


@given(submissions)
def test_every_submission_gets_a_verdict(submission):
    assert 0 <= TAUGHT.judge(submission).spam_probability <= 1


@settings(max_examples=50)
@given(st.lists(st.tuples(submissions, st.booleans()), max_size=5))
def test_every_submission_can_be_learned(lessons):
    taught = SpamFilter.rebuilt(lessons)

    assert not math.isnan(taught.judge(Submission("anything")).spam_probability)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("word " * 2_000_000, id="10 MB"),
        pytest.param("\ud800" * 100_000, id="lone surrogates"),
        pytest.param("\0" * 100_000, id="NUL bytes"),
        pytest.param("http://a.example/b " * 100_000, id="100,000 links"),
        pytest.param("a" * 1_000_000, id="one word of 1 MB"),
        pytest.param("<a " * 100_000, id="open tags"),
        pytest.param("&#1;" * 100_000, id="character references"),
        pytest.param("𝕬" * 100_000, id="letters beyond the basic plane"),
    ],
)
def test_work_is_bounded(text):
    found = count(
        read(Submission(text, author=text, author_url=text, article=text, user_agent=text))
    )

    assert len(found.slots) <= MOST_FEATURES
    assert TAUGHT.judge(Submission(text, author=text)).clues is not None
