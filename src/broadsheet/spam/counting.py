"""Naive Bayes, one for each family of features: in how many ham and spam lessons each feature was."""

import math

import numpy as np

from broadsheet.spam.features import SLOTS, Features

_PRIOR = 0.1  # of a lesson, that every feature was seen in; 0.03 to 1 measured alike


class CountingLearner:
    def __init__(self, ham: np.ndarray, spam: np.ndarray, lessons: np.ndarray) -> None:
        self.ham = ham  # float32, SLOTS: in how many ham lessons each slot was
        self.spam = spam
        self.lessons = lessons  # float64: [ham, spam]

    @classmethod
    def empty(cls) -> "CountingLearner":
        return cls(np.zeros(SLOTS, np.float32), np.zeros(SLOTS, np.float32), np.zeros(2))

    def opinions(self, features: Features) -> np.ndarray:
        """Log-likelihood ratios for spam by each family, over the root of its number of features; float32.

        Features are not independent: dividing by a power of their number keeps long texts from shouting (0.5 and 0.65
        measured alike).
        """
        evidence = self.evidence(features.slots)
        sums = np.add.reduceat(evidence, features.starts)
        return np.asarray(sums * features.present * features.scales)

    def evidence(self, slots: np.ndarray) -> np.ndarray:
        """The log-likelihood ratio of each slot, float32.

        The prior is split as ham and spam are, so that a feature never seen says nothing. (An even prior lets the rarer
        kind claim every new word: alike on a site's own stream, but a model from elsewhere then takes news for spam.)
        """
        ham, spam = self.lessons
        share = (spam + 1) / (ham + spam + 2)
        for_ham, for_spam = 2 * _PRIOR * (1 - share), 2 * _PRIOR * share
        odds = (self.spam.take(slots) + np.float32(for_spam)) / (
            self.ham.take(slots) + np.float32(for_ham)
        )
        return np.log(odds) - np.float32(math.log((spam + 2 * for_spam) / (ham + 2 * for_ham)))

    def learn(self, features: Features, *, is_spam: bool, trust: float) -> None:
        (self.spam if is_spam else self.ham)[features.slots] += np.float32(trust)
        self.lessons[int(is_spam)] += trust
