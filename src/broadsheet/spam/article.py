"""What a submission shares with the article that it answers."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from broadsheet.spam import characters, words
from broadsheet.spam.words import Seen, Words

_QUOTED_RUN = 5  # so many words in the article's order are a quotation
_MULTIPLIER = np.uint32(0x5BD1E995)
SHORT_WORD = 3  # characters; shorter words tell nothing about the subject


@dataclass(frozen=True, slots=True)
class Article:
    """Sorted hashes of an article's words, and of its runs of `_QUOTED_RUN` words."""

    words: np.ndarray
    runs: np.ndarray

    def quoted_in(self, words: np.ndarray) -> np.ndarray:
        """Which of a comment's words (their hashes) begin a quotation from the article."""
        return np.flatnonzero(_known(_runs(words), self.runs))

    def share_of(self, telling: np.ndarray) -> float:
        """Of the hashes of a comment's longer words, how many the article has too: 0.0 to 1.0."""
        return float(_known(telling, self.words).mean()) if len(telling) else 0.0


@lru_cache(maxsize=64)
def learn_by_heart(text: str) -> Article:
    """At most words.LONGEST characters; the last articles are remembered."""
    codes = characters.code_points(text)
    hashes = words.cut(Seen.of(codes, np.arange(len(codes)))).hashes
    return Article(np.unique(hashes), np.unique(_runs(hashes)))


def without_quotations(seen: Seen, found: Words, article: Article) -> Seen:
    """What a comment quotes from the article says nothing about the comment: padding with it gains nothing."""
    keep = np.ones(len(seen.kinds), dtype=bool)
    for first in article.quoted_in(found.hashes):
        keep[found.starts[first] : found.ends[first + _QUOTED_RUN - 1]] = False
    return seen.keeping(keep)


def _runs(hashes: np.ndarray) -> np.ndarray:
    count = max(len(hashes) - _QUOTED_RUN + 1, 0)
    runs = np.zeros(count, dtype=np.uint32)
    for step in range(_QUOTED_RUN):
        runs = runs * _MULTIPLIER + hashes[step : step + count]
    return runs


def _known(hashes: np.ndarray, sorted_hashes: np.ndarray) -> np.ndarray:
    if not len(sorted_hashes):
        return np.zeros(len(hashes), dtype=bool)
    places = np.searchsorted(sorted_hashes, hashes)
    return np.asarray(sorted_hashes[np.minimum(places, len(sorted_hashes) - 1)] == hashes)
