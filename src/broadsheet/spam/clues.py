"""Clues: what spoke for and against, in words a moderator understands, with spans of the text as sent."""

import re
from dataclasses import dataclass

import numpy as np

from broadsheet.spam import evidence, markup, reading, wording
from broadsheet.spam.features import Features
from broadsheet.spam.model import Model
from broadsheet.spam.reading import Reading
from broadsheet.spam.submission import Submission
from broadsheet.spam.verdict import Clue

_MOST_CLUES = 8
_LEAST_WEIGHT = 0.1  # log-odds; what weighs less is not worth a moderator's time
_LONGEST_QUOTATION = 60  # characters
_PHRASE = 4  # words of one mind that are named together
_TOKEN = re.compile(r"\S+")


def explain(submission: Submission, counted: Features, model: Model) -> tuple[Clue, ...]:
    """The strongest clues, strongest first, of what was counted in the submission."""
    read = reading.locate(submission)
    found = evidence.weigh(read, counted, model)
    clues = [
        *_of_text(read, found.text),
        *_of_head(read, found.head),
        *_of_circumstances(read, found.circumstances),
    ]
    telling = [clue for clue in _merged(clues) if abs(clue.weight) >= _LEAST_WEIGHT]
    return tuple(sorted(telling, key=lambda clue: -abs(clue.weight))[:_MOST_CLUES])


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    weight: float
    link: str = ""


def _of_text(read: Reading, weights: np.ndarray) -> list[Clue]:
    clues = []
    for phrase in _phrases(_pieces(read, weights)):
        start, end = phrase[0].start, phrase[-1].end
        quotation = " ".join(read.text[start:end].split())
        text = (
            f"the link {markup.host_and_path(phrase[0].link)[0]}"
            if phrase[0].link
            else f"words: “{_shortened(quotation)}”"
        )
        span = reading.span_as_sent(len(read.submission.text), start, end)
        clues.append(Clue(text, sum(piece.weight for piece in phrase), (span,)))
    return clues


def _pieces(read: Reading, weights: np.ndarray) -> list[_Piece]:
    """Links, and the words between them, with what their characters weigh."""
    sums = np.concatenate(([0.0], np.cumsum(weights)))
    pieces, at = [], 0
    for mark in [*(mark for mark in read.marks if mark.link or mark.tag), None]:
        end = mark.start if mark else len(read.text)
        for token in _TOKEN.finditer(read.text, at, end):
            start, stop = token.span()
            pieces.append(_Piece(start, stop, float(sums[stop] - sums[start])))
        if mark:
            weight = float(sums[mark.end] - sums[mark.start])
            pieces.append(_Piece(mark.start, mark.end, weight, mark.link))
            at = mark.end
    return pieces


def _phrases(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Neighbouring words that speak for the same side, and loudly, belong together."""
    phrases: list[list[_Piece]] = []
    for piece in pieces:
        last = phrases[-1] if phrases else []
        joins = (
            0 < len(last) < _PHRASE
            and not piece.link
            and not last[-1].link
            and piece.weight * last[-1].weight > 0
            and min(abs(piece.weight), abs(last[-1].weight)) >= _LEAST_WEIGHT
        )
        if joins:
            last.append(piece)
        else:
            phrases.append([piece])
    return phrases


def _of_head(read: Reading, weights: np.ndarray) -> list[Clue]:
    """The raw text of name, website and e-mail."""
    submission, at, clues = read.submission, 0, []
    names = (
        ("author", "the name"),
        ("author_url", "the website"),
        ("author_email", "the e-mail address"),
    )
    for (field, label), value in zip(names, reading.head_fields(submission), strict=True):
        lead = len(value) - len(value.lstrip()) if at == 0 else 0
        length = len(value) - lead
        if value.strip():
            weight = float(weights[at : at + length].sum())
            clues.append(Clue(f"{label} “{_shortened(value)}”", weight, ((0, len(value)),), field))
        at += length + 1 if at or length else 0
    return clues


def _of_circumstances(read: Reading, weights: dict[str, float]) -> list[Clue]:
    return [
        Clue(wording.describe(name, read.submission), weight, (), wording.field_of(name))
        for name, weight in weights.items()
    ]


def _merged(clues: list[Clue]) -> list[Clue]:
    """Clues that say the same become one, with all their spans."""
    merged: dict[tuple[str, str], Clue] = {}
    for clue in clues:
        key = (clue.text, clue.field)
        known = merged.get(key)
        merged[key] = (
            Clue(clue.text, known.weight + clue.weight, known.spans + clue.spans, clue.field)
            if known
            else clue
        )
    return list(merged.values())


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTATION else f"{text[: _LONGEST_QUOTATION - 1]}…"
