"""Who is called a spammer? The rate of honest submissions called spam, by language, dialect or site.

No group shall have more than three times the mean rate. Where one in a thousand or fewer are called spam, a group of
some hundreds has none or one, and one is more than three times the mean by itself. So the rate is given beside the
chance that a group treated three times as badly as the mean would fare at least so badly (exact binomial test): a group
is treated unfairly where that is below one in twenty.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.spam.evaluation.corpus import Example
from broadsheet.spam.filter import SpamFilter
from broadsheet.spam.verdict import Judgement

LEAST_ITEMS = 500  # smaller groups prove nothing
MOST_TIMES_THE_MEAN = 3.0
_LEAST_CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    honest: int
    called_spam: int
    unsure: int

    @property
    def called_spam_percent(self) -> float:
        return 100 * self.called_spam / self.honest


def by_group(spam_filter: SpamFilter, examples: Sequence[Example], *, learns: bool) -> list[Group]:
    """The honest examples by their group, largest first; spam is only learned from."""
    honest: Counter[str] = Counter()
    found: Counter[tuple[str, Judgement]] = Counter()
    for example in examples:
        if not example.is_spam:
            verdict = spam_filter.judge(example.submission, explain=False)
            honest[example.group] += 1
            found[example.group, verdict.judgement] += 1
        if learns:
            spam_filter.learn(example.submission, is_spam=example.is_spam)
    return [
        Group(name or "unknown", count, found[name, Judgement.SPAM], found[name, Judgement.UNSURE])
        for name, count in honest.most_common()
    ]


@dataclass(frozen=True, slots=True)
class Finding:
    """How a group fares beside all of them."""

    times_the_mean: float  # 1 where nobody was called spam
    chance: float  # 0.0 to 1.0: of so many or more, were its rate just `MOST_TIMES_THE_MEAN`
    fair: bool  # also where it is too small to tell


def compare(group: Group, groups: Sequence[Group]) -> Finding:
    called, honest = sum(g.called_spam for g in groups), sum(g.honest for g in groups)
    if not called:
        return Finding(times_the_mean=1.0, chance=1.0, fair=True)
    mean = called / honest
    times = group.called_spam / group.honest / mean
    chance = _tail(group.called_spam, group.honest, min(1.0, MOST_TIMES_THE_MEAN * mean))
    enough = group.honest >= LEAST_ITEMS and times > MOST_TIMES_THE_MEAN
    return Finding(times, chance, fair=not (enough and chance < _LEAST_CHANCE))


def _tail(least: int, trials: int, rate: float) -> float:
    """The chance of at least so many successes in so many trials (binomial), by logarithms, which overflow nowhere."""
    if rate >= 1:
        return 1.0
    fewer = (
        math.exp(
            math.lgamma(trials + 1)
            - math.lgamma(hits + 1)
            - math.lgamma(trials - hits + 1)
            + hits * math.log(rate)
            + (trials - hits) * math.log1p(-rate)
        )
        for hits in range(least)
    )
    return max(0.0, 1 - sum(fewer))
