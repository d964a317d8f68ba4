"""What stands in Markdown files for the site's generator: Hugo's shortcodes and Liquid's tags. Plain Python.

Formats: https://gohugo.io/content-management/shortcodes/, https://jekyllrb.com/docs/liquid/tags/. Figures, players and code
become HTML or Markdown; of every other tag the content stays, and the tag is told of.
"""

import re
from dataclasses import dataclass
from html import escape
from typing import Final

from broadsheet.importers.wordpress import embeds

# nothing reaches over the beginning of another tag, so that a text is read once
_LIQUID: Final = r"\{%((?:(?!\{%|%\}).)*)%\}"
_HUGO: Final = r"\{\{[<%]((?:(?!\{\{[<%]|[>%]\}\}).)*)[>%]\}\}"
_TAG: Final = re.compile(f"{_LIQUID}|{_HUGO}", re.DOTALL)
_CODE: Final = re.compile(
    r"\{%-? *highlight +([\w+#-]{1,40})[^%{]{0,80}%\}((?:(?!\{%).)*)\{%-? *endhighlight *-?%\}"
    r"|\{\{[<%] *highlight +([\w+#-]{1,40})[^>%{]{0,80}[>%]\}\}((?:(?!\{\{[<%]).)*)\{\{[<%] */ *highlight *[>%]\}\}",
    re.DOTALL,
)
_VALUE: Final = re.compile(r"""(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|`([^`]*)`|(\S+))""")
_PLAYERS: Final = frozenset(("youtube", "vimeo"))
_SILENT: Final = frozenset(("raw", "endraw", "comment", "endcomment", "toc"))


@dataclass(frozen=True, slots=True)
class Rendered:
    """Markdown without tags; `unknown`: the name of each that is not known → how each was written."""

    text: str
    unknown: dict[str, list[str]]


def render(text: str) -> Rendered:
    """`text` with its tags replaced; anything may stand in it."""
    unknown: dict[str, list[str]] = {}

    def replaced(found: re.Match[str]) -> str:
        words = (found[1] or found[2] or "").strip("- \t\r\n").rstrip("/ ")
        name, _space, said = words.partition(" ")
        if name == "figure":
            return _figure(_values(said))
        if name in _PLAYERS:
            return _player(name, said)
        if name and not name.startswith(("/", "end")) and name not in _SILENT:
            unknown.setdefault(name[:80], []).append(found[0][:200])
        return ""

    return Rendered(_TAG.sub(replaced, _CODE.sub(_fenced, text)), unknown)


def _fenced(found: re.Match[str]) -> str:
    language, code = found[1] or found[3], (found[2] or found[4] or "").strip("\n")
    return f"\n\n~~~~~~ {language}\n{code}\n~~~~~~\n\n"


def _values(said: str) -> dict[str, str]:
    return {name: next(filter(None, values), "") for name, *values in _VALUE.findall(said)}


def _figure(values: dict[str, str]) -> str:
    source = escape(values.get("src", ""))
    caption = " ".join(
        filter(None, (values.get("title"), values.get("caption"), values.get("attr")))
    )
    words = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    alt = escape(values.get("alt", ""))
    return (
        f'\n\n<figure><img src="{source}" alt="{alt}">{words}</figure>\n\n' if source else caption
    )


def _player(service: str, said: str) -> str:
    number = _values(said).get("id") or said.strip("\"' ").partition(" ")[0]
    return f"\n\n<p>{escape(embeds.address_at(service, number))}</p>\n\n" if number else ""
