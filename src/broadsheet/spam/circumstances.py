"""Named facts about a submission: its links, names, measures and how it was sent.

A name is what the model counts and what a clue is made from: "host spam.example", "sent within 1 s". Measures are
put into bands, so that a linear model can learn what is usual and what is not.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

import numpy as np

from broadsheet.spam import markup
from broadsheet.spam.characters import Kind
from broadsheet.spam.reading import Reading

_MOST_LINKS, _MOST_TAGS, _MOST_PARTS, _MOST_NAME_WORDS = 20, 20, 12, 6
_LONGEST_HOST = 100
_PART = re.compile(r"[^\W\d_]+|\d+")
_WORD = re.compile(r"\w+")
_SHARES = (0.001, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7)
_FEW = (1, 2, 4, 8, 16)
_LENGTHS = (1, 10, 20, 40, 60, 80, 100, 130, 160, 200, 300, 500, 1000, 2000)
_SECONDS = (1, 2, 3, 5, 10, 30, 120, 600, 3600, 86400)


def _bands(name: str, bounds: tuple[float, ...]) -> list[str]:
    """A name for each band of a measure, spelt once."""
    return [f"{name} {band}" for band in range(len(bounds) + 1)]


_LENGTH = _bands("length", _LENGTHS)
_CAPITALS, _DIGITS = _bands("capitals", _SHARES), _bands("digits", _SHARES)
_PUNCTUATION, _SYMBOLS = _bands("punctuation", _SHARES), _bands("symbols", _FEW)
_INVISIBLE, _EXCLAMATIONS = _bands("invisible", _FEW), _bands("exclamations", _FEW)
_LINES = _bands("lines", _FEW)
_HONEYPOT, _TOO_QUICK, _PICTURE = 7.0, 1.5, 6.0  # log-odds
_SECONDS_OF_A_PERSON = 2.0
_SHORTENERS = frozenset(
    [
        "bit.ly",
        "goo.gl",
        "t.co",
        "tinyurl.com",
        "ow.ly",
        "is.gd",
        "buff.ly",
        "adf.ly",
        "cutt.ly",
        "rb.gy",
        "shorturl.at",
        "tiny.cc",
        "t.ly",
        "v.gd",
    ]
)
_SCRIPTS = (  # name, first and last block of 256 code points
    ("greek", 0x03, 0x03), ("cyrillic", 0x04, 0x05), ("hebrew or arabic", 0x06, 0x07), ("indic", 0x09, 0x0D),
    ("thai", 0x0E, 0x0E), ("kana", 0x30, 0x30), ("han", 0x34, 0x9F), ("hangul", 0xAC, 0xD7),
)  # fmt: skip
_SCRIPTS_OF_LANGUAGE = {
    "ru": "cyrillic", "uk": "cyrillic", "bg": "cyrillic", "sr": "cyrillic", "el": "greek", "he": "hebrew or arabic",
    "ar": "hebrew or arabic", "fa": "hebrew or arabic", "hi": "indic", "th": "thai", "ja": "kana han", "zh": "han",
    "ko": "hangul",
}  # fmt: skip


def names(reading: Reading) -> list[str]:
    """Every fact that holds, at most some 600."""
    return [
        *_of_measures(reading),
        *_of_links(reading),
        *_of_author(reading),
        *_of_address(reading),
        *_of_script(reading),
        *_of_sending(reading),
    ]


def known_log_odds(reading: Reading) -> dict[str, float]:
    """What speaks for spam before anything was learned, by name.

    A field that people do not see was filled in; the form was sent in no time; a picture, which commenters cannot
    place but robots try to.
    """
    submission, known = reading.submission, {}
    if submission.honeypot_filled:
        known["honeypot"] = _HONEYPOT
    if submission.seconds_to_fill is not None and submission.seconds_to_fill < _SECONDS_OF_A_PERSON:
        known["seconds 0"] = _TOO_QUICK
    if any(mark.tag == "img" for mark in reading.marks):
        known["tag img"] = _PICTURE
    return known


def length(reading: Reading) -> str:
    """The name of the submission's length."""
    return _LENGTH[bisect_right(_LENGTHS, len(reading.seen.kinds))]


def parts_of(address: str) -> list[str]:
    """The words and numbers of an address, scheme left out: what its owner chose to call things."""
    return _PART.findall(address.lower())[:_MOST_PARTS]


def _of_measures(reading: Reading) -> Iterator[str]:
    kinds = np.bincount(reading.sent_kinds, minlength=len(Kind) + 1).tolist()
    characters, letters = max(len(reading.text), 1), max(kinds[Kind.UPPER] + kinds[Kind.LETTER], 1)
    yield length(reading)
    yield _CAPITALS[bisect_right(_SHARES, kinds[Kind.UPPER] / letters)]
    yield _DIGITS[bisect_right(_SHARES, kinds[Kind.DIGIT] / characters)]
    yield _PUNCTUATION[bisect_right(_SHARES, kinds[Kind.PUNCTUATION] / characters)]
    yield _SYMBOLS[bisect_right(_FEW, kinds[Kind.SYMBOL])]
    yield _INVISIBLE[bisect_right(_FEW, kinds[Kind.INVISIBLE])]
    yield _EXCLAMATIONS[bisect_right(_FEW, reading.text.count("!"))]
    yield _LINES[bisect_right(_FEW, reading.text.count("\n"))]
    yield f"ends with {reading.text.rstrip()[-1:]}"


def _of_links(reading: Reading) -> Iterator[str]:
    links = [mark.link for mark in reading.marks if mark.link]
    tags = [mark.tag for mark in reading.marks if mark.tag]
    yield f"links {bisect_right(_FEW, len(links))}"
    yield f"links per word {bisect_right(_SHARES, len(links) / max(len(reading.words.hashes), 1))}"
    yield f"tags {bisect_right(_FEW, len(tags))}"
    for tag in tags[:_MOST_TAGS]:
        yield f"tag {tag}"
    for link in links[:_MOST_LINKS]:
        host, path = markup.host_and_path(link)
        yield from _of_host("link", host)
        yield f"link with {'path' if path else 'no path'} {'and query' if '?' in path else ''}"
        for part in parts_of(path)[:8]:
            yield f"path {part}"


def _of_host(where: str, host: str) -> Iterator[str]:
    host = host[:_LONGEST_HOST]
    labels = host.rsplit(".", 2)
    yield f"{where} host {host}"
    yield f"{where} domain {'.'.join(labels[-2:])}"
    yield f"{where} top {labels[-1]}"
    if host in _SHORTENERS:
        yield f"{where} shortened"


def _of_author(reading: Reading) -> Iterator[str]:
    name = reading.submission.author[:100]
    if not name:
        yield "no name"
        return
    yield f"name {name.lower()}"
    words = _WORD.findall(name.lower())
    for word in words[:_MOST_NAME_WORDS]:
        yield f"name word {word}"
    yield f"name of {min(len(words), 8)} words"
    case = "small" if name.islower() else "capitals" if name.isupper() else "mixed"
    yield f"name in {case}{' with digits' if any(map(str.isdigit, name)) else ''}"


def _of_address(reading: Reading) -> Iterator[str]:
    email = reading.submission.author_email[:100].lower()
    yield f"e-mail at {email.rpartition('@')[2]}" if email else "no e-mail"
    url = reading.submission.author_url[:200]
    if not url:
        yield "no website"
        return
    host, path = markup.host_and_path(url)
    yield from _of_host("website", host)
    yield f"website with {'path' if path.strip('/') else 'no path'}"
    for part in parts_of(host):
        yield f"website word {part}"


def _of_script(reading: Reading) -> Iterator[str]:
    scripts = _scripts(reading)
    if reading.text.isascii():
        yield "script plain latin"
    for script in scripts:
        yield f"script {script}"
    language = reading.submission.site_lang[:2].lower()
    if language:
        expected = _SCRIPTS_OF_LANGUAGE.get(language, "")
        foreign = [script for script in scripts if script not in expected]
        yield f"script {'foreign to' if foreign else 'of'} the site"


def _scripts(reading: Reading) -> list[str]:
    if reading.text.isascii():
        return []
    blocks = np.bincount(np.minimum(reading.sent_codes >> np.uint32(8), 255), minlength=256)
    return [name for name, first, last in _SCRIPTS if blocks[first : last + 1].any()]


def _of_sending(reading: Reading) -> Iterator[str]:
    submission = reading.submission
    if submission.honeypot_filled:
        yield "honeypot"
    if submission.seconds_to_fill is not None:
        yield f"seconds {bisect_right(_SECONDS, submission.seconds_to_fill)}"
    if submission.user_agent:
        for word in _PART.findall(submission.user_agent[:300].lower())[:_MOST_PARTS]:
            yield f"agent {word}"
    if submission.referrer:
        yield f"from {markup.host_and_path(submission.referrer[:300])[0]}"
    if reading.quoted:
        yield "quotes the article"
    if reading.fit is not None:
        yield f"fit {bisect_right(_SHARES, reading.fit)}"
