"""The model: two learners for each family of features, hearsay, a memory to rehearse from, and a jury that weighs them."""

import numpy as np

from broadsheet.spam import rehearsal
from broadsheet.spam.counting import CountingLearner
from broadsheet.spam.features import SLOTS, Family, Features, Known
from broadsheet.spam.jury import EMPHASIS, LENGTHS, OPINIONS, Jury, probability_of_slip
from broadsheet.spam.linear import LinearLearner
from broadsheet.spam.promise import Promise
from broadsheet.spam.rehearsal import Rehearsal
from broadsheet.spam.storage import Arrays

# Columns of the table: rows of 16 bytes are copied at once and lie in one line of the processor's cache.
_COLUMNS = ("weights", "ham", "spam", "hearsay")
_LESSONS_TO_HALVE = np.float32(10)  # hearsay about a feature; 3 and 30 were a little worse
_HONEST_TO_HALVE = 0.5  # lessons: what is known beforehand of a circumstance
_LOUDNESS = np.float32(0.1)  # of emphasis, which sums all families, beside one family's opinion
_RELIABLE = 0.5  # lessons trusted less are not rehearsed


class Model:
    """Everything that lessons change. Judging may run while one other thread learns."""

    def __init__(
        self,
        table: np.ndarray,
        biases: np.ndarray,
        lessons: np.ndarray,
        past: Rehearsal,
        jury: Jury,
        promise: Promise,
    ) -> None:
        self.table = (
            table  # float32, SLOTS × _COLUMNS: all that is known of a slot stands side by side
        )
        weights, ham, spam, self.hearsay = table.T
        self.linear = LinearLearner(weights, biases)
        self.counting = CountingLearner(ham, spam, lessons)
        self.rehearsal = past
        self.jury = jury
        self.promise = promise

    @classmethod
    def empty(cls) -> "Model":
        return cls(
            np.zeros((SLOTS, len(_COLUMNS)), dtype=np.float32),
            np.zeros(len(Family), dtype=np.float32),
            np.zeros(2),
            Rehearsal.empty(),
            Jury.empty(),
            Promise.empty(),
        )

    def opinions(self, features: Features) -> np.ndarray:
        """What each family makes of it, linear learners first, emphasis, the lengths and hearsay; float32, jury.OPINIONS."""
        known = self.table.take(features.slots, axis=0)
        weights, ham, spam, hearsay = known.T
        said = np.empty((4, len(known)), np.float32)  # summed by family at once
        evidence = self.counting.evidence(ham, spam)
        said[0] = weights
        said[1] = evidence
        said[2] = emphasised(weights, evidence)
        said[3] = left_of(hearsay, ham, spam)
        sums = np.add.reduceat(said, features.starts, axis=1)
        sums *= features.scales  # undoes that an empty family got its neighbour's first
        sums[0] += self.linear.biases
        opinions = np.empty(OPINIONS, np.float32)
        opinions[:EMPHASIS] = sums[:2].ravel()
        opinions[LENGTHS] = features.lengths
        opinions[EMPHASIS], opinions[-1] = np.add.reduce(sums[2:], axis=1)
        return opinions

    def log_odds(self, features: Features) -> float:
        """Calibrated log-odds that these are the features of spam."""
        return self.jury.log_odds(self.opinions(features)) + self.known(features.known)

    def known(self, known: Known) -> float:
        """The log-odds of what is known beforehand, each as far as the site's honest lessons left it: where people send
        pictures, a picture soon says nothing by itself."""
        ham = self.counting.ham
        return sum(
            log_odds * _HONEST_TO_HALVE / (_HONEST_TO_HALVE + float(ham[slot]))
            for slot, log_odds in known
        )

    def learn(self, features: Features, *, is_spam: bool) -> None:
        """Learn one lesson."""
        opinions = self.opinions(features)
        log_odds = self.jury.log_odds(opinions)
        self.promise.record(log_odds + self.known(features.known), is_spam=is_spam)
        trust = self._trust(-log_odds if is_spam else log_odds)
        self.linear.learn(
            (features, is_spam),
            opinions[: len(Family)],
            self.rehearsal.choose(),
            trust=trust,
            slips=self.jury.slips,
        )
        self.counting.learn(features, is_spam=is_spam, trust=trust)
        if trust > _RELIABLE:
            self.rehearsal.remember(features, is_spam=is_spam)
        self.jury.learn(opinions, is_spam=is_spam)

    def _trust(self, log_odds_against: float) -> float:
        """How likely a decision is what someone meant: 1 where nobody was seen to slip."""
        slips = self.jury.slips
        return 1 - probability_of_slip(log_odds_against, slips) if slips else 1.0

    def arrays(self) -> Arrays:
        """Copies of all that is needed to go on from here."""
        past = {
            f"past_{name}_{part}": array
            for name, lessons in (("ham", self.rehearsal.ham), ("spam", self.rehearsal.spam))
            for part, array in zip(("slots", "lengths"), rehearsal.pack(lessons), strict=True)
        }
        return {
            **{name: column.copy() for name, column in zip(_COLUMNS, self.table.T, strict=True)},
            "biases": self.linear.biases.copy(),
            "lessons": self.counting.lessons.copy(),
            "jury_weights": self.jury.weights.copy(),
            "jury_records": self.jury.records.copy(),
            "jury_truths": self.jury.truths.copy(),
            "jury_heard": np.array(self.jury.heard),
            "jury_borrowed": np.array(self.jury.borrowed),
            "slips": np.array(self.jury.slips),
            "promise_ham": self.promise.ham.copy(),
            "promise_spam": self.promise.spam.copy(),
            "promise_counts": self.promise.counts.copy(),
            "seed": np.array(self.rehearsal.seed, dtype=np.uint64),
            **past,
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "Model":
        """The inverse of `arrays`. Raises KeyError or ValueError if it is not that."""
        fresh = Model.empty().arrays()
        for name, array in fresh.items():
            if not name.startswith("past_") and arrays[name].shape != array.shape:
                raise ValueError(f"{name} has the shape {arrays[name].shape}, not {array.shape}")
        kept = {name: arrays[name].astype(array.dtype) for name, array in fresh.items()}
        past = {
            name: rehearsal.unpack(kept[f"past_{name}_slots"], kept[f"past_{name}_lengths"])
            for name in ("ham", "spam")
        }
        return cls(
            np.stack([kept[name] for name in _COLUMNS], axis=1),
            kept["biases"],
            kept["lessons"],
            Rehearsal(past["ham"], past["spam"], int(kept["seed"])),
            Jury(
                kept["jury_weights"],
                kept["jury_records"],
                kept["jury_truths"],
                int(kept["jury_heard"]),
                int(kept["jury_borrowed"]),
                float(kept["slips"]),
            ),
            Promise(kept["promise_ham"], kept["promise_spam"], kept["promise_counts"]),
        )


def emphasised(weights: np.ndarray, evidence: np.ndarray) -> np.ndarray:
    """The linear learners' weights, each as loud as naive Bayes is sure of its slot (as Wang & Manning 2012 scale them):
    what one step gave to every feature of a text counts most where many texts bear it out."""
    return np.asarray(_LOUDNESS * weights * np.abs(evidence))


def left_of(hearsay: np.ndarray, ham: np.ndarray, spam: np.ndarray) -> np.ndarray:
    """What hearsay still says of slots that were in so many of the site's own lessons: each feature gives way by itself."""
    return np.asarray(hearsay * (_LESSONS_TO_HALVE / (_LESSONS_TO_HALVE + ham + spam)))
