"""Naive Bayes, one for each family of features: in how many ham and spam lessons each feature was.

A family's log-odds are the sum of its features' over the root of their number. Features are not independent: dividing by
a power of their number keeps long texts from shouting (0.5 and 0.65 measured alike).
"""

import numpy as np

from broadsheet.spam.features import Features

_PRIOR = 0.1  # of a lesson, that every feature was seen in; 0.03 to 1 measured alike


class CountingLearner:
    def __init__(self, ham: np.ndarray, spam: np.ndarray, lessons: np.ndarray) -> None:
        self.ham = (
            ham  # float32, SLOTS (a column of Model.table): in how many ham lessons each slot was
        )
        self.spam = spam
        self.lessons = lessons  # float64: [ham, spam]

    def evidence(self, ham: np.ndarray, spam: np.ndarray) -> np.ndarray:
        """The log-likelihood ratios of slots that were in so many ham and spam lessons, float32.

        The prior is split as ham and spam are, so that a feature never seen says nothing. (An even prior lets the rarer
        kind claim every new word: alike on a site's own stream, but a model from elsewhere then takes news for spam.)
        """
        all_ham, all_spam = self.lessons.tolist()
        share = (all_spam + 1) / (all_ham + all_spam + 2)
        for_ham, for_spam = 2 * _PRIOR * (1 - share), 2 * _PRIOR * share
        odds = spam + np.float32(for_spam)
        odds /= ham + np.float32(for_ham)
        odds *= np.float32((all_ham + 2 * for_ham) / (all_spam + 2 * for_spam))
        return np.asarray(np.log(odds, out=odds))

    def learn(self, features: Features, *, is_spam: bool, trust: float) -> None:
        np.add.at(self.spam if is_spam else self.ham, features.slots, np.float32(trust))
        self.lessons[int(is_spam)] += trust
