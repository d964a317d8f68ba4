"""Weighing the opinions: which families and learners to believe, learned from how they judged before.

Each lesson leaves a record: the opinions on it before it was learned, and the truth. A ridge-regularised logistic
regression over the last records, refitted now and then by Newton's method, gives the weights. As it sees only
opinions given before learning, its log-odds are calibrated, and a family that is of no use to a site is not heard.

Besides them it hears emphasis (model.py: what both learners say of a feature), how long the submission is in the terms
of each family, and hearsay: what the model that ships was taught elsewhere, believed at first, while the site's own
learners have nothing to say, and soon for what it is worth there.
"""

from collections.abc import Sequence

import numpy as np

from broadsheet.spam.features import Family

MEASURED = len(Family) - 1  # families whose length is heard; circumstances are ever about as many
# The linear learners', the counting learners', emphasis, the lengths, and hearsay.
EMPHASIS = 2 * len(Family)
LENGTHS = slice(EMPHASIS + 1, EMPHASIS + 1 + MEASURED)
OPINIONS = LENGTHS.stop + 1
_LOUDEST = 5.0  # an opinion is squashed into this range by tanh; 4 to 8 measured alike
_RECORDS = 1024
_MOST_BORROWED = 900
_OWN_TO_HALVE = 50  # of the site's own records: what borrowed ones count
_REFIT_EVERY, _REFIT_EARLY, _EARLY = 50, 10, 100  # lessons
_RIDGE = 40.0  # pulls towards equal weights; 20 and 60 measured alike with true labels, worse with some wrong
_RIDGE_OF_HEARSAY = 5.0  # less: it has to prove itself. 20 and 50 were slower to let go of it
_RIDGE_OF_BIAS = 0.1
_WEIGHT_OF_EMPHASIS = 0.5  # at first; 0 was worse, 0.25 alike
_STEPS = 2
_MOST_SLIPS = 0.2
# One slip in thirty is expected before anything was seen: the first dozens of lessons are where a slip does most harm.
_SLIPS_EXPECTED, _LESSONS_EXPECTED = 1, 30
_LEAST_SLIPS = 0.005  # fewer are nobody's: 1/30 fades below it where nothing is contradicted
_LEAST_DOUBT = 0.001
_LEAST_CURVATURE = 0.03  # keeps Newton's steps short where every opinion is sure


class Jury:
    def __init__(
        self,
        weights: np.ndarray,
        records: np.ndarray,
        truths: np.ndarray,
        heard: int,
        borrowed: int,
        slips: float,
    ) -> None:
        self.weights = weights  # float64, OPINIONS and one more for the bias
        self.records = records  # float32, a ring of _RECORDS × (OPINIONS + 1)
        self.truths = truths  # float32, 1 for spam
        self.heard = heard  # lessons so far, the borrowed ones first
        self.borrowed = borrowed  # of them, from elsewhere
        self.slips = slips  # estimated share of decisions that are wrong

    @classmethod
    def empty(cls) -> "Jury":
        return cls(
            _unbiased(),
            np.zeros((_RECORDS, OPINIONS + 1), np.float32),
            np.zeros(_RECORDS, np.float32),
            0,
            0,
            0.0,
        )

    @classmethod
    def experienced(cls, juries: Sequence["Jury"], chance: np.random.RandomState) -> "Jury":
        """One that begins with what these saw: their records in any order, at most `_MOST_BORROWED` of them. They
        count less with each of the site's own, and the ring forgets them at last."""
        jury = cls.empty()
        records = np.concatenate([other.records[: other.heard] for other in juries])
        truths = np.concatenate([other.truths[: other.heard] for other in juries])
        borrowed = chance.permutation(len(truths))[:_MOST_BORROWED]
        jury.heard = jury.borrowed = len(borrowed)
        jury.records[: jury.heard], jury.truths[: jury.heard] = records[borrowed], truths[borrowed]
        jury._refit()
        jury.slips = 0.0
        return jury

    def log_odds(self, opinions: np.ndarray) -> float:
        heard = squash(opinions).astype(np.float64)  # else the product would convert it, slower
        return float(heard.dot(self.weights[:-1]) + self.weights[-1])

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
        ridge = np.array([_RIDGE] * (OPINIONS - 1) + [_RIDGE_OF_HEARSAY, _RIDGE_OF_BIAS])
        loudness, weights = self._loudness(known), self.weights
        for _ in range(_STEPS):
            probabilities = _probability(records @ weights)
            curvature = np.maximum(probabilities * (1 - probabilities), _LEAST_CURVATURE)
            curvature *= loudness
            slope = records.T @ (loudness * (probabilities - self._meant(truths, probabilities)))
            slope += ridge * (weights - _unbiased())
            weights = weights - np.linalg.solve(
                (records.T * curvature) @ records + np.diag(ridge), slope
            )
        self.weights = weights
        self.slips = _share_of_slips(records @ weights, truths)

    def _loudness(self, known: int) -> np.ndarray:
        """How much each of so many records counts, 0.0 to 1.0."""
        own, loudness = self.heard - self.borrowed, np.ones(known)
        if self.borrowed and own < _RECORDS:
            loudness *= _OWN_TO_HALVE / (_OWN_TO_HALVE + own)
            loudness[(self.borrowed + np.arange(own)) % _RECORDS] = 1
        return loudness

    def _meant(self, truths: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
        """The decisions with what are likely slips turned round, each as far as it is likely: else the jury's log-odds
        would shrink to what slips let it see, and it could not tell the next one (docs/spam-filter.md)."""
        if not self.slips:
            return truths
        slipped = _slipped(np.where(truths > 0.5, 1 - probabilities, probabilities), self.slips)
        return np.where(truths > 0.5, 1 - slipped, slipped)


def probability_of_slip(log_odds_against: float, slips: float) -> float:
    """How likely a decision is a slip of the hand, if a share of `slips` are and the jury's log-odds speak against it."""
    return float(_slipped(_probability(log_odds_against), slips))


def probabilities_of_slips(log_odds_against: np.ndarray, slips: float) -> np.ndarray:
    """The same by the log-odds of learners, which slips have taught too: freed first of what that did to them."""
    return _slipped((_probability(log_odds_against) - slips) / (1 - 2 * slips), slips)


def _slipped(against: np.ndarray, slips: float) -> np.ndarray:
    """Bayes' rule; `against` is how probable it is that the decision is wrong, had nobody ever slipped."""
    against = np.minimum(np.maximum(against, _LEAST_DOUBT), 1 - _LEAST_DOUBT)
    return np.asarray(slips * against / (slips * against + (1 - slips) * (1 - against)))


def _share_of_slips(log_odds: np.ndarray, truths: np.ndarray) -> float:
    """How often the surer half of the verdicts was contradicted, together with what is expected of people beforehand.

    Too often to be slips means that only corrections are reported.
    """
    sure = np.abs(log_odds) >= np.median(np.abs(log_odds))
    contradicted = ((log_odds > 0) != (truths > 0.5)) & sure
    share = (float(contradicted.sum()) + _SLIPS_EXPECTED) / (float(sure.sum()) + _LESSONS_EXPECTED)
    return share if _LEAST_SLIPS <= share <= _MOST_SLIPS else 0.0


def _probability(log_odds: float | np.ndarray) -> np.ndarray:
    return np.asarray((np.tanh(np.asarray(log_odds) / 2) + 1) / 2)  # overflows nowhere


def squash(opinions: np.ndarray) -> np.ndarray:
    squashed = opinions / _LOUDEST
    np.tanh(squashed, out=squashed)
    squashed *= _LOUDEST
    return squashed


def _unbiased() -> np.ndarray:
    """The learners have equal weights that add up to 1, emphasis has half of that, hearsay 1, lengths and bias none."""
    weights = np.zeros(OPINIONS + 1)
    weights[:EMPHASIS] = 1 / EMPHASIS
    weights[EMPHASIS] = _WEIGHT_OF_EMPHASIS
    weights[OPINIONS - 1] = 1.0
    return weights
