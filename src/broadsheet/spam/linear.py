"""Logistic regression, one for each family of features, trained as lessons come."""

import numpy as np

from broadsheet.spam.features import SLOTS, Family, Features
from broadsheet.spam.jury import probability_of_slip

# Rates of 2 to 10 measured alike on four corpora, 20 worse; variances for each feature (as AROW keeps) were no better.
_RATE = 5.0
_RATE_OF_REHEARSAL = 4.0
_RATE_OF_BIAS = 0.05  # of the rate
_SURE = 0.2  # nothing is learned where the probability is nearer than this to the truth


class LinearLearner:
    """Weights of every slot; a family's log-odds are its mean weight times the root of its number of features."""

    def __init__(self, weights: np.ndarray, biases: np.ndarray) -> None:
        self.weights = weights  # float32, SLOTS
        self.biases = biases  # float32, one for each family

    @classmethod
    def empty(cls) -> "LinearLearner":
        return cls(np.zeros(SLOTS, dtype=np.float32), np.zeros(len(Family), dtype=np.float32))

    def opinions(self, features: Features) -> np.ndarray:
        """Log-odds for spam by each family, float32."""
        sums = np.add.reduceat(self.weights.take(features.slots), features.starts)
        return np.asarray(sums * features.present * features.scales + self.biases)

    def learn(self, lessons: list[tuple[Features, bool]], *, trust: float, slips: float) -> None:
        """One step on the first lesson, as far as it is trusted, together with steps on those rehearsed."""
        slots = np.concatenate([features.slots for features, _ in lessons])
        counts = np.concatenate([features.counts for features, _ in lessons])
        scales = np.array([features.scales for features, _ in lessons])
        is_spam = np.array([[is_spam] for _, is_spam in lessons], dtype=np.float32)
        starts = np.cumsum(counts) - counts
        sums = np.add.reduceat(self.weights.take(slots), starts) * (counts > 0)
        opinions = sums.reshape(scales.shape) * scales + self.biases
        steps = _steps(opinions, is_spam)
        if slips:
            against = np.where(is_spam > 0, -opinions, opinions)
            steps *= 1 - probability_of_slip(against, slips)
            steps[0] *= np.float32(trust)
        np.add.at(self.weights, slots, np.repeat((steps * scales).ravel(), counts))
        self.biases += _RATE_OF_BIAS * steps.sum(axis=0)


def _steps(opinions: np.ndarray, is_spam: np.ndarray) -> np.ndarray:
    """How far each family of each lesson moves its weights; 0 where it is right and sure. One row a lesson."""
    errors = is_spam - (np.tanh(opinions / 2) + 1) / 2
    rates = np.full((len(opinions), 1), _RATE_OF_REHEARSAL, dtype=np.float32)
    rates[0] = _RATE
    return np.asarray(rates * np.where(np.abs(errors) >= _SURE, errors, 0), dtype=np.float32)
