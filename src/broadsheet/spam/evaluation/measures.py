"""The measures of the TREC Spam Track (Cormack & Lynam 2005), calibration, and bootstrap intervals."""

import math
from dataclasses import dataclass

import numpy as np

_RESAMPLES = 200
_SEED = 20051115
_BINS = 10


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What was said of each item, in the order judged; arrays of one length."""

    scores: np.ndarray  # float64, the higher the more likely spam
    is_spam: np.ndarray  # bool
    called_spam: np.ndarray  # bool, by the filter's own judgement
    called_ham: np.ndarray  # bool; neither is unsure


def of(outcomes: Outcomes) -> dict[str, float | int | None]:
    """Every measure; None where a class is missing. Percentages are 0 to 100."""
    spam, ham = outcomes.is_spam, ~outcomes.is_spam
    both = bool(spam.any() and ham.any())
    weights = np.ones(len(spam))
    ranking = _ranking(outcomes, weights) if both else {}
    return {
        "items": len(spam),
        "spam": int(spam.sum()),
        "ham": int(ham.sum()),
        "one_minus_auc_percent": ranking.get("one_minus_auc_percent"),
        "spam_missed_at_ham_0.1_percent": ranking.get("spam_missed_at_ham_0.1_percent"),
        "spam_missed_at_ham_1_percent": ranking.get("spam_missed_at_ham_1_percent"),
        "lam_percent": _lam(outcomes) if both else None,
        "ham_called_spam_percent": _share(outcomes.called_spam, ham),
        "spam_called_ham_percent": _share(outcomes.called_ham, spam),
        "unsure_percent": _share(~outcomes.called_spam & ~outcomes.called_ham, spam | ham),
        "expected_calibration_error": calibration_error(outcomes),
    }


def intervals(outcomes: Outcomes) -> dict[str, list[float]]:
    """95 % bootstrap intervals of the ranking measures, resampling ham and spam apart."""
    spam = outcomes.is_spam
    if not spam.any() or spam.all():
        return {}
    random = np.random.default_rng(_SEED)
    drawn = []
    for _ in range(_RESAMPLES):
        weights = np.zeros(len(spam))
        for members in (np.flatnonzero(spam), np.flatnonzero(~spam)):
            weights += np.bincount(random.choice(members, len(members)), minlength=len(spam))
        drawn.append(_ranking(outcomes, weights))
    return {
        f"{name}_interval": [
            round(float(q), 4) for q in np.percentile([d[name] for d in drawn], (2.5, 97.5))
        ]
        for name in drawn[0]
    }


def calibration_error(outcomes: Outcomes) -> float:
    """Expected calibration error: the mean gap between probability and frequency, over ten bins."""
    bins = np.minimum((outcomes.scores * _BINS).astype(int), _BINS - 1)
    counts = np.bincount(bins, minlength=_BINS)
    said = np.bincount(bins, outcomes.scores, minlength=_BINS)
    true = np.bincount(bins, outcomes.is_spam, minlength=_BINS)
    return round(float(np.abs(said - true).sum() / max(counts.sum(), 1)), 4)


def _ranking(outcomes: Outcomes, weights: np.ndarray) -> dict[str, float]:
    """1 − AUC and spam missed at a given share of ham called spam, each item counted `weights` times."""
    order = np.argsort(outcomes.scores, kind="stable")
    scores, spam = outcomes.scores[order], outcomes.is_spam[order]
    spam_weights, ham_weights = weights[order] * spam, weights[order] * ~spam
    first = np.flatnonzero(
        np.concatenate(([True], scores[1:] != scores[:-1]))
    )  # of each run of ties
    spam_at, ham_at = np.add.reduceat(spam_weights, first), np.add.reduceat(ham_weights, first)
    ham_below = np.cumsum(ham_at) - ham_at
    all_spam, all_ham = spam_at.sum(), ham_at.sum()
    auc = float((spam_at * (ham_below + ham_at / 2)).sum() / (all_spam * all_ham))
    measures = {"one_minus_auc_percent": round(100 * (1 - auc), 4)}
    ham_from_top = np.cumsum(ham_at[::-1])[::-1]
    for name, share in (("0.1", 0.001), ("1", 0.01)):
        allowed = int(share * all_ham)
        threshold = np.flatnonzero(ham_from_top > allowed)[
            -1
        ]  # the score of ham number `allowed` from the top
        missed = float(np.cumsum(spam_at)[threshold] / all_spam)
        measures[f"spam_missed_at_ham_{name}_percent"] = round(100 * missed, 2)
    return measures


def _lam(outcomes: Outcomes) -> float:
    """Logistic average misclassification, of ham and spam on the wrong side of 0.5; half an error added to each."""
    over = outcomes.scores >= 0.5
    spam = outcomes.is_spam
    ham_wrong = ((over & ~spam).sum() + 0.5) / ((~spam).sum() + 1)
    spam_wrong = ((~over & spam).sum() + 0.5) / (spam.sum() + 1)
    logit = (math.log(ham_wrong / (1 - ham_wrong)) + math.log(spam_wrong / (1 - spam_wrong))) / 2
    return round(100 / (1 + math.exp(-logit)), 4)


def _share(event: np.ndarray, among: np.ndarray) -> float | None:
    return round(100 * float(event[among].mean()), 4) if among.any() else None
