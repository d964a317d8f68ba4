"""The jury learns whom to believe, and that those who decide slip now and then."""

import math

import numpy as np
import pytest

from broadsheet.spam.jury import OPINIONS, Jury, probability_of_slip

LESSONS = 1000


def opinions_on(number: int) -> np.ndarray:
    """All say the same: for spam on even numbers, surer and less sure in turn."""
    sureness = 1 + number % 5
    return np.full(OPINIONS, sureness if number % 2 == 0 else -sureness, dtype=np.float32)


def a_jury(*, wrong_every: int = 0) -> Jury:
    """One that heard lessons of which every so-manieth was decided wrongly."""
    jury = Jury.empty()
    for number in range(LESSONS):
        slips = bool(wrong_every) and number % wrong_every == 7
        jury.learn(opinions_on(number), is_spam=(number % 2 == 0) ^ slips)
    return jury


def test_where_nobody_slips_nothing_is_suspected():
    assert a_jury().slips == 0


def test_before_much_was_seen_a_slip_now_and_then_is_expected():
    jury = Jury.empty()
    for number in range(20):
        jury.learn(opinions_on(number), is_spam=number % 2 == 0)

    assert 0.01 < jury.slips < 0.05
    assert jury.slips < probability_of_slip(3.0, jury.slips) < 0.6


def test_the_share_of_slips_is_estimated():
    assert a_jury(wrong_every=19).slips == pytest.approx(1 / 19, abs=0.02)


def test_it_is_surer_than_those_who_slip():
    surest = np.full(OPINIONS, 5, dtype=np.float32)

    # Whoever believed every decision could not be surer than one in nineteen is wrong.
    assert a_jury(wrong_every=19).log_odds(surest) > 2 * math.log(18)


def test_a_decision_against_strong_evidence_is_likely_a_slip_and_one_in_doubt_is_not():
    assert probability_of_slip(6.0, slips=0.05) > 0.9
    assert probability_of_slip(0.0, slips=0.05) == pytest.approx(0.05)
    assert probability_of_slip(-6.0, slips=0.05) < 0.001


def test_hearsay_is_believed_at_first_and_not_once_it_is_refuted():
    hearsay = np.zeros(OPINIONS, dtype=np.float32)
    hearsay[-1] = 3.0
    jury = Jury.empty()
    assert jury.log_odds(hearsay) > 2

    for number in range(100):
        sign = 1 if number % 2 else -1
        jury.learn(sign * hearsay, is_spam=sign < 0)

    assert jury.log_odds(hearsay) < 0


def test_experience_elsewhere_is_believed_at_first_and_forgotten_in_time():
    elsewhere = a_jury()
    jury = Jury.experienced([elsewhere], np.random.RandomState(1))
    weak = np.full(OPINIONS, 1, dtype=np.float32)
    assert jury.log_odds(weak) > Jury.empty().log_odds(weak)

    for number in range(1100):  # more than it remembers
        jury.learn(-opinions_on(number), is_spam=number % 2 == 0)

    assert jury.log_odds(weak) < 0


def test_experience_elsewhere_counts_less_with_each_lesson_here():
    jury = Jury.experienced([a_jury()], np.random.RandomState(1))

    for number in range(300):  # a third of what it borrowed
        jury.learn(-opinions_on(number), is_spam=number % 2 == 0)

    assert jury.log_odds(np.full(OPINIONS, 1, dtype=np.float32)) < 0
