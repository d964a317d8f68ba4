"""Weighing the opinions: which families and learners to believe, learned from how they judged before.

Each lesson leaves a record: the opinions on it before it was learned, and the truth. A ridge-regularised logistic
regression over the last records, refitted now and then by Newton's method, gives the weights. As it sees only
opinions given before learning, its log-odds are calibrated, and a family that is of no use to a site is not heard.
"""

import numpy as np

from broadsheet.spam.features import Family

OPINIONS = 2 * len(Family)  # the linear learners', then the counting learners'
_LOUDEST = 8.0  # an opinion is squashed into this range by tanh; 4 to 12 measured alike
_RECORDS = 1024
_REFIT_EVERY, _REFIT_EARLY, _EARLY = 50, 10, 100  # lessons
_RIDGE = 20.0  # pulls towards equal weights; 5 to 50 measured alike
_RIDGE_OF_BIAS = 0.1
_STEPS = 2
_LEAST_CURVATURE = 0.03  # keeps Newton's steps short where every opinion is sure


class Jury:
    def __init__(self, weights: np.ndarray, records: np.ndarray, truths: np.ndarray, heard: int) -> None:
        self.weights = weights  # float64, OPINIONS and one more for the bias
        self.records = records  # float32, a ring of _RECORDS × (OPINIONS + 1)
        self.truths = truths  # float32, 1 for spam
        self.heard = heard  # lessons so far

    @classmethod
    def empty(cls) -> "Jury":
        return cls(_equal(), np.zeros((_RECORDS, OPINIONS + 1), np.float32), np.zeros(_RECORDS, np.float32), 0)

    def log_odds(self, opinions: np.ndarray) -> float:
        return float(squash(opinions) @ self.weights[:-1] + self.weights[-1])

    def learn(self, opinions: np.ndarray, *, is_spam: bool) -> None:
        place = self.heard % _RECORDS
        self.records[place, :-1] = squash(opinions)
        self.records[place, -1] = 1
        self.truths[place] = is_spam
        self.heard += 1
        if self.heard % (_REFIT_EARLY if self.heard < _EARLY else _REFIT_EVERY) == 0:
            self._refit()

    def _refit(self) -> None:
        known = min(self.heard, _RECORDS)
        records, truths = self.records[:known].astype(np.float64), self.truths[:known]
        ridge = np.full(OPINIONS + 1, _RIDGE)
        ridge[-1] = _RIDGE_OF_BIAS
        weights = self.weights
        for _ in range(_STEPS):
            probabilities = 1 / (1 + np.exp(-np.clip(records @ weights, -30, 30)))
            curvature = np.maximum(probabilities * (1 - probabilities), _LEAST_CURVATURE)
            slope = records.T @ (probabilities - truths) + ridge * (weights - _equal())
            weights = weights - np.linalg.solve((records.T * curvature) @ records + np.diag(ridge), slope)
        self.weights = weights


def squash(opinions: np.ndarray) -> np.ndarray:
    return _LOUDEST * np.tanh(opinions / _LOUDEST)


def _equal() -> np.ndarray:
    weights = np.full(OPINIONS + 1, 1 / OPINIONS)
    weights[-1] = 0
    return weights
