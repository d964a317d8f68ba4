"""Who is called a spammer? The rate of honest submissions called spam, by language, dialect or site."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.spam.evaluation.corpus import Example
from broadsheet.spam.filter import SpamFilter
from broadsheet.spam.verdict import Judgement

LEAST_ITEMS = 500  # smaller groups prove nothing
MOST_TIMES_THE_MEAN = 3.0


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


def is_fair(group: Group, groups: Sequence[Group]) -> bool:
    """No more than three times the mean; a single mistake in a group is not a rate."""
    mean = 100 * sum(g.called_spam for g in groups) / sum(g.honest for g in groups)
    few = group.honest < LEAST_ITEMS or group.called_spam <= 1
    return few or group.called_spam_percent <= MOST_TIMES_THE_MEAN * mean
