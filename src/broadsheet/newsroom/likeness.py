"""Which texts are about the same: by the rare words that they share. Plain Python.

Cosine of the angle between texts whose words are weighed by inverse document frequency, log(texts / texts with the word)
(Spärck Jones, 1972), each word counted once.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from .search.words import folded, spoken

TELLING = 60  # words kept of a text
SHORTEST = 4  # letters; shorter words are mostly the language's own
IN_HEADLINE = 5  # how much more a word counts there when words are chosen
LEAST_SHARED = 3  # words
LEAST_LIKENESS = 0.08  # 0.0 to 1.0

Words = frozenset[str]


def telling_words(headline: str, paragraphs: Iterable[str]) -> tuple[str, ...]:
    """Those that a text uses most, the headline's first; without accents and capitals."""
    uses: Counter[str] = Counter()
    for text, weight in ((headline, IN_HEADLINE), *((text, 1) for text in paragraphs)):
        for word in spoken(folded(text)):
            if len(word) >= SHORTEST and not word.isdigit():
                uses[word] += weight
    return tuple(word for word, _uses in uses.most_common(TELLING))


def nearest(words: Words, others: Mapping[int, Words], *, number: int) -> Sequence[int]:
    """The keys of the texts most like one with `words`, the nearest first; fewer where too little is shared."""
    rarity = _rarity([words, *others.values()])
    size = _size(words, rarity)
    likeness = {}
    for key, theirs in others.items():
        shared = words & theirs
        if len(shared) < LEAST_SHARED:
            continue
        common = sum(rarity[word] ** 2 for word in shared)
        likeness[key] = common / ((size * _size(theirs, rarity)) or 1.0)
    near = (key for key, value in likeness.items() if value >= LEAST_LIKENESS)
    return sorted(near, key=lambda key: (-likeness[key], -key))[:number]


def _rarity(texts: Sequence[Words]) -> dict[str, float]:
    """Word → its inverse document frequency."""
    found = Counter(word for text in texts for word in text)
    return {word: math.log((1 + len(texts)) / count) for word, count in found.items()}


def _size(words: Words, rarity: Mapping[str, float]) -> float:
    return math.sqrt(sum(rarity[word] ** 2 for word in words))
