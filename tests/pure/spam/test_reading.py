"""However a text is read, the same is counted."""

from dataclasses import fields

import pytest
from hypothesis import example, given

from broadsheet.spam import Submission
from broadsheet.spam.reading import LocatedReading, Reading, locate, read
from tests.pure.spam.builders import submissions

ARTICLE = "The old bridge is closed until spring, the council said."
WHAT_IS_COUNTED = [field.name for field in fields(Reading)]


def counted(reading: Reading) -> dict[str, object]:
    values = {name: getattr(reading, name) for name in WHAT_IS_COUNTED}
    return {**values, "words": reading.words.tolist()}


@given(submissions)
@example(Submission("a1b2c x y z"))
@example(Submission("a sign of our own for a link: see\ue000here, 1\u200bst"))
@example(Submission("Ｉ saw ª b c, ﬁne: v1agra, 100 €"))
@example(Submission("– see http://a.example and [b]x[/b] y z &amp; &zwj; \u200d🅰 1"))
@example(Submission(f"{'ж' * 50} {'ж' * 50}"))
@example(Submission("Is the bridge closed, or that old one?", article=ARTICLE))
@example(Submission("The old bridge is closed until when?", article=ARTICLE))
def test_skimming_finds_what_reading_character_by_character_finds(submission):
    assert counted(read(submission)) == counted(locate(submission))


@pytest.mark.parametrize(
    "submission",
    [
        pytest.param(Submission("The bridge is closed, I think."), id="plain words"),
        pytest.param(
            Submission("Die Brücke – „gesperrt“ – öffnet später ❤\ufe0f"), id="not only ASCII"
        ),
        pytest.param(Submission("Мост закрыт до весны"), id="another script"),
        pytest.param(Submission("see http://a.example or <b>ask</b> &amp; wait"), id="markup"),
        pytest.param(Submission("v1agra"), id="leet"),
        pytest.param(Submission("Which bridge?", article=ARTICLE), id="an answer to an article"),
    ],
)
def test_most_texts_are_skimmed(submission):
    assert not isinstance(read(submission), LocatedReading)


@pytest.mark.parametrize(
    "submission",
    [
        pytest.param(Submission("f r e e money"), id="letters spaced out"),
        pytest.param(Submission(f"{ARTICLE} Why?", article=ARTICLE), id="a quotation"),
    ],
)
def test_what_is_intricate_is_read_character_by_character(submission):
    assert isinstance(read(submission), LocatedReading)
