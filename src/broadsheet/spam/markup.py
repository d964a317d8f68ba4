"""Links, tags and character references in a text, and where they stand."""

import html
import re
import string
from dataclasses import dataclass
from itertools import islice

_TOP_LEVEL_DOMAINS = (
    "com|net|org|info|biz|co|uk|de|me|ly|io|ru|cn|us|eu|in|tv|pl|fr|ua|br|it|xyz|top|site|online|club|shop|"
    "gl|cc|tk|ws|nl|ch|at|es|se|jp|kr|ca|au|pw|live|store|icu|vip|app|dev|link|click|win|bid|loan|work|example|test"
)
_URL_REST = r"[^\s<>\"'\]\[)(]{1,500}"
_TAG = re.compile(
    r"</?[a-z!][^<>]{0,600}>|\[/?(?:url|link|img|b|i|u|quote|color|size|email)\b[^\[\]]{0,600}\]",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
# Both begin with what a plain search finds quickly: a letter of a scheme, a dot that letters follow.
_ADDRESS = re.compile(rf"[hHfFwW](?i:(?<=h)ttps?://|(?<=f)tp://|(?<=w)ww\.){_URL_REST}")
_END_OF_BARE_HOST = re.compile(
    rf"\.(?=[a-zA-Z]{{2}})(?i:{_TOP_LEVEL_DOMAINS})(?![\w-]|\.\w)(?:[/?]{_URL_REST})?"
)
_BARE_HOST = re.compile(r"(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){0,4}[a-z0-9-]{1,63}", re.IGNORECASE)
_OF_HOST = f"{string.ascii_letters}{string.digits}.-\u0130\u0131\u017f\u212a"  # what IGNORECASE takes for letters, too
_LONGEST_HOST = 150
_ADDRESS_IN_TAG = re.compile(rf"(?:https?:|ftp:)?//{_URL_REST}|www\.{_URL_REST}", re.IGNORECASE)
_TAG_NAME = re.compile(r"[a-z!]+", re.IGNORECASE)
_SCHEME = re.compile(r"^(?:[a-z]+:)?//", re.IGNORECASE)
_MOST_MARKS = 200  # judging is bounded work


@dataclass(frozen=True, slots=True)
class Mark:
    """One piece of markup at [start, end) of the text."""

    start: int
    end: int
    link: str = ""  # the address it leads to, if any
    tag: str = ""  # the name of the element, lower case, if it is one
    character: str = ""  # what a character reference stands for


def find(text: str) -> list[Mark]:
    """The first marks of the text, in order, none inside another."""
    marks = _all(text)
    if len(marks) < 2:
        return marks
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    apart, end = [], 0
    for mark in marks:
        if mark.start >= end:
            apart.append(mark)
            end = mark.end
    return apart


def _all(text: str) -> list[Mark]:
    """Each pattern is tried only where a plain search finds what it needs: most texts have no markup."""
    marks = []
    if "<" in text or "[" in text:
        marks += [_tag(match) for match in islice(_TAG.finditer(text), _MOST_MARKS)]
    if "&" in text:
        for match in islice(_REFERENCE.finditer(text), _MOST_MARKS):
            marks += _reference(match)
    if "://" in text or "www." in text or "WWW." in text:
        marks += [
            _link(*match.span(), text) for match in islice(_ADDRESS.finditer(text), _MOST_MARKS)
        ]
    if "." in text:
        for match in islice(_END_OF_BARE_HOST.finditer(text), _MOST_MARKS):
            marks += _bare(match)
    return marks


def host_and_path(address: str) -> tuple[str, str]:
    """("spam.example", "buy?x=1") of an address with or without a scheme; lower case."""
    rest = _SCHEME.sub("", address.lower())
    cut = next((i for i, character in enumerate(rest[:300]) if character in "/?#"), len(rest))
    host = rest[:cut].rpartition("@")[2].partition(":")[0]
    return host.removeprefix("www."), rest[cut + 1 :]


def _link(start: int, end: int, text: str) -> Mark:
    return Mark(start, end, link=text[start:end].rstrip(".,;:!?"))


def _bare(match: re.Match[str]) -> list[Mark]:
    """spam.example/buy, without a scheme: the end was found, the host begins before it."""
    text, end_of_label = match.string, match.start()
    before = text[max(0, end_of_label - _LONGEST_HOST) : end_of_label]
    start = end_of_label - len(before) + len(before.rstrip(_OF_HOST))
    is_host = _BARE_HOST.fullmatch(text, start, end_of_label)
    return [_link(start, match.end(), text)] if is_host else []


def _reference(match: re.Match[str]) -> list[Mark]:
    """What it stands for; nothing for a name that HTML does not know, a space for a code that it forbids."""
    meant = html.unescape(match.group())
    return [Mark(*match.span(), character=meant[:1] or " ")] if meant != match.group() else []


def _tag(match: re.Match[str]) -> Mark:
    name, address = _TAG_NAME.search(match.group()), _ADDRESS_IN_TAG.search(match.group())
    return Mark(
        *match.span(),
        tag=name.group().lower() if name else "",
        link=address.group() if address else "",
    )
