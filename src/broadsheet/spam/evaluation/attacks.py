"""Evasions: what is done to known spam to get it past a filter, and what each costs in detection."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from broadsheet.spam.evaluation import measures
from broadsheet.spam.evaluation.corpus import Example
from broadsheet.spam.evaluation.measures import Outcomes
from broadsheet.spam.filter import SpamFilter
from broadsheet.spam.markup import find
from broadsheet.spam.submission import Submission

Evasion = Callable[[Submission], Submission]

_CYRILLIC = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")  # noqa: RUF001, the point of it
_LEET = str.maketrans("aeiostAEIOST", "4310574310" + "57")
_ZERO_WIDTH = "\u200b"
_PAD = (
    "The council met on Tuesday evening and heard from eleven residents about the closure of the bridge. "
    "Most of them asked for a bus to the other bank until the repairs are done; the engineer spoke of nine months."
)
_SPAMS_PER_POISON = 10


@dataclass(frozen=True, slots=True)
class Loss:
    """Detection under one attack; percentages."""

    attack: str
    missed_before: float  # spam below the score that 1 % of ham exceeds
    missed_after: float

    @property
    def bounded(self) -> bool:
        """At most doubled; where next to nothing was missed, one in twenty may be."""
        return self.missed_after <= max(2 * self.missed_before, 5.0)


def suite(examples: Sequence[Example]) -> list[Loss]:
    """Teach the filter half of the examples, then attack with the spam of the other half."""
    half = len(examples) // 2
    taught = SpamFilter.rebuilt(
        (example.submission, example.is_spam) for example in examples[:half]
    )
    honest = [example.submission for example in examples[half:] if not example.is_spam]
    spam = [example.submission for example in examples[half:] if example.is_spam]
    before = _missed(taught, honest, spam)
    losses = [
        Loss(name, before, _missed(taught, honest, [evade(one) for one in spam]))
        for name, evade in EVASIONS.items()
    ]
    poisoned = _poisoned(examples[:half])
    return [
        *losses,
        Loss("slow poisoning by approved spam", before, _missed(poisoned, honest, spam)),
    ]


def _missed(
    spam_filter: SpamFilter, honest: Sequence[Submission], spam: Sequence[Submission]
) -> float:
    both = [*honest, *spam]
    scores = np.array([spam_filter.judge(one, explain=False).spam_probability for one in both])
    is_spam = np.arange(len(both)) >= len(honest)
    missed = measures.of(Outcomes(scores, is_spam, is_spam, ~is_spam))[
        "spam_missed_at_ham_1_percent"
    ]
    return float(missed or 0)


def _poisoned(examples: Sequence[Example]) -> SpamFilter:
    """After every tenth spam, someone approves that spam."""
    spam_filter, spams = SpamFilter.empty(), 0
    for example in examples:
        spam_filter.learn(example.submission, is_spam=example.is_spam)
        spams += example.is_spam
        if example.is_spam and spams % _SPAMS_PER_POISON == 0:
            spam_filter.learn(example.submission, is_spam=False)
    return spam_filter


def _each_word(change: Callable[[str], str]) -> Evasion:
    """Apply `change` to what is not a link or a tag: those must go on working."""

    def evade(submission: Submission) -> Submission:
        text, at, parts = submission.text, 0, []
        for mark in find(text):
            parts += [change(text[at : mark.start]), text[mark.start : mark.end]]
            at = mark.end
        return replace(submission, text="".join([*parts, change(text[at:])]))

    return evade


def _zero_width(text: str) -> str:
    return " ".join(_ZERO_WIDTH.join(word) for word in text.split(" "))


def _spaced(text: str) -> str:
    """Every third word of more than three letters is spaced out."""
    words = text.split(" ")
    return " ".join(" ".join(w) if i % 3 == 0 and len(w) > 3 else w for i, w in enumerate(words))


def _entities(text: str) -> str:
    return "".join(f"&#{ord(c)};" if c.isalpha() else html.escape(c) for c in text)


def _image_only(submission: Submission) -> Submission:
    links = [mark.link for mark in find(submission.text) if mark.link]
    if not links:
        return submission
    image = f'<a href="{links[0]}"><img src="{links[0]}/banner.png"></a>'
    return replace(submission, text=image)


def _padded(submission: Submission) -> Submission:
    """With the article's own text, which the site knows."""
    return replace(submission, text=f"{_PAD}\n{submission.text}", article=_PAD)


EVASIONS: dict[str, Evasion] = {
    "confusable letters": _each_word(lambda text: text.translate(_CYRILLIC)),
    "zero-width characters": _each_word(_zero_width),
    "spaced-out words": _each_word(_spaced),
    "leet": _each_word(lambda text: text.translate(_LEET)),
    "HTML entities": _each_word(_entities),
    "image-only links": _image_only,
    "padding with the article": _padded,
}
