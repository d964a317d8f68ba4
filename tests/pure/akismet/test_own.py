"""What a key was taught, on top of the shared filter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.akismet import own
from broadsheet.akismet.own import OwnLessons
from broadsheet.spam import Submission

BRIDGE = Submission("The bridge has been closed since Monday.", author_email="nadia@example.org")
LIBRARY = Submission("Does anyone know whether the library opens on Saturdays?")
PROBABILITIES = st.floats(0, 1)


def taught(lessons: OwnLessons, submission: Submission, *, is_spam: bool, shared: float) -> float:
    return lessons.step_towards(submission, is_spam=is_spam, shared_probability=shared)


@given(shared=PROBABILITIES, is_spam=st.booleans(), text=st.text(max_size=300))
def test_one_lesson_is_enough_for_the_same_text(shared: float, is_spam: bool, text: str) -> None:
    submission = Submission(text)
    step = taught(OwnLessons.none(), submission, is_spam=is_spam, shared=shared)

    lessons = OwnLessons.none().moved(submission, step)

    assert (own.combined(shared, lessons.shift(submission)) > 0.5) is is_spam


@given(text=st.text(max_size=500), url=st.text(max_size=50), step=st.floats(-14, 14))
def test_a_lesson_taken_back_leaves_nothing(text: str, url: str, step: float) -> None:
    submission = Submission(text, author_url=url)

    lessons = OwnLessons.none().moved(submission, step).moved(submission, -step)

    assert lessons.shift(submission) == pytest.approx(0, abs=1e-4)


def test_a_lesson_taken_back_leaves_the_others() -> None:
    both = OwnLessons.none().moved(BRIDGE, 5).moved(LIBRARY, -6)

    assert both.moved(BRIDGE, -5).shift(LIBRARY) == pytest.approx(
        OwnLessons.none().moved(LIBRARY, -6).shift(LIBRARY), abs=1e-4
    )


def test_what_is_known_already_is_no_lesson() -> None:
    assert taught(OwnLessons.none(), BRIDGE, is_spam=True, shared=0.999) == 0
    assert taught(OwnLessons.none(), BRIDGE, is_spam=False, shared=0.001) == 0


def test_one_mistake_changes_little_about_other_texts() -> None:
    step = taught(OwnLessons.none(), BRIDGE, is_spam=True, shared=0.01)

    lessons = OwnLessons.none().moved(BRIDGE, step)

    assert own.combined(0.01, lessons.shift(BRIDGE)) > 0.5
    assert own.combined(0.01, lessons.shift(LIBRARY)) < 0.05


def test_a_link_is_recognised_in_another_text() -> None:
    first = Submission("Look at https://pills.example/today for a nice surprise")
    second = Submission("My aunt has a new hobby, see http://PILLS.example", author="Ann")

    lessons = OwnLessons.none().moved(first, 8)

    assert lessons.shift(second) > 5 * abs(lessons.shift(LIBRARY))


def test_space_and_case_make_no_other_text() -> None:
    lessons = OwnLessons.none().moved(Submission("Buy cheap watches today"), 8)

    assert lessons.shift(Submission("  buy CHEAP\nwatches  today")) > 4


def test_lessons_survive_being_kept() -> None:
    lessons = OwnLessons.none().moved(BRIDGE, 7.25)

    assert OwnLessons.unpacked(lessons.packed()).shift(BRIDGE) == lessons.shift(BRIDGE)


def test_nothing_kept_is_nothing_learnt() -> None:
    assert OwnLessons.unpacked(b"").shift(BRIDGE) == 0


def test_the_lessons_of_one_key_are_not_those_of_another() -> None:
    first, second = OwnLessons.none(), OwnLessons.none()

    first = first.moved(BRIDGE, 14)

    assert first.shift(BRIDGE) > 13
    assert second.shift(BRIDGE) == 0
