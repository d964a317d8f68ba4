"""Are the words still there? A story's text as the old site showed it, beside ours. Plain Python."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from .blocks import Block
from .records import Story
from .tally import Tally

TOLERATED: Final = 0.01  # of the words
_LONGEST: Final = 2000  # characters of a text in the report
_TAG: Final = re.compile(r"<[^<>]*>")
_WORD: Final = re.compile(r"\w+")
_SHOWN: Final = ("text", "source", "caption", "code", "title", "url")


def words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def text_of(blocks: tuple[Block, ...]) -> str:
    """What a reader reads of the blocks."""
    return " ".join(text for block in blocks for text in _texts(block))


def _texts(block: Block) -> Iterator[str]:
    match block.type, block.value:
        case "paragraph" | "markup", str() as text:
            yield _read(text)
        case "quote" | "aside", dict() as value:
            yield from (_read(value["text"]), value.get("source", ""), value.get("title", ""))
        case "gallery", dict() as value:
            yield from (entry["caption"] for entry in value["photos"])
            yield value["caption"]
        case "table", dict() as value:
            yield from (cell for row in value["data"] for cell in row)
            yield value["table_caption"]
        case _, str() as text:
            yield text
        case _, dict() as value:
            yield from (text for name, text in value.items() if name in _SHOWN)


def _read(markup: str) -> str:
    return html.unescape(_TAG.sub(" ", markup))


def look_at(story: Story, tally: Tally) -> None:
    """Compare a text before and after, and note it where too many words differ."""
    share, before, after = lost(story)
    tally.texts_compared += 1
    if share > TOLERATED:
        tally.texts_that_differ.add(
            title=story.headline,
            address=next(iter(story.addresses), ""),
            share=f"{share:.3f}",
            before=before[:_LONGEST],
            after=after[:_LONGEST],
        )


def lost(story: Story) -> tuple[float, str, str]:
    """The share of words that are missing or new, and the two texts."""
    ours = text_of(story.blocks)
    before, after = words(story.words), words(ours)
    differing = _differing(before, after) if before != after else 0
    return differing / max(len(before), 1), story.words, ours


def _differing(before: list[str], after: list[str]) -> int:
    """Words that are missing and words that are new, wherever they stand."""
    old, new = Counter(before), Counter(after)
    return (old - new).total() + (new - old).total()
