"""Words of a question, of the paper, and of a text that has them. Plain Python."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MOST_WORDS = 8  # of a question
LONGEST_WORD = 40  # letters
AROUND = 110  # letters of a snippet on each side of the first word that was found
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether it is what the reader looked for."""

    text: str
    is_found: bool


def words_of(text: str) -> tuple[str, ...]:
    """The first words of a question, without punctuation: nothing in them means anything to a database."""
    found = (word[:LONGEST_WORD] for word in _WORD.findall(text))
    return tuple(word for _, word in zip(range(MOST_WORDS), found, strict=False))


def spoken(text: str) -> list[str]:
    """All words of a text, without punctuation."""
    return _WORD.findall(text)


def folded(word: str) -> str:
    """Without capitals and accents, as words are compared."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def snippet(text: str, wanted: Iterable[str]) -> tuple[Piece, ...]:
    """The part of `text` around the first of the wanted words, with all of them marked; its beginning if there is none."""
    text = _SPACE.sub(" ", text).strip()
    beginnings = tuple(folded(word) for word in wanted)
    found = [match for match in _WORD.finditer(text) if _is_wanted(match[0], beginnings)]
    middle = found[0].start() if found else 0
    start = _whole_word(text, middle - AROUND)
    stop = _whole_word(text, max(middle, AROUND) + AROUND)
    return tuple(_pieces(text, [match.span() for match in found], start, stop))


def _is_wanted(word: str, beginnings: tuple[str, ...]) -> bool:
    return bool(beginnings) and folded(word).startswith(beginnings)


def _whole_word(text: str, at: int) -> int:
    """`at`, or where the word begins that it falls into."""
    if at <= 0:
        return 0
    if at >= len(text):
        return len(text)
    return text.rfind(" ", 0, at) + 1


def _pieces(text: str, spans: Sequence[tuple[int, int]], start: int, stop: int) -> Iterator[Piece]:
    at = start
    if start > 0:
        yield Piece("… ", is_found=False)
    for begin, end in spans:
        if start <= begin and end <= stop:
            if at < begin:
                yield Piece(text[at:begin], is_found=False)
            yield Piece(text[begin:end], is_found=True)
            at = end
    if at < stop:
        yield Piece(text[at:stop].rstrip(), is_found=False)
    if stop < len(text):
        yield Piece(" …", is_found=False)


class Vocabulary:
    """The paper's own words, to guess what a mistyped one was meant to be."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._uses = Counter(
            folded(word) for text in texts for word in _WORD.findall(text) if len(word) > 2
        )
        self._with: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._uses:
            for trigram in _trigrams(word):
                self._with[trigram].append(word)

    def meant(self, word: str) -> str:
        """The paper's word that is nearest: itself, one that it begins, one with a typing mistake less; else `word`."""
        word = folded(word)
        if word in self._uses or len(word) < 3:
            return word
        near = Counter(known for trigram in _trigrams(word) for known in self._with[trigram])
        longer = [known for known in near if known.startswith(word)]
        if longer:
            return max(longer, key=self._by_use)
        slips = 1 if len(word) < 8 else 2
        likely = (known for known, _shared in near.most_common(50))
        mended = [known for known in likely if _distance(word, known, slips) <= slips]
        return (
            min(
                mended, key=lambda known: (_distance(word, known, slips), -self._uses[known], known)
            )
            if mended
            else word
        )

    def _by_use(self, word: str) -> tuple[int, str]:
        return self._uses[word], word


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def _distance(one: str, other: str, most: int) -> int:
    """Letters wrong, missing, too many, or swapped (optimal string alignment); a length too different is `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        above, row = rows[-1], [i]
        for j, another in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != another))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == another:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
