"""The model that ships: hearsay from openly licensed corpora and from examples of our own, rebuilt by one command.

It has no lessons, only hearsay (jury.py): a weight for each slot, by logistic regression in which every corpus and
class counts the same. How far to believe that, and each learner while it is young, its jury saw in apprenticeships: on
each corpus a filter began with what the others taught, and on each half of our short examples with what all but that
half did. What it promises comes from judging each corpus likewise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from broadsheet.spam import storage
from broadsheet.spam.evaluation import corpus
from broadsheet.spam.evaluation.corpus import Example
from broadsheet.spam.features import SLOTS, Family, Features, count
from broadsheet.spam.jury import Jury
from broadsheet.spam.model import Model
from broadsheet.spam.reading import read
from broadsheet.spam.storage import Arrays

_DATA = Path(__file__).parent / "data"
# Written for this, licensed as the code.
EXAMPLES = (_DATA / "examples.jsonl", _DATA / "forms.jsonl")
# CC BY 4.0 (youtube, sms, ham_de) and MIT (tg); a corpus without a licence trains nothing that ships.
LICENSED = ("youtube.jsonl", "sms.jsonl", "tg.jsonl", "ham_de.jsonl")
# What carries over to other sites; bytes and shapes tell corpora apart, not ham and spam.
_SPOKEN = np.isin(list(Family), (Family.FOLDED, Family.WORDS, Family.CIRCUMSTANCES))
SEED = 1
_LESSONS, _ROUNDS, _RATE = 24_000, 4, 1.0  # the weights are the mean of those after each round
# Each lesson is heard without a fifth of its features, so that none speaks for all, and no text is told with certainty:
# what a corpus says by a few loud features does not carry over (docs/spam-filter.md).
_UNHEARD, _CERTAIN = 0.2, 0.95
# Of a corpus's, 1.0. 4 to 10 measured alike for the short ones, 20 a little worse; 2, 3, 4, 8 for those of forms alike.
_SHARE_OF_SHORT, _SHARE_OF_FORMS = 6.0, 3.0
_BELIEVED = 0.6  # elsewhere, log-odds mean less than where they were learned
_APPRENTICES, _LESSONS_OF_APPRENTICE = 3, 200  # for each corpus that has both ham and spam
_WITNESSES = 70  # of each corpus's ham and spam, judged by what the others taught
_STRANGER = 1.5  # log-odds by which honest comments of a site may look worse than the witnesses
_LEAST_WEIGHT = 0.02  # smaller weights are left out of the file

Lessons = list[tuple[Features, bool]]


@dataclass(frozen=True, slots=True)
class Ours:
    """Lessons from our own examples."""

    short: Lessons  # of every kind, a sentence each, seldom with a name
    # As they come through forms, with names and websites, from a word to a page. From all over: no site has such a
    # mixture, so that there is nothing in them for an apprentice to learn.
    forms: Lessons


def ship(folder: Path, target: Path) -> None:
    """Teach from the licensed files in `folder` and our examples, and write the model to `target`."""
    licensed = [lessons_of(corpus.read(folder / name)) for name in LICENSED]
    storage.write(target, slim(teach(licensed, our_examples())))


def our_examples() -> Ours:
    return Ours(*(lessons_of(corpus.read(path)) for path in EXAMPLES))


def lessons_of(examples: Sequence[Example]) -> Lessons:
    return [(count(read(example.submission)), example.is_spam) for example in examples]


def taught(corpora: Sequence[Lessons], ours: Ours, seed: int = SEED) -> Model:
    """The model that would ship had there been these corpora, rounded as its file is."""
    return Model.from_arrays(slim(teach(corpora, ours, seed)))


def teach(corpora: Sequence[Lessons], ours: Ours, seed: int = SEED) -> Model:
    """A model that knows all lessons by hearsay, a jury and a promise that know how far that carries."""
    model, chance = Model.empty(), np.random.RandomState(seed)
    elsewhere = [
        hearsay([*corpora[:place], *corpora[place + 1 :]], ours, seed)
        for place in range(len(corpora))
    ]
    mixed = _drawn(ours.short, len(ours.short), chance)
    first, second = mixed[::2], mixed[1::2]
    trials = [
        *list(zip(elsewhere, corpora, strict=True)) * _APPRENTICES,
        (hearsay(corpora, Ours(first, ours.forms), seed), second),
        (hearsay(corpora, Ours(second, ours.forms), seed), first),
    ]
    model.jury = Jury.experienced(
        [
            _apprenticeship(heard, _drawn(lessons, _LESSONS_OF_APPRENTICE // 2, chance))
            for heard, lessons in trials
            if len({is_spam for _, is_spam in lessons}) > 1
        ],
        chance,
    )
    for heard, lessons in zip(elsewhere, corpora, strict=True):
        model.hearsay[:] = heard
        for features, is_spam in _drawn(lessons, _WITNESSES, chance):
            worse = 0.0 if is_spam else _STRANGER
            model.promise.record(model.log_odds(features) + worse, is_spam=is_spam)
    model.hearsay[:] = hearsay(corpora, ours, seed)
    return model


def hearsay(corpora: Sequence[Lessons], ours: Ours, seed: int = SEED) -> np.ndarray:
    """The weight of each slot, float32, by averaged stochastic gradient descent over lessons drawn evenly."""
    lessons = [lesson for one in (*corpora, ours.short, ours.forms) for lesson in one]
    shares = np.concatenate(
        [
            *map(_shares, corpora),
            _SHARE_OF_SHORT * _shares(ours.short),
            _SHARE_OF_FORMS * _shares(ours.forms),
        ]
    )
    weights, mean = np.zeros(SLOTS, np.float32), np.zeros(SLOTS, np.float32)
    chance = np.random.RandomState(seed)
    for _ in range(_ROUNDS):
        for index in chance.choice(len(lessons), _LESSONS, p=shares / shares.sum()):
            _step(weights, lessons[index], chance)
        mean += weights / _ROUNDS
    return mean * np.float32(_BELIEVED)


def slim(model: Model) -> Arrays:
    """The model's arrays, rounded and thinned so that they pack well. No text is in them, only hashes."""
    arrays = model.arrays()
    weights = arrays["hearsay"]
    weights[np.abs(weights) < _LEAST_WEIGHT] = 0
    arrays["hearsay"] = weights.astype(np.float16)
    arrays["jury_records"] = arrays["jury_records"].astype(np.float16)
    return arrays


def _shares(lessons: Lessons) -> np.ndarray:
    """How often to draw each lesson: ham and spam of a corpus alike."""
    is_spam = np.array([is_spam for _, is_spam in lessons], dtype=bool)
    return np.asarray(np.where(is_spam, 1 / max(is_spam.sum(), 1), 1 / max((~is_spam).sum(), 1)))


def _step(
    weights: np.ndarray, lesson: tuple[Features, bool], chance: np.random.RandomState
) -> None:
    """One step of logistic regression on what is heard of a lesson, louder by as much as is not."""
    features, is_spam = lesson
    heard = np.repeat(_SPOKEN, features.counts)
    heard &= chance.random_sample(len(heard)) >= _UNHEARD
    slots = features.slots[heard]
    scales = np.repeat(features.scales, features.counts)[heard]
    log_odds = float(weights[slots] @ scales) / (1 - _UNHEARD)
    told = _CERTAIN if is_spam else 1 - _CERTAIN
    weights[slots] += np.float32(_RATE * (told - (np.tanh(log_odds / 2) + 1) / 2)) * scales


def _drawn(lessons: Lessons, most: int, chance: np.random.RandomState) -> Lessons:
    """At most so many of ham and of spam, in any order."""
    mixed = [lessons[index] for index in chance.permutation(len(lessons))]
    both = [
        *[lesson for lesson in mixed if not lesson[1]][:most],
        *[lesson for lesson in mixed if lesson[1]][:most],
    ]
    return [both[index] for index in chance.permutation(len(both))]


def _apprenticeship(heard: np.ndarray, lessons: Lessons) -> Jury:
    """The jury of a filter that began with this hearsay and learned the lessons."""
    model = Model.empty()
    model.hearsay[:] = heard
    for features, is_spam in lessons:
        model.learn(features, is_spam=is_spam)
    return model.jury
