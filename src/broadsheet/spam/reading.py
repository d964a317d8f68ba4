"""A submission's text made ready for counting: bounded, freed of markup and disguise, folded, cut into words.

There are two ways to cut it, and both count the same. Most texts hide nothing and are skimmed as strings. The others are
cut character by character, as arrays, and so is what clues shall point at.
"""

import html
from dataclasses import dataclass

import numpy as np

from broadsheet.spam import article, characters, disguise, markup, skimming, words
from broadsheet.spam.characters import Kind
from broadsheet.spam.submission import Submission
from broadsheet.spam.words import Seen, Words

FIRST, LAST = 2000, 1000  # characters read from the beginning and the end: judging is bounded work
_LONGEST_NAME, _LONGEST_ADDRESS, _LONGEST_EMAIL = 100, 200, 100


@dataclass(frozen=True, slots=True)
class Reading:
    """What the families of features are counted from."""

    submission: Submission
    text: str  # what was read of the sent text
    decoded: str  # the same without character references
    head: str  # author, address, e-mail; as sent
    marks: list[markup.Mark]
    kinds: bytes  # of every character of `text`, before anything was taken away
    letters: bytes  # letters and digits seen, folded; a space for each gap and at both ends, NUL for a link
    words: np.ndarray  # a hash of each word seen, uint32
    shapes: bytes  # of all that is seen (characters.classify)
    quoted: bool  # parts of the text stand in the article
    fit: float | None  # share of the longer words that the article has too, if there is an article


@dataclass(frozen=True, slots=True)
class LocatedReading(Reading):
    """One that knows where everything stands."""

    seen: Seen
    found: Words


def read(submission: Submission) -> Reading:
    """Read at most `FIRST` + `LAST` characters of the text, and the beginnings of the other fields."""
    shown = _show(submission)
    skimmed = skimming.skim(shown.letters, _known(submission))
    if skimmed is None:
        return _located(submission, shown)
    return Reading(
        submission,
        shown.text,
        _decoded(shown),
        head_of(submission),
        shown.marks,
        shown.kinds,
        skimmed.letters,
        skimmed.words,
        shown.shapes,
        quoted=False,
        fit=skimmed.fit,
    )


def locate(submission: Submission) -> LocatedReading:
    """The same, with the places of what was read."""
    return _located(submission, _show(submission))


def span_as_sent(length: int, start: int, end: int) -> tuple[int, int]:
    """[start, end) of Reading.text, in a sent text of `length` characters of which the middle was not read."""
    skipped = max(0, length - FIRST - LAST)
    if start >= FIRST:
        return start + skipped, end + skipped
    return start, min(end, FIRST) if skipped else end


def head_of(submission: Submission) -> str:
    """Author, address of the site and e-mail in one line, each cut to a sane length."""
    return " ".join(head_fields(submission)).strip()


def head_fields(submission: Submission) -> tuple[str, str, str]:
    return (
        submission.author[:_LONGEST_NAME],
        submission.author_url[:_LONGEST_ADDRESS],
        submission.author_email[:_LONGEST_EMAIL],
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a reader sees of a text."""

    text: str
    marks: list[markup.Mark]
    kinds: bytes  # of every character of `text`
    seen: str  # no tags, nothing invisible, one sign for each link, letters for what resembles them
    letters: str  # characters.classify(seen)
    shapes: bytes


def _show(submission: Submission) -> _Shown:
    text = seen = _bounded(submission.text)
    marks = markup.find(text)
    kinds, letters, shapes = characters.classify(text)
    if marks or Kind.INVISIBLE in kinds:
        seen = _visible(text, marks)
    if disguise.may_be_spelt(text, seen):
        seen = disguise.spell_out(seen)
    if seen is not text:
        _, letters, shapes = characters.classify(seen)
    return _Shown(text, marks, kinds, seen, letters, shapes)


def _visible(text: str, marks: list[markup.Mark]) -> str:
    parts: list[str] = []
    at = 0
    for mark in marks:
        parts += (characters.visible(text[at : mark.start]), _stand_in(mark))
        at = mark.end
    return "".join((*parts, characters.visible(text[at:])))


def _stand_in(mark: markup.Mark) -> str:
    return characters.LINK if mark.link else mark.character or " "


def _origin(kinds: bytes, marks: list[markup.Mark]) -> np.ndarray:
    """Where in the text each character stands that is seen."""
    keep = np.frombuffer(kinds, dtype=np.uint8) != Kind.INVISIBLE
    for mark in marks:
        keep[mark.start] = True
        keep[mark.start + 1 : mark.end] = False
    return np.flatnonzero(keep)


def _known(submission: Submission) -> article.Article | None:
    text = submission.article[: words.LONGEST]
    return article.learn_by_heart(text) if text else None


def _located(submission: Submission, shown: _Shown) -> LocatedReading:
    """Character by character."""
    seen = Seen.of(characters.code_points(shown.seen), _origin(shown.kinds, shown.marks))
    found = words.cut(seen)
    closed_up = disguise.close_up(seen, found)
    if closed_up is not seen:
        seen, found = closed_up, words.cut(closed_up)
    quoted, fit, known = False, None, _known(submission)
    if known:
        own = article.without_quotations(seen, found, known)
        quoted = len(own.kinds) < len(seen.kinds)
        seen, found = own, words.cut(own)
        fit = known.share_of(found.hashes[found.ends - found.starts > article.SHORT_WORD])
    return LocatedReading(
        submission,
        shown.text,
        _decoded(shown),
        head_of(submission),
        shown.marks,
        shown.kinds,
        seen.letters()[0],
        found.hashes,
        characters.shapes_of(seen.codes).tobytes(),
        quoted,
        fit,
        seen,
        found,
    )


def _bounded(text: str) -> str:
    return text if len(text) <= FIRST + LAST else text[:FIRST] + text[-LAST:]


def _decoded(shown: _Shown) -> str:
    refers = any(mark.character for mark in shown.marks)
    return html.unescape(shown.text) if refers else shown.text
