"""The small Markdown of comments: paragraphs, emphasis, quotes, code, lists, links. Nothing else comes through."""

import re
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt

_PARSER = (
    MarkdownIt("zero", {"breaks": True, "maxNesting": 20})
    .enable(["blockquote", "list", "fence", "paragraph"])
    .enable(["autolink", "backticks", "emphasis", "entity", "escape", "link", "newline"])
)
_PARSER.validateLink = lambda url: url.lower().startswith(("http://", "https://"))  # type: ignore[method-assign]
_TAGS = {"a", "blockquote", "br", "code", "em", "li", "ol", "p", "pre", "strong", "ul"}
_BARE_LINK = re.compile(r"(?<![\w<(\[/])(https?://[^\s<>\[\]()\"']+[^\s<>\[\]()\"'.,;:!?])")
# lines of words that begin with a letter: no mark of Markdown is among them
_WORDS = r"[^\W\d_](?:[^\W_]|[,.;:!?'\"()…–— ])*(?<! )"
_PLAIN = re.compile(rf"{_WORDS}(?:\n\n?{_WORDS})*")
_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
LINK_REL = "nofollow ugc noopener"
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)  # in XML 1.0, section 2.2


def writable(text: str) -> str:
    """`text` without the characters that no feed can hold, and that nobody sees."""
    return _UNWRITABLE.sub("", text)


def render(text: str) -> str:
    """HTML of `text`, harmless whatever was typed; links tell robots that a reader wrote them."""
    if _PLAIN.fullmatch(text):
        return _paragraphs(text)
    written: str = _PARSER.render(_BARE_LINK.sub(r"<\1>", text))
    return clean(written)


def _paragraphs(text: str) -> str:
    """The same of words only, which most comments are, at a tenth of the cost."""
    paragraphs = text.replace("\n\n", "</p>\0<p>").replace("\n", "<br>\n").replace("\0", "\n")
    return f"<p>{paragraphs}</p>\n"


def clean(html: str) -> str:
    """The part of imported HTML that a comment may have."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel=LINK_REL,
    )


def html_of(text: str, *, is_html: bool) -> str:
    """What a comment says, as harmless HTML."""
    return clean(text) if is_html else render(text)


def links_in(text: str) -> int:
    """How many links a text has, written out or as Markdown."""
    return len(_LINK.findall(text))


def web_address(typed: str) -> str:
    """`typed` as an http(s) address without user or password, or "" where it is none."""
    typed = typed.strip()
    candidate = typed if "://" in typed else f"https://{typed}" if typed else ""
    try:
        parts = urlsplit(candidate)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return ""
    if (
        parts.scheme.lower() not in {"http", "https"}
        or not host
        or "." not in host
        or parts.username
    ):
        return ""
    return candidate if re.fullmatch(r"[^\s\x00-\x1f<>\"'`\\]+", candidate) else ""
