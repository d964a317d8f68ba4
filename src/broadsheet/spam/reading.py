"""A submission's text made ready for counting: bounded, freed of markup and disguise, folded, cut into words."""

import html
from dataclasses import dataclass

import numpy as np

from broadsheet.spam import article, characters, disguise, markup, words
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
    sent_codes: np.ndarray  # of every character of `text`, before anything was taken away
    sent_kinds: np.ndarray
    seen: Seen
    words: Words
    quoted: bool  # parts of the text stand in the article
    fit: float | None  # share of the longer words that the article has too, if there is an article


def read(submission: Submission) -> Reading:
    """Read at most `FIRST` + `LAST` characters of the text, and the beginnings of the other fields."""
    text = _bounded(submission.text)
    sent_codes = characters.code_points(text)
    sent_kinds = characters.kinds_of(sent_codes)
    marks = markup.find(text)
    seen = disguise.spell_out(text, _seen(text, sent_codes, sent_kinds, marks))
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
    return Reading(
        submission,
        text,
        _decoded(text, marks),
        head_of(submission),
        marks,
        sent_codes,
        sent_kinds,
        seen,
        found,
        quoted,
        fit,
    )


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


def _bounded(text: str) -> str:
    return text if len(text) <= FIRST + LAST else text[:FIRST] + text[-LAST:]


def _decoded(text: str, marks: list[markup.Mark]) -> str:
    return html.unescape(text) if any(mark.character for mark in marks) else text


def _seen(text: str, codes: np.ndarray, kinds: np.ndarray, marks: list[markup.Mark]) -> Seen:
    """The characters a reader sees: no tags, nothing invisible, one sign for each link."""
    if not marks and text.isascii():
        return Seen(codes, kinds, characters.fold(codes), _EVERY[: len(codes)])
    keep = kinds != Kind.INVISIBLE
    if marks:
        codes = codes.copy()
        for mark in marks:
            keep[mark.start] = True
            keep[mark.start + 1 : mark.end] = False
            codes[mark.start] = _stand_in(mark)
        kinds = characters.kinds_of(codes)
    origin = np.flatnonzero(keep)
    codes = codes[origin]
    return Seen(codes, kinds[origin], characters.fold(codes), origin)


def _stand_in(mark: markup.Mark) -> int:
    if mark.link:
        return characters.LINK
    return ord(mark.character) if mark.character else characters.SPACE
