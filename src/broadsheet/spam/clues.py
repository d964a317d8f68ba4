"""Clues: what spoke for and against, in words a moderator understands, with spans of the text as sent."""

from broadsheet.spam.model import Model
from broadsheet.spam.submission import Submission
from broadsheet.spam.verdict import Clue


def explain(submission: Submission, model: Model) -> tuple[Clue, ...]:
    return ()
