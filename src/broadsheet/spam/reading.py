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
_EVERY = np.arange(FIRST + LAST)
_LONGEST_HEAD = (100, 200, 100)  # of author, address of the site, e-mail


@dataclass(frozen=True, slots=True)
class Reading:
    """What the families of features are counted from."""

    submission: Submission
    text: str  # what was read of the sent text
    decoded: str  # the same without character references
    head: str  # author, address, e-mail; as sent
    marks: list[markup.Mark]
    codes: np.ndarray  # of every character of `text`, before anything was taken away; uint32
    kinds: list[int]  # how many of these are of each Kind
    letters: bytes  # letters and digits seen, folded; a space for each gap and at both ends, NUL for a link
    words: np.ndarray  # a hash of each word seen, uint32
    shapes: bytes  # characters.shapes_of all that is seen
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
    skimmed = None if submission.article else skimming.skim(shown.seen)
    if skimmed is None:
        return _located(submission, shown)
    letters, hashes = skimmed
    return Reading(
        submission,
        shown.text,
        _decoded(shown),
        head_of(submission),
        shown.marks,
        shown.codes,
        shown.kinds,
        letters,
        hashes,
        characters.shapes_of(shown.seen).tobytes(),
        quoted=False,
        fit=None,
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


def head_fields(submission: Submission) -> tuple[str, ...]:
    fields = (submission.author, submission.author_url, submission.author_email)
    return tuple(field[:longest] for field, longest in zip(fields, _LONGEST_HEAD, strict=True))


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a reader sees of a text."""

    text: str
    marks: list[markup.Mark]
    codes: np.ndarray
    kinds: list[int]
    seen: np.ndarray  # code points, uint32: no tags, nothing invisible, one sign for each link, letters for what resembles them
    origin: np.ndarray  # where in `text` each one stood


def _show(submission: Submission) -> _Shown:
    text = _bounded(submission.text)
    marks = markup.find(text)
    codes = characters.code_points(text)
    kinds = characters.kinds_of(codes)
    how_many: list[int] = np.bincount(kinds, minlength=len(Kind)).tolist()
    seen, origin = codes, _EVERY[: len(codes)]
    if marks or how_many[Kind.INVISIBLE]:
        seen, origin = _visible(codes, kinds, marks)
    if disguise.may_be_spelt(text, marks):
        seen = disguise.spell_out(seen)
    return _Shown(text, marks, codes, how_many, seen, origin)


def _visible(
    codes: np.ndarray, kinds: np.ndarray, marks: list[markup.Mark]
) -> tuple[np.ndarray, np.ndarray]:
    """Code points and where they stood."""
    keep = kinds != Kind.INVISIBLE
    codes = codes.copy()
    for mark in marks:
        keep[mark.start] = True
        keep[mark.start + 1 : mark.end] = False
        codes[mark.start] = _stand_in(mark)
    origin = keep.nonzero()[0]
    return codes.take(origin), origin


def _stand_in(mark: markup.Mark) -> int:
    if mark.link:
        return characters.LINK
    return ord(mark.character) if mark.character else characters.SPACE


def _located(submission: Submission, shown: _Shown) -> LocatedReading:
    """Character by character."""
    seen = Seen.of(shown.seen, shown.origin)
    found = words.cut(seen)
    closed_up = disguise.close_up(seen, found)
    if closed_up is not seen:
        seen, found = closed_up, words.cut(closed_up)
    quoted, fit = False, None
    if submission.article:
        known = article.learn_by_heart(submission.article[: words.LONGEST])
        own = article.without_quotations(seen, found, known)
        quoted = len(own.kinds) < len(seen.kinds)
        seen, found = own, words.cut(own)
        fit = article.share_known(found, known)
    return LocatedReading(
        submission,
        shown.text,
        _decoded(shown),
        head_of(submission),
        shown.marks,
        shown.codes,
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
