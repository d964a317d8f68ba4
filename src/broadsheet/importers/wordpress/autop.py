"""Classic content's paragraphs, as WordPress's `wpautop` makes them. Plain Python, own code.

Semantics: https://developer.wordpress.org/reference/functions/wpautop/. Blank lines part paragraphs, single
line breaks become `<br />`, block-level elements stand on their own, `<pre>` is left alone. The steps are
order-sensitive and their oddities are part of what authors have seen for twenty years, so they are kept.

Every pattern here takes time linear in the text: none begins with an open-ended run of white space, and none
lets a tag swallow the next "<".
"""

import re
from collections.abc import Callable
from typing import Final

_BLOCK: Final = (
    "(?:table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|"
    "blockquote|address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|"
    "figure|figcaption|details|menu|summary)"
)
_BLOCK_TAG: Final = f"</?{_BLOCK}[^<>]*>"
_LINE_BREAK_IN_TAG: Final = " <!-- wpnl --> "
_KEPT_LINE_BREAK: Final = "<WPPreserveNewline />"

Rule = tuple[re.Pattern[str], str]


def _rules(*pairs: tuple[str, str]) -> tuple[Rule, ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in pairs)


def _apply(rules: tuple[Rule, ...], text: str) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


_SET_BLOCKS_APART: Final = _rules(
    (r"<br\s*/?>\s*<br\s*/?>", "\n\n"),
    (rf"(<{_BLOCK}[\s/>])", r"\n\n\1"),
    (rf"(</{_BLOCK}>)", r"\1\n\n"),
    (r"(<hr\s*/?>)", r"\1\n\n"),
    (r"\r\n?", "\n"),
)
# What must not gain paragraphs or breaks inside: (a sign that it occurs, its rules)
_CLOSE_UP: Final = (
    ("<option", _rules((r"(?<!\s)\s+(?=<option)", ""), (r"</option>\s*", "</option>"))),
    (
        "</object>",
        _rules(
            (r"(<object[^<>]*>)\s*", r"\1"),
            (r"(?<!\s)\s+(?=</object>)", ""),
            (r"(?<!\s)\s+(?=</?(?:param|embed)[^<>]*>)", ""),
            (r"(</?(?:param|embed)[^<>]*>)\s*", r"\1"),
        ),
    ),
    (
        "<source",
        _MEDIA := _rules(
            (r"([<\[](?:audio|video)[^<>\[\]]*[>\]])\s*", r"\1"),
            (r"(?<!\s)\s+(?=[<\[]/(?:audio|video)[>\]])", ""),
            (r"(?<!\s)\s+(?=<(?:source|track)[^<>]*>)", ""),
            (r"(<(?:source|track)[^<>]*>)\s*", r"\1"),
        ),
    ),
    ("<track", _MEDIA),
    (
        "<figcaption",
        _rules((r"(?<!\s)\s+(?=<figcaption[^<>]*>)", ""), (r"</figcaption>\s*", "</figcaption>")),
    ),
)
_UNWRAP_BLOCKS: Final = _rules(
    (r"<p>\s*</p>", ""),
    (r"<p>([^<]+)</(div|address|form)>", r"<p>\1</p></\2>"),
    (rf"<p>\s*({_BLOCK_TAG})\s*</p>", r"\1"),
    (r"<p>(<li(?:(?!</?p>)[^\n])+)</p>", r"\1"),
    (r"(?i:<p><blockquote([^<>]*)>)", r"<blockquote\1><p>"),
    (r"</blockquote></p>", "</p></blockquote>"),
    (rf"<p>\s*({_BLOCK_TAG})", r"\1"),
    (rf"({_BLOCK_TAG})\s*</p>", r"\1"),
)
_DROP_BREAKS_AT_BLOCKS: Final = _rules(
    (rf"({_BLOCK_TAG})\s*<br />", r"\1"),
    (r"<br />(\s*</?(?:p|li|div|dl|dd|dt|th|pre|td|ul|ol)[^<>]*>)", r"\1"),
    (r"\n</p>\Z", "</p>"),
)
_TAG_OR_COMMENT: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<[^>]*>?", re.DOTALL
)
_VERBATIM: Final = re.compile(r"<(script|style|svg|math)")
# white space that holds a line break, looked for from its beginning only
_BREAKING_SPACE: Final = re.compile(r"(?<!\s)[^\S\n]*\n\s*")


def autop(text: str) -> str:
    """`text` with its paragraphs and line breaks as HTML; "" when there is nothing but white space."""
    if not text.strip():
        return ""
    text, kept = _set_preformatted_aside(text + "\n")
    text = _apply(_SET_BLOCKS_APART, text)
    text = _TAG_OR_COMMENT.sub(lambda tag: tag[0].replace("\n", _LINE_BREAK_IN_TAG), text)
    for sign, rules in _CLOSE_UP:
        if sign in text:
            text = _apply(rules, text)
    text = _apply(_UNWRAP_BLOCKS, _paragraphs(text))
    text = _apply(_DROP_BREAKS_AT_BLOCKS, _line_breaks(text))
    text = _restore(kept)(text)
    return text.replace(_LINE_BREAK_IN_TAG, "\n").replace(_LINE_BREAK_IN_TAG.strip(), "\n")


def _set_preformatted_aside(text: str) -> tuple[str, list[str]]:
    """Each `<pre>…</pre>` becomes an empty numbered one."""
    if "<pre" not in text:
        return text, []
    *parts, rest = text.split("</pre>")
    pieces: list[str] = []
    kept: list[str] = []
    for part in parts:
        before, opening, inside = part.partition("<pre")
        pieces.append(before)
        if opening:
            pieces.append(f"<pre wp-pre-tag-{len(kept)}></pre>")
            kept.append(f"<pre{inside}</pre>")
    return "".join(pieces) + rest, kept


def _restore(kept: list[str]) -> Callable[[str], str]:
    placeholder = re.compile(r"<pre wp-pre-tag-(\d{1,9})></pre>")

    def original(found: re.Match[str]) -> str:
        number = int(found[1])
        return kept[number] if number < len(kept) else found[0]

    return lambda text: placeholder.sub(original, text) if kept else text


def _paragraphs(text: str) -> str:
    chunks = re.split(r"\n\s*\n", text)
    return "".join(f"<p>{chunk.strip(chr(10))}</p>\n" for chunk in chunks if chunk)


def _keep_verbatim(text: str) -> str:
    """Line breaks inside scripts, styles, drawings and formulas become placeholders."""
    pieces, at, unclosed = [], 0, set[str]()
    while found := _VERBATIM.search(text, at):
        name = found[1]
        end = -1 if name in unclosed else text.find(f"</{name}>", found.end())
        if end < 0:
            unclosed.add(name)
            end = found.end()
        pieces += [
            text[at : found.start()],
            text[found.start() : end].replace("\n", _KEPT_LINE_BREAK),
        ]
        at = end
    return "".join([*pieces, text[at:]])


def _line_breaks(text: str) -> str:
    """A line's end becomes `<br />`, unless there is one already."""
    text = _keep_verbatim(text).replace("<br>", "<br />").replace("<br/>", "<br />")

    def broken(run: re.Match[str]) -> str:
        space = run[0]
        last = space.rfind("\n")
        if run.string.endswith("<br />", 0, run.start()):
            # only what follows the first character counts, since that one stands right behind a break
            return f"{space[0]}<br />\n{space[last + 1 :]}" if last else space
        return f"<br />\n{space[last + 1 :]}"

    return _BREAKING_SPACE.sub(broken, text).replace(_KEPT_LINE_BREAK, "\n")
