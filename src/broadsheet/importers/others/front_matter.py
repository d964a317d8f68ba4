"""What a Markdown file says of itself in its first lines: TOML, the common part of YAML, or `Key: value`. Plain Python.

Of YAML it reads what front matter holds: scalars, quoted or not, lists in one line or one entry a line, and folded
text. Nested mappings, anchors and tags are no text of ours and are passed over.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final

_FRONT: Final = re.compile(
    r"\A\ufeff?(---|\+\+\+)[ \t]*\n(.*?)\n?(?<=\n)\1[ \t]*(?:\n|\Z)(.*)\Z", re.DOTALL
)
_PELICAN: Final = re.compile(r"\A\ufeff?((?:[A-Za-z_]{1,40}:[^\n]*\n)+)\n")
_KEY: Final = re.compile(r"([A-Za-z_][\w-]{0,60})[ \t]*:(?:[ \t]+(.*)|[ \t]*)$")
_ENTRY: Final = re.compile(r"[ \t]*-[ \t]+(.*)$")
_PART: Final = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]+)\s*(?:,|$)""")
_ESCAPE: Final = re.compile(r'\\(["\\/])')
Front = Mapping[
    str, Any
]  # lower-case key → text, boolean, list of texts; of TOML also dates and tables


class UnreadableFront(ValueError):
    """TOML that is none. The message is one line."""


def split(text: str) -> tuple[Front, str]:
    """What a file says of itself, and the text below. Raises UnreadableFront."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _FRONT.match(text):
        if found[1] == "---":
            return yaml(found[2]), found[3]
        try:
            said = tomllib.loads(found[2])
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise UnreadableFront(f"front matter that can't be read: {error}") from error
        return {key.lower(): value for key, value in said.items()}, found[3]
    if found := _PELICAN.match(text):
        pairs = (line.split(":", 1) for line in found[1].strip().split("\n"))
        return {key.lower(): value.strip() for key, value in pairs}, text[found.end() :]
    return {}, text


def yaml(text: str) -> dict[str, Any]:
    """The common part of YAML; lines that it does not know are passed over."""
    front: dict[str, Any] = {}
    key = ""
    for line in text.split("\n"):
        if found := _KEY.match(line):
            key = found[1].lower()
            front[key] = _value((found[2] or "").strip())
        elif key and (entry := _ENTRY.match(line)):
            entries = front[key] if isinstance(front[key], list) else []
            front[key] = [*entries, str(_value(entry[1].strip()))]
        elif key and line[:1] in {" ", "\t"} and isinstance(front[key], str):
            front[key] = f"{front[key]} {line.strip()}".strip()
    return front


def _value(text: str) -> Any:
    if text in {">", "|", ">-", "|-", "~", "null"}:
        return ""
    if text.lower() in {"true", "false"}:
        return text.lower() == "true"
    if text.startswith("[") and text.endswith("]"):
        return [_scalar(part) for part in _PART.findall(text[1:-1]) if part.strip()]
    return _scalar(text)


def _scalar(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return _ESCAPE.sub(r"\1", text[1:-1])
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    return text.partition(" #")[0].rstrip()
