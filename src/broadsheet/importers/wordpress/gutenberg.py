"""Block markup (`<!-- wp:name {…} -->`), reduced to the HTML that a reader would see. Plain Python.

Grammar: https://developer.wordpress.org/block-editor/explanations/architecture/key-concepts/. Blocks store
their HTML; the comments around it are notes for the editor. So nothing needs to be understood to keep the
content: we drop the comments, add what a few dynamic blocks draw from their notes, and count the rest.
"""

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from .autop import autop

_DELIMITER: Final = re.compile(
    r"<!--\s+(?P<close>/)?wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)"
    r"(?P<notes>\s+\{(?:(?!--).)*\})?\s+(?P<void>/)?-->",
    re.DOTALL,
)
_SHARED: Final = re.compile(r'<!--\s+wp:block\s+\{"ref":(\d{1,18})[^{}]*\}\s+/-->')
_DEEPEST_SHARED: Final = 3  # blocks within blocks
_LONGEST: Final = 200_000  # characters
_MARK: Final = re.compile(
    r'<sup\b[^<>]*\bdata-fn="([\w-]{1,64})"[^<>]*>(?:(?!</sup>).)*</sup>', re.DOTALL
)
_BLOCK_TAG: Final = re.compile(
    r"</?(?:p|div|ul|ol|li|h\d|blockquote|table|figure)\b", re.IGNORECASE
)
# Those whose stored HTML is what the reader sees, and that `body` has a place for
UNDERSTOOD: Final = frozenset(
    f"core/{name}"
    for name in (
        *("paragraph", "heading", "list", "list-item", "image", "gallery", "quote", "pullquote"),
        *("table", "code", "preformatted", "verse", "separator", "spacer", "group", "columns"),
        *("column", "cover", "media-text", "button", "buttons", "html", "shortcode", "embed"),
        *("audio", "video", "file", "more", "nextpage", "details", "freeform", "footnotes"),
        *("classic", "text-columns", "subhead", "accordion"),
    )
)


@dataclass(slots=True)
class Reduction:
    """What `reduce` made, and the blocks in it that we do not know: name → each one's opening as written."""

    html: str = ""
    unknown: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class _Open:
    name: str
    notes: Mapping[str, Any]
    pieces: list[str] = field(default_factory=list)


def has_blocks(content: str) -> bool:
    return "<!-- wp:" in content


def with_shared(content: str, shared: Mapping[int, str]) -> str:
    """The content with the blocks that several posts show ("patterns") in their places; one within another, too."""
    for _level in range(_DEEPEST_SHARED):
        shown = _SHARED.sub(lambda found: shared.get(int(found[1]), found[0])[:_LONGEST], content)
        if shown == content or len(shown) > len(content) + _LONGEST:
            break
        content = shown
    return content


def reduce(content: str, *, footnotes: Mapping[str, str] | None = None) -> Reduction:
    """The HTML of a post made of blocks. `footnotes`: the HTML of each, by its id; they stand in the text as ours do."""
    content, left = _with_notes(content, footnotes or {})
    reduction = Reduction()
    stack = [_Open("", {})]
    at = 0
    for found in _DELIMITER.finditer(content):
        stack[-1].pieces.append(content[at : found.start()])
        at = found.end()
        name = _full_name(found["name"])
        if found["close"]:
            _close(stack, name)
            continue
        if name not in UNDERSTOOD and not name.startswith("core-embed/"):
            reduction.unknown.setdefault(name, []).append(found[0][:200])
        block = _Open(name, _notes(found["notes"]))
        if found["void"]:
            stack[-1].pieces.append(_shown(block, left))
        else:
            stack.append(block)
    stack[-1].pieces.append(content[at:])
    while len(stack) > 1:
        _close(stack, stack[-1].name)
    reduction.html = "".join(stack[0].pieces)
    return reduction


def _with_notes(content: str, footnotes: Mapping[str, str]) -> tuple[str, list[str]]:
    """The content with each ((note)) at its mark, and the notes that have none, or could not stand there."""
    left = dict(footnotes)

    def note(found: re.Match[str]) -> str:
        text = left.get(found[1], "")
        if not text or "((" in text or "))" in text or _BLOCK_TAG.search(text):
            return found[0]
        del left[found[1]]
        return f" (({text}))"

    return _MARK.sub(note, content), list(left.values())


def _full_name(name: str) -> str:
    return name if "/" in name else f"core/{name}"


def _notes(text: str | None) -> Mapping[str, Any]:
    try:
        notes = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return notes if isinstance(notes, dict) else {}


def _close(stack: list[_Open], name: str) -> None:
    """End the innermost block of that name. A closing comment without its opening says nothing."""
    if len(stack) > 1 and stack[-1].name == name:
        block = stack.pop()
        stack[-1].pieces.append(_shown(block, ()))


def _shown(block: _Open, footnotes: Sequence[str]) -> str:
    inner = "".join(block.pieces)
    match block.name:
        case "core/shortcode":
            return autop(inner)
        case "core/cover" if "<img" not in inner:
            return _picture(block.notes) + inner
        case "core/footnotes" if footnotes:
            return f"<hr><ol>{''.join(f'<li>{note}</li>' for note in footnotes)}</ol>"
        case _:
            return inner


def _picture(notes: Mapping[str, Any]) -> str:
    """The background of a cover, which older versions kept in a style."""
    url, number = notes.get("url"), notes.get("id")
    if not isinstance(url, str):
        return ""
    number = number if isinstance(number, int) else 0
    return f'<figure><img src="{html.escape(url)}" class="wp-image-{number}"></figure>'
