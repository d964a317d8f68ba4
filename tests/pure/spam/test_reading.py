"""However a text is read, the same is counted."""

from dataclasses import fields

import pytest
from hypothesis import example, given

from broadsheet.spam import Submission
from broadsheet.spam.reading import LocatedReading, Reading, locate, read
from tests.pure.spam.builders import submissions

WHAT_IS_COUNTED = [field.name for field in fields(Reading)]


def counted(reading: Reading) -> dict[str, object]:
    values = {name: getattr(reading, name) for name in WHAT_IS_COUNTED}
    return {**values, "words": values["words"].tolist(), "codes": values["codes"].tolist()}


@given(submissions)
@example(Submission("a1b2c x y z"))
@example(Submission("a sign of our own for a link: see\ue000here, 1\u200bst"))
@example(Submission("Ｉ saw ª b c, ﬁne: v1agra, 100 €"))
@example(Submission("– see http://a.example and [b]x[/b] y z &amp; &zwj; \u200d🅰 1"))
@example(Submission(f"{'ж' * 50} {'ж' * 50}"))
def test_skimming_finds_what_reading_character_by_character_finds(submission):
    assert counted(read(submission)) == counted(locate(submission))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The bridge is closed, I think.", id="plain words"),
        pytest.param("Die Brücke – „gesperrt“ – öffnet nächste Woche ❤\ufe0f", id="not only ASCII"),
        pytest.param("Мост закрыт до весны", id="another script"),
        pytest.param("see http://a.example or <b>ask</b> &amp; wait", id="markup"),
        pytest.param("v1agra", id="leet"),
    ],
)
def test_most_texts_are_skimmed(text):
    assert not isinstance(read(Submission(text)), LocatedReading)


@pytest.mark.parametrize(
    "submission",
    [
        pytest.param(Submission("f r e e money"), id="letters spaced out"),
        pytest.param(
            Submission("free money", article="Money is not free."), id="an answer to an article"
        ),
    ],
)
def test_what_is_intricate_is_read_character_by_character(submission):
    assert isinstance(read(submission), LocatedReading)
