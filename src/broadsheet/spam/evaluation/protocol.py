"""The online protocol: judge each item in order, then learn its label, at once or as the feedback goes."""

import random
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np

from broadsheet.spam.evaluation.corpus import Example
from broadsheet.spam.evaluation.measures import Outcomes
from broadsheet.spam.submission import Submission
from broadsheet.spam.verdict import Judgement, Verdict


class Filter(Protocol):
    """What the protocol needs of a filter, ours or another's."""

    def judge(self, submission: Submission, *, explain: bool = ...) -> Verdict: ...

    def learn(self, submission: Submission, *, is_spam: bool) -> None: ...


class Mode(StrEnum):
    IMMEDIATE = "immediate"
    DELAYED = "delayed"
    PARTIAL = "partial"
    CORRECTIONS = "corrections"


@dataclass(frozen=True, slots=True)
class Feedback:
    """Which labels the filter gets to learn, and when."""

    mode: Mode = Mode.IMMEDIATE
    delay: int = 0  # items, for DELAYED
    share: float = 1.0  # of the items, for PARTIAL
    flipped: float = 0.0  # share of the labels that are wrong
    seed: int = 0  # of what is left to chance

    @classmethod
    def parse(cls, text: str, *, flipped: float = 0.0, seed: int = 0) -> "Feedback":
        """ "immediate", "delayed:100", "partial:0.3" or "corrections". Raises ValueError."""
        name, _, argument = text.partition(":")
        if name not in list(Mode):
            raise ValueError(f"feedback is {', '.join(Mode)}, not {name!r}")
        mode = Mode(name)
        if mode is Mode.DELAYED:
            return cls(mode, delay=int(argument), flipped=flipped, seed=seed)
        if mode is Mode.PARTIAL:
            return cls(mode, share=float(argument), flipped=flipped, seed=seed)
        if argument:
            raise ValueError(f"{name} takes no argument")
        return cls(mode, flipped=flipped, seed=seed)


@dataclass(frozen=True, slots=True)
class Run:
    outcomes: Outcomes
    seconds: float  # of judging and learning


def run(spam_filter: Filter, examples: Sequence[Example], feedback: Feedback | None = None) -> Run:
    """Judge all examples in order, learning as `feedback` says; labels are judged by the truth."""
    feedback = feedback or Feedback()
    chance = random.Random(feedback.seed)  # noqa: S311, an experiment's chance, not a secret's
    waiting: deque[tuple[Submission, bool]] = deque()
    verdicts = []
    started = time.perf_counter()
    for example in examples:
        verdict = spam_filter.judge(example.submission, explain=False)
        verdicts.append(verdict)
        if _is_told(verdict, example, feedback, chance):
            label = example.is_spam ^ (chance.random() < feedback.flipped)
            waiting.append((example.submission, label))
        while len(waiting) > feedback.delay:
            submission, label = waiting.popleft()
            spam_filter.learn(submission, is_spam=label)
    return Run(_outcomes(verdicts, examples), time.perf_counter() - started)


def shuffled(examples: Sequence[Example], seed: int) -> list[Example]:
    return [examples[i] for i in np.random.RandomState(seed).permutation(len(examples))]


def _is_told(verdict: Verdict, example: Example, feedback: Feedback, chance: random.Random) -> bool:
    if feedback.mode is Mode.PARTIAL:
        return chance.random() < feedback.share
    if feedback.mode is Mode.CORRECTIONS:
        return verdict.judgement is not (Judgement.SPAM if example.is_spam else Judgement.HAM)
    return True


def _outcomes(verdicts: Sequence[Verdict], examples: Sequence[Example]) -> Outcomes:
    return Outcomes(
        scores=np.array([verdict.spam_probability for verdict in verdicts], dtype=np.float64),
        is_spam=np.array([example.is_spam for example in examples], dtype=bool),
        called_spam=np.array(
            [verdict.judgement is Judgement.SPAM for verdict in verdicts], dtype=bool
        ),
        called_ham=np.array(
            [verdict.judgement is Judgement.HAM for verdict in verdicts], dtype=bool
        ),
    )
