"""From the first minute: what the model that ships is worth to a site that it has never seen.

A corpus stands for such a site. The starting model is taught without it, as `train-shipped` teaches, and its first
items are judged twice by the online protocol: begun with that model, and begun with nothing. The first items are
those of the file, those after other places of it, and those of shuffles.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from broadsheet.spam import training
from broadsheet.spam.evaluation import corpus, measures, protocol
from broadsheet.spam.evaluation.corpus import Example
from broadsheet.spam.filter import SpamFilter

ITEMS = 200
_PLACES = (0.2, 0.4, 0.6, 0.8)  # of the file
_SHUFFLES = (0, 1, 2, 3)  # seeds
_LEAST_OF_EACH = 8  # items of each kind in a window, else there is next to nothing to rank
_SAME = 0.1  # of its texts: a licensed corpus that has so many of them is the corpus judged, or a part of it
_HEAD = [
    "1−AUC %, first items:", "started", "empty", "share",
    "other windows: started", "empty", "share", "windows",
    "before any lesson", "honest called spam",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """1−AUC in percent, begun with the model and begun with nothing; a mean over so many windows."""

    started: float
    empty: float
    windows: int

    @property
    def share(self) -> float | None:
        return round(self.started / self.empty, 4) if self.empty else None


@dataclass(frozen=True, slots=True)
class Report:
    """Of one corpus; None where it lacks ham or spam, or no window has enough of each."""

    taught: tuple[str, ...]  # the licensed corpora, beside our examples
    first: Pair | None  # of the file
    elsewhere: Pair | None  # other windows, the mean of them
    untaught: dict[str, float | int | None]  # all items, judged before any lesson: measures.of
    honest_called_spam: int  # of them


def strangers(examples: Sequence[Example], folder: Path) -> dict[str, list[Example]]:
    """The licensed corpora in `folder`, by name, without those that the examples are from. Raises BadLine, OSError."""
    texts = {example.submission.text for example in examples}
    licensed = {name: corpus.read(folder / name) for name in training.LICENSED}
    return {
        name: others
        for name, others in licensed.items()
        if sum(other.submission.text in texts for other in others)
        < _SAME * max(min(len(others), len(examples)), 1)
    }


def taught_by(corpora: Iterable[Sequence[Example]], seed: int) -> SpamFilter:
    """The starting model, had there been these licensed corpora."""
    licensed = list(map(training.lessons_of, corpora))
    return SpamFilter(training.taught(licensed, training.our_examples(), seed))


def report(
    examples: Sequence[Example], start: SpamFilter, *, taught: Iterable[str], items: int = ITEMS
) -> Report:
    """How `start`, which does not know the corpus, does on it."""
    untaught = protocol.run(start, examples, protocol.Feedback(protocol.Mode.PARTIAL, share=0.0))
    return Report(
        tuple(taught),
        _pair(start, [examples[:items]]),
        _pair(start, list(_windows(examples, items))),
        measures.of(untaught.outcomes),
        int((untaught.outcomes.called_spam & ~untaught.outcomes.is_spam).sum()),
    )


def as_json(found: Report) -> dict[str, object]:
    """Every figure by name, percentages 0 to 100."""
    return {
        "taught": found.taught,
        "first_items": _pair_as_json(found.first),
        "other_windows": _pair_as_json(found.elsewhere),
        "before_any_lesson": {**found.untaught, "honest_called_spam": found.honest_called_spam},
    }


def table(rows: Sequence[tuple[str, Report]]) -> str:
    """One line a corpus, for a person."""
    lines = [_HEAD, *([name, *_cells(found)] for name, found in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            [line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]  # names to the left
        )
        for line in lines
    )


def _cells(found: Report) -> list[str]:
    """A line's figures; a dash where there is none."""
    pairs = [
        [f"{pair.started:.2f}", f"{pair.empty:.2f}", "–" if pair.share is None else f"{pair.share:.2f}"]
        if pair
        else ["–"] * 3
        for pair in (found.first, found.elsewhere)
    ]  # fmt: skip
    before = found.untaught["one_minus_auc_percent"]
    windows = found.elsewhere.windows if found.elsewhere else 0
    called = f"{found.honest_called_spam} of {found.untaught['ham']}"
    return [*pairs[0], *pairs[1], f"{windows}", "–" if before is None else f"{before:.2f}", called]


def _pair_as_json(pair: Pair | None) -> dict[str, float | int | None] | None:
    return {**asdict(pair), "share": pair.share} if pair else None


def _windows(examples: Sequence[Example], items: int) -> Iterator[Sequence[Example]]:
    """So many items in a row, from other places of the file and of shuffles."""
    spare = max(len(examples) - items, 0)
    for first in sorted({int(place * spare) for place in _PLACES if int(place * spare)}):
        yield examples[first : first + items]
    for seed in _SHUFFLES:
        yield protocol.shuffled(examples, seed)[:items]


def _pair(start: SpamFilter, windows: Sequence[Sequence[Example]]) -> Pair | None:
    windows = [window for window in windows if _ranks(window)]
    if not windows:
        return None
    errors = [
        (_error(start.copy(), window), _error(SpamFilter.empty(), window)) for window in windows
    ]
    started, empty = np.mean(errors, axis=0).round(4).tolist()
    return Pair(started, empty, len(windows))


def _ranks(window: Sequence[Example]) -> bool:
    spam = sum(example.is_spam for example in window)
    return min(spam, len(window) - spam) >= _LEAST_OF_EACH


def _error(spam_filter: SpamFilter, window: Sequence[Example]) -> float:
    found = measures.of(protocol.run(spam_filter, window).outcomes)["one_minus_auc_percent"]
    return float(found or 0)
