"""At most 1 in 1,000 honest comments is called spam, by the site's own decisions."""

import numpy as np
import pytest

from broadsheet.spam import Judgement
from broadsheet.spam.promise import HONEST_PER_MISTAKE, SPAM_PER_MISTAKE, Promise


def after(ham: np.ndarray, spam: np.ndarray) -> Promise:
    promise = Promise.empty()
    for log_odds in ham:
        promise.record(float(log_odds), is_spam=False)
    for log_odds in spam:
        promise.record(float(log_odds), is_spam=True)
    return promise


@pytest.mark.parametrize("spread", [1.0, 2.0, 3.0])
def test_the_promise_is_kept_for_comments_like_those_decided_on(spread):
    random = np.random.default_rng(1)
    promise = after(random.normal(-3, spread, 4000), random.normal(6, 2, 1000))

    later = random.normal(-3, spread, 20_000)

    assert np.mean(later > promise.to_spam) <= 1 / HONEST_PER_MISTAKE


def test_at_most_one_spam_in_twenty_passes_for_ham():
    random = np.random.default_rng(2)
    promise = after(random.normal(-6, 1, 4000), random.normal(2, 1, 4000))

    assert np.mean(random.normal(2, 1, 20_000) < promise.to_ham) <= 1 / SPAM_PER_MISTAKE


def test_who_knows_nothing_is_unsure():
    assert Promise.empty().decide(0.0) is Judgement.UNSURE


def test_after_the_first_few_honest_ones_only_what_is_known_beforehand_is_called_spam():
    """All that is unlike them looks like spam; called so, nobody would look at it, and nothing would be learned."""
    promise = after(np.array([-1.0, -2.0]), np.array([]))

    assert promise.decide(5.0) is Judgement.UNSURE
    assert promise.decide(7.0) is Judgement.SPAM  # a hidden field that was filled in


def test_one_outlier_among_few_raises_the_threshold_above_it():
    promise = after(np.full(100, -3.0), np.zeros(0))

    promise.record(5.0, is_spam=False)

    assert promise.decide(5.0) is Judgement.UNSURE


def test_one_outlier_in_four_thousand_is_within_the_promise_and_does_not():
    promise = after(np.concatenate((np.full(3999, -3.0), np.full(1, 8.0))), np.zeros(0))

    assert promise.decide(5.0) is Judgement.SPAM


def test_only_what_is_far_beyond_the_threshold_is_blatant():
    promise = after(np.full(4000, -3.0), np.full(100, 5.0))

    assert not promise.is_blatant(promise.to_spam + 0.5)
    assert promise.is_blatant(9.0)
