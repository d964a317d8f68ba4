"""The thresholds: a promise an editor understands, kept by measuring the site's own decisions.

"At most 1 in 1,000 honest comments is called spam" needs the log-odds that honest comments had before they were
learned: the threshold lies above all but one in a thousand of them. With fewer than a thousand decisions the promise
cannot be measured yet, and the threshold keeps a margin above the worst one seen, smaller as decisions come in.
Likewise at most 1 in 20 spams passes for ham. What lies between waits for a moderator.
"""

import numpy as np

from broadsheet.spam.verdict import Judgement

HONEST_PER_MISTAKE = 1000  # at most one in so many honest submissions is called spam
SPAM_PER_MISTAKE = 20  # at most one in so many spams is called ham
_REMEMBERED = 4000  # decisions of each kind
_LEAST_SPAM, _MOST_SPAM = 2.5, 9.0  # log-odds; within these lies the threshold to spam
_LEAST_HAM, _MOST_HAM = -4.0, -1.0  # and the one to ham
# Of ignorance 2.5, 3, 3.5, 4: told only corrections, 1−AUC on tg is 1.9, 1.2, 1.2, 1.1 times that of full feedback, while
# 25, 27, 30, 33 % are unsure; 0.09, 0.06, 0.06, 0.06 % of honest blog comments are called spam.
_MARGIN, _MARGIN_OF_IGNORANCE = 0.25, 3.5
# Before some honest ones were seen, whatever is unlike the first few looks like spam; called so, it would not be looked at.
_MARGIN_AT_FIRST, _FIRST_HAM = 2.0, 30
_SPAM_TO_KNOW = 200  # decisions, for the threshold to ham
_NINE_IN_TEN = 1.28  # standard deviations
_BLATANT, _BEYOND_SPAM = 7.0, 1.0  # log-odds, and so much above the threshold to spam
_RECKON_EVERY = 25  # decisions


class Promise:
    """Thresholds on log-odds. `decide` may run while another thread records."""

    def __init__(self, ham: np.ndarray, spam: np.ndarray, counts: np.ndarray) -> None:
        self.ham = ham  # float32, a ring: the log-odds that ham had when it was judged
        self.spam = spam
        self.counts = counts  # int64: [ham, spam] ever recorded
        self.to_spam = self.to_ham = 0.0  # log-odds
        self._reckon()

    @classmethod
    def empty(cls) -> "Promise":
        return cls(
            np.zeros(_REMEMBERED, np.float32),
            np.zeros(_REMEMBERED, np.float32),
            np.zeros(2, np.int64),
        )

    def decide(self, log_odds: float) -> Judgement:
        if log_odds > self.to_spam:
            return Judgement.SPAM
        return Judgement.HAM if log_odds < self.to_ham else Judgement.UNSURE

    def is_blatant(self, log_odds: float) -> bool:
        return log_odds > max(_BLATANT, self.to_spam + _BEYOND_SPAM)

    def record(self, log_odds: float, *, is_spam: bool) -> None:
        """What the filter thought of a submission before it learned the truth."""
        ring, kind = (self.spam, 1) if is_spam else (self.ham, 0)
        ring[self.counts[kind] % _REMEMBERED] = log_odds
        self.counts[kind] += 1
        broken = log_odds < self.to_ham if is_spam else log_odds + _MARGIN > self.to_spam
        if broken or sum(self.counts.tolist()) % _RECKON_EVERY == 0:
            self._reckon()

    def _reckon(self) -> None:
        known_ham, known_spam = np.minimum(self.counts, _REMEMBERED).tolist()
        ignorance = max(0.0, 1 - known_ham / HONEST_PER_MISTAKE)
        beginning = max(0.0, 1 - known_ham / _FIRST_HAM)
        margin = _MARGIN + _MARGIN_OF_IGNORANCE * ignorance + _MARGIN_AT_FIRST * beginning
        worst_ham = _from_top(self.ham[:known_ham], _mistakes_allowed(known_ham))
        best_spam = -_from_top(-self.spam[:known_spam], known_spam // SPAM_PER_MISTAKE)
        ignorance_of_spam = max(0.0, 1 - known_spam / _SPAM_TO_KNOW)
        self.to_spam = min(max(worst_ham + margin, _LEAST_SPAM), _MOST_SPAM)
        self.to_ham = min(
            max(best_spam - _MARGIN_OF_IGNORANCE * ignorance_of_spam, _LEAST_HAM), _MOST_HAM
        )


def _mistakes_allowed(known_ham: int) -> int:
    """How many of so many honest ones may lie above the threshold, for nine chances in ten that no more than one in
    `HONEST_PER_MISTAKE` will (Poisson, by the normal approximation): what comes is often a little worse than what came."""
    expected = known_ham / HONEST_PER_MISTAKE
    return max(0, int(expected - _NINE_IN_TEN * expected**0.5))


def _from_top(values: np.ndarray, index: int) -> float:
    """The value that `index` others exceed; 0, which says nothing, where there are none."""
    return float(np.partition(values, -1 - index)[-1 - index]) if len(values) else 0.0
