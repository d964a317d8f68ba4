"""A verdict, told so that a person sees why."""

from dataclasses import dataclass

from broadsheet.akismet import own
from broadsheet.akismet.kept import restored
from broadsheet.akismet.models import Check, Key, KeyLessons
from broadsheet.akismet.own import OwnLessons
from broadsheet.comments.desk.highlight import Piece, pieces
from broadsheet.spam import Clue, SpamFilter, Submission


@dataclass(frozen=True, slots=True)
class Finding:
    """How probably something is spam, and what spoke for and against that."""

    percent: float
    is_spam: bool
    clues: tuple[Clue, ...]  # strongest first
    text: tuple[Piece, ...]


def judged(submission: Submission, key: Key | None, spam_filter: SpamFilter) -> Finding:
    """What the service would answer now."""
    verdict = spam_filter.judge(submission)
    shift = _lessons(key).shift(submission) if key else 0.0
    probability = (
        own.combined(verdict.spam_probability, shift) if shift else verdict.spam_probability
    )
    clues = verdict.clues
    if abs(shift) > 0.005:
        clues = tuple(sorted((*clues, own.clue(shift)), key=lambda clue: -abs(clue.weight)))
    return _finding(probability, submission, clues)


def kept(check: Check, spam_filter: SpamFilter) -> Finding:
    """What was answered, with the clues kept; where none were, with those that the filter gives now."""
    submission = restored(check.submission)
    clues = tuple(
        Clue(
            text=clue["text"],
            weight=clue["weight"],
            spans=tuple((start, end) for start, end in clue["spans"]),
            field=clue["field"],
        )
        for clue in check.clues
    )
    return _finding(
        check.spam_probability, submission, clues or spam_filter.judge(submission).clues
    )


def _finding(probability: float, submission: Submission, clues: tuple[Clue, ...]) -> Finding:
    return Finding(
        percent=100 * probability,
        is_spam=probability > 0.5,
        clues=clues,
        text=tuple(pieces(submission.text, clues)),
    )


def _lessons(key: Key) -> OwnLessons:
    row = KeyLessons.objects.filter(key=key).first()
    return OwnLessons.unpacked(bytes(row.weights)) if row else OwnLessons.none()
