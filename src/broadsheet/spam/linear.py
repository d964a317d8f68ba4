"""Logistic regression, one for each family of features, trained as lessons come."""

import numpy as np

from broadsheet.spam.features import Features
from broadsheet.spam.jury import probabilities_of_slips

# Rates of 2 to 10 measured alike on four corpora, 20 worse; variances for each feature (as AROW keeps) were no better.
_RATE = 5.0
_RATE_OF_REHEARSAL = 4.0
_RATE_OF_BIAS = 0.05  # of the rate
_SURE = 0.2  # nothing is learned where the probability is nearer than this to the truth


Lesson = tuple[Features, bool]  # and whether it is spam


class LinearLearner:
    """Weights of every slot; a family's log-odds are its mean weight times the root of its number of features."""

    def __init__(self, weights: np.ndarray, biases: np.ndarray) -> None:
        self.weights = weights  # float32, SLOTS (a column of Model.table)
        self.biases = biases  # float32, one for each family

    def learn(
        self,
        lesson: Lesson,
        opinions: np.ndarray,
        past: list[Lesson],
        *,
        trust: float,
        slips: float,
    ) -> None:
        """One step on the lesson, as far as it is trusted, of which it had these `opinions`, with steps on the `past`."""
        lessons = [lesson, *past]
        all_opinions = np.empty((len(lessons), len(opinions)), dtype=np.float32)
        all_opinions[0] = opinions
        for of_past, (known, _) in zip(all_opinions[1:], past, strict=True):
            np.add.reduceat(self.weights[known.slots], known.starts, out=of_past)
            of_past *= known.scales
        all_opinions[1:] += self.biases
        is_spam = np.array([[is_spam] for _, is_spam in lessons], dtype=np.float32)
        steps = _steps(all_opinions, is_spam)
        if slips:
            against = np.where(is_spam > 0, -all_opinions, all_opinions)
            steps *= 1 - probabilities_of_slips(against, slips)
            steps[0] *= np.float32(trust)
        for (features, _), step, moves in zip(lessons, steps, _moving(steps), strict=True):
            if moves:
                by_slot = (step * features.scales).repeat(features.counts)
                np.add.at(self.weights, features.slots, by_slot)  # half as long as [slots] +=
        self.biases += _RATE_OF_BIAS * np.add.reduce(steps)


def _steps(opinions: np.ndarray, is_spam: np.ndarray) -> np.ndarray:
    """How far each family of each lesson moves its weights; 0 where it is right and sure. One row a lesson."""
    errors = is_spam - (np.tanh(opinions / 2) + 1) / 2
    errors[np.abs(errors) < _SURE] = 0
    errors[0] *= _RATE
    errors[1:] *= _RATE_OF_REHEARSAL
    return np.asarray(errors)


def _moving(steps: np.ndarray) -> list[bool]:
    """Which lessons move anything: most that are rehearsed are known by heart."""
    return [any(of_lesson) for of_lesson in steps.tolist()]
