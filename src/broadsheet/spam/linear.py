"""Logistic regression, one for each family of features, trained as lessons come."""

import numpy as np

from broadsheet.spam.features import SLOTS, Family, Features
from broadsheet.spam.jury import probability_of_slip

# Measured on all four corpora (docs/spam-filter.md): rates of 2 to 10 are alike, 20 is worse; AdaGrad and
# per-feature variances (AROW) were worse than a plain rate.
_RATE = 5.0
_RATE_OF_REHEARSAL = 4.0
_RATE_OF_BIAS = 0.05  # of the rate
_DOUBT = 0.3  # learn where wrong, or where the probability is nearer than this to 0.5


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
        scales = np.concatenate([features.scales for features, _ in lessons])
        is_spam = np.repeat([is_spam for _, is_spam in lessons], len(Family))
        starts = np.zeros(len(counts), dtype=np.intp)
        np.cumsum(counts[:-1], out=starts[1:])
        sums = np.add.reduceat(self.weights.take(slots), starts) * (counts > 0)
        opinions = sums * scales + np.tile(self.biases, len(lessons))
        steps = _steps(opinions, is_spam)
        if slips:
            against = np.where(is_spam, -opinions, opinions)
            steps *= (1 - probability_of_slip(against, slips)).astype(np.float32)
        steps[: len(Family)] *= np.float32(trust)
        np.add.at(self.weights, slots, np.repeat(steps * scales, counts))
        self.biases += _RATE_OF_BIAS * steps.reshape(-1, len(Family)).sum(axis=0)


def _steps(opinions: np.ndarray, is_spam: np.ndarray) -> np.ndarray:
    """How far each family of each lesson moves its weights; 0 where it is right and sure."""
    probabilities = 1 / (1 + np.exp(-np.clip(opinions, -30, 30)))
    wrong = (probabilities >= 0.5) != is_spam
    rates = np.full(len(opinions), _RATE_OF_REHEARSAL, dtype=np.float32)
    rates[: len(Family)] = _RATE
    steps = rates * (is_spam - probabilities)
    return np.where(wrong | (np.abs(probabilities - 0.5) <= _DOUBT), steps, 0).astype(np.float32)
