"""What changed between two texts, word by word. Plain Python."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

LONGEST = 2_000  # words compared one by one; a longer passage counts as replaced as a whole
AROUND = 8  # unchanged words shown on each side of a change

_WORD = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)


class Kind(Enum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"
    SKIPPED = "skipped"  # unchanged, and too far from a change to be shown


@dataclass(frozen=True, slots=True)
class Run:
    """Words that share a fate."""

    kind: Kind
    text: str


Passage = tuple[Run, ...]


def passages(before: Sequence[str], after: Sequence[str]) -> tuple[Passage, ...]:
    """The paragraphs that differ, in their order, each with what was removed and what was added."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return tuple(
        _passage("\n".join(before[old:old_end]), "\n".join(after[new:new_end]))
        for tag, old, old_end, new, new_end in matcher.get_opcodes()
        if tag != "equal"
    )


def _passage(before: str, after: str) -> Passage:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > 2 * LONGEST or not (old and new):
        replaced = (Run(Kind.REMOVED, before), Run(Kind.ADDED, after))
        return tuple(run for run in replaced if run.text)
    return tuple(_shortened(list(_runs(old, new))))


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield Run(Kind.KEPT, "".join(old[start:end]))
            continue
        if start < end:
            yield Run(Kind.REMOVED, "".join(old[start:end]))
        if new_start < new_end:
            yield Run(Kind.ADDED, "".join(new[new_start:new_end]))


def _shortened(runs: Sequence[Run]) -> Iterator[Run]:
    """Long unchanged stretches keep only the words next to a change."""
    for place, run in enumerate(runs):
        words = _WORD.findall(run.text)
        if run.kind != Kind.KEPT or len(words) <= 4 * AROUND:
            yield run
            continue
        if place > 0:
            yield Run(Kind.KEPT, "".join(words[: 2 * AROUND]))
        yield Run(Kind.SKIPPED, "")
        if place < len(runs) - 1:
            yield Run(Kind.KEPT, "".join(words[-2 * AROUND :]))
