"""What the filter answers."""

from dataclasses import dataclass
from enum import StrEnum


class Judgement(StrEnum):
    HAM = "ham"
    UNSURE = "unsure"  # a moderator looks
    SPAM = "spam"


@dataclass(frozen=True, slots=True)
class Clue:
    """One thing that spoke for or against, in words for a person."""

    text: str  # "the link cheap-pills.example", "words: “buy now”"
    weight: float  # log-odds: above 0 speaks for spam, below 0 for ham
    spans: tuple[tuple[int, int], ...] = ()  # [start, end) in characters of the field, to highlight
    field: str = "text"  # the submission's field that the spans point into


@dataclass(frozen=True, slots=True)
class Verdict:
    judgement: Judgement
    spam_probability: float  # 0.0 to 1.0, calibrated
    clues: tuple[Clue, ...] = ()  # strongest first
    blatant: bool = False  # so surely spam that nobody needs to look
