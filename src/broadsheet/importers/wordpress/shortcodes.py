"""WordPress's shortcodes, replaced by the HTML that they stand for. Plain Python.

Syntax: https://codex.wordpress.org/Shortcode_API. Known ones become figures that `body` understands. Of one
that is not known, the enclosed content stays and the tags go; without attributes and alone it may as well be
an editor's "[sic]", and stays as it is written.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from . import embeds

_TOKEN: Final = re.compile(
    r"<!--.*?(?:-->|\Z)"  # comments and tags are skipped, with what looks like a shortcode inside
    r"|<[a-zA-Z/][^<>]*>"
    r"|\[(?P<escaped>\[?)(?P<close>/?)(?P<name>[a-zA-Z][\w-]{0,63})(?P<attributes>(?:\s[^\[\]]*|=[^\[\]]*)?)\]"
    r"(?P<escape_end>\]?)",
    re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(
    r"""([\w-]{1,64})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s'"]+))|"([^"]*)"|'([^']*)'|(\S+)"""
)
_PICTURE: Final = re.compile(r"\s*(?:<p>)?\s*(?:<a [^<>]*>\s*)?<img [^<>]*>(?:\s*</a>)?")
_TYPOGRAPHIC_QUOTES: Final = str.maketrans({"“": '"', "”": '"', "″": '"', "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Shortcode:
    name: str
    attributes: Mapping[str, str]  # lower-case names; values without a name are "0", "1", …
    content: str | None  # None: it encloses nothing

    def get(self, *names: str) -> str:
        """The first of the attributes that says something, or ""."""
        return next((self.attributes[name] for name in names if self.attributes.get(name)), "")


@dataclass(slots=True)
class Expansion:
    """What `expand` made, and the unknown shortcodes in it: name → one of them as written, and how many."""

    text: str = ""
    unknown: dict[str, list[str]] = field(default_factory=dict)


def expand(text: str, *, attached: Sequence[int]) -> Expansion:
    """Replace the shortcodes of `text`. `attached`: ids of the post's own pictures, which a bare [gallery] shows."""
    expansion = Expansion(text)
    if "[" not in text:
        return expansion
    tokens = [found for found in _TOKEN.finditer(text) if found["name"]]
    closes = _pairs(tokens)
    frames: list[tuple[Shortcode, str, list[str]]] = [(Shortcode("", {}, None), "", [])]
    ends: list[int] = []  # the tokens that close the open frames
    at = 0
    for number, token in enumerate(tokens):
        pieces = frames[-1][2]
        pieces.append(text[at : token.start()])
        at = token.end()
        if ends and ends[-1] == number:
            ends.pop()
            opened, written, inner = frames.pop()
            whole = Shortcode(opened.name, opened.attributes, "".join(inner))
            shown = _html(whole, written, "", expansion, attached)
            frames[-1][2].append(shown + _apart(text, at, opened.name))
        elif _is_escaped(token):
            pieces.append(token[0][1:-1])
        elif number in closes:
            frames.append((_shortcode(token), token[0], []))
            ends.append(closes[number])
        else:
            pieces.append(token[0] if token["close"] else _single(token, expansion, attached))
    expansion.text = "".join(frames[0][2]) + text[at:]
    return expansion


def _apart(text: str, at: int, name: str) -> str:
    """What stood in columns side by side must not grow together."""
    return " " if text.startswith("[", at) and name not in _KNOWN else ""


def _is_escaped(token: re.Match[str]) -> bool:
    return bool(token["escaped"] and token["escape_end"])


def _pairs(tokens: Sequence[re.Match[str]]) -> dict[int, int]:
    """Opening → closing token, properly nested; the nearest opening of the name wins."""
    waiting: list[int] = []
    names: dict[str, int] = {}
    pairs: dict[int, int] = {}
    for number, token in enumerate(tokens):
        name = token["name"]
        if _is_escaped(token):
            continue
        if not token["close"]:
            if not token["attributes"].rstrip().endswith("/"):
                waiting.append(number)
                names[name] = names.get(name, 0) + 1
        elif names.get(name):
            while True:
                opening = waiting.pop()
                names[tokens[opening]["name"]] -= 1
                if tokens[opening]["name"] == name:
                    break
            pairs[opening] = number
    return pairs


def _shortcode(token: re.Match[str], content: str | None = None) -> Shortcode:
    written = (
        html.unescape(token["attributes"]).translate(_TYPOGRAPHIC_QUOTES).rstrip("/ ").lstrip("=")
    )
    return Shortcode(token["name"].lower(), dict(_attributes(written)), content)


def _attributes(written: str) -> Iterator[tuple[str, str]]:
    position = 0
    for found in _ATTRIBUTE.finditer(written):
        if found[1]:
            yield (
                found[1].lower(),
                next((value for value in found.groups()[1:4] if value is not None), ""),
            )
        else:
            yield (
                str(position),
                next((value for value in found.groups()[4:] if value is not None), ""),
            )
            position += 1


def _single(token: re.Match[str], expansion: Expansion, attached: Sequence[int]) -> str:
    return _html(_shortcode(token), token[0], token[0], expansion, attached)


def _html(
    shortcode: Shortcode,
    written: str,
    otherwise: str,
    expansion: Expansion,
    attached: Sequence[int],
) -> str:
    render = _KNOWN.get(shortcode.name)
    if render:
        return render(shortcode, attached)
    if (
        shortcode.content is None
        and not shortcode.attributes
        and not _looks_like_code(shortcode.name)
    ):
        return otherwise
    expansion.unknown.setdefault(shortcode.name, []).append(written[:200])
    return shortcode.content or ""


def _looks_like_code(name: str) -> bool:
    return "_" in name or "-" in name


def figure_of_embed(url: str, caption: str = "") -> str:
    shown = f"<figcaption>{html.escape(caption)}</figcaption>" if caption else ""
    return f'<figure class="wp-block-embed"><div>{html.escape(url)}</div>{shown}</figure>'


def _caption(shortcode: Shortcode, _attached: Sequence[int]) -> str:
    content = shortcode.content or ""
    if given := shortcode.get("caption"):
        return f'<figure class="wp-caption">{content}<figcaption>{given}</figcaption></figure>'
    picture = _PICTURE.match(content)
    end_of_picture = picture.end() if picture else 0
    return (
        f'<figure class="wp-caption">{content[:end_of_picture]}'
        f"<figcaption>{content[end_of_picture:]}</figcaption></figure>"
    )


def _gallery(shortcode: Shortcode, attached: Sequence[int]) -> str:
    named = re.findall(r"\d{1,18}", shortcode.get("ids", "include"))
    excluded = set(re.findall(r"\d{1,18}", shortcode.get("exclude")))
    numbers = [number for number in (named or map(str, attached)) if number not in excluded]
    pictures = "".join(f'<figure><img class="wp-image-{number}"></figure>' for number in numbers)
    return f'<figure class="wp-block-gallery">{pictures}</figure>'


def _embed(shortcode: Shortcode, _attached: Sequence[int]) -> str:
    url = re.sub(r"<[^<>]*>", "", shortcode.content or "") or shortcode.get("src", "url", "0")
    return figure_of_embed(html.unescape(url).strip())


_SOUND: Final = ("src", "mp3", "m4a", "ogg", "wav", "wma", "flac")
_FILM: Final = ("src", "mp4", "m4v", "webm", "ogv", "wmv", "flv")


def _audio(shortcode: Shortcode, _attached: Sequence[int]) -> str:
    return (
        f'<audio src="{html.escape(shortcode.get(*_SOUND, "0"))}"></audio>{shortcode.content or ""}'
    )


def _video(shortcode: Shortcode, _attached: Sequence[int]) -> str:
    return (
        f'<video src="{html.escape(shortcode.get(*_FILM, "0"))}"></video>{shortcode.content or ""}'
    )


def _of_service(service: str) -> "Render":
    def render(shortcode: Shortcode, _attached: Sequence[int]) -> str:
        said = shortcode.get("url", "id", "v", "0", "1") or (shortcode.content or "")
        return figure_of_embed(embeds.address_at(service, said.strip().lstrip("=")))

    return render


Render = Callable[[Shortcode, Sequence[int]], str]

_KNOWN: Final[Mapping[str, Render]] = {
    "caption": _caption,
    "wp_caption": _caption,
    "gallery": _gallery,
    "embed": _embed,
    "audio": _audio,
    "video": _video,
    "playlist": _gallery,
    **{service: _of_service(service) for service in embeds.SHORTCODES},
}
