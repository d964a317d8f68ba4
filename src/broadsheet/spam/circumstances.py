"""Named facts about a submission: its links, names, measures and how it was sent.

A name is what the model counts and what a clue is made from: "host spam.example", "sent within 1 s". Measures are
put into bands, so that a linear model can learn what is usual and what is not.
"""

import re

import numpy as np

from broadsheet.spam import links, manner, markup
from broadsheet.spam.bands import FEW, SHARES, Bands
from broadsheet.spam.characters import Kind, code_points
from broadsheet.spam.reading import Reading

_MOST_NAME_WORDS = 6
_WORD = re.compile(r"\w+")
_SECONDS = Bands("seconds", (1, 2, 3, 5, 10, 30, 120, 600, 3600, 86400))
_FIT = Bands("fit", SHARES)
_CALLED = Bands("website called", (4, 7, 10, 13, 17, 21))  # characters of what was registered
_LEAST_CALLED = 4  # shorter names are in other words
_LENGTH = Bands("length", (1, 10, 20, 40, 60, 80, 100, 130, 160, 200, 300, 500, 1000, 2000))
_CAPITALS, _DIGITS = Bands("capitals", SHARES), Bands("digits", SHARES)
_PUNCTUATION, _SYMBOLS = Bands("punctuation", SHARES), Bands("symbols", FEW)
_INVISIBLE, _EXCLAMATIONS = Bands("invisible", FEW), Bands("exclamations", FEW)
_LINES = Bands("lines", FEW)
# Letters of another script amid a word, as spam has them that must not be found. A foreign ending is none: people decline
# names so.
_MIXED = re.compile(r"[A-Za-z][\u0370-\u04FF][A-Za-z]|[\u0370-\u04FF][A-Za-z]+[\u0370-\u04FF]")
_MEETING = re.compile(r"[A-Za-z][\u0370-\u04FF]")  # in each of them; soon found missing
# Letters in circles and squares, and bold or slanted ones of mathematics.
_STYLED = re.compile(r"[\u24B6-\u24E9\U0001D400-\U0001D7CB\U0001F130-\U0001F189]")
_CYRILLIC_OR_GREEK, _SIGNS = (0x03, 0x04), (0x24, 0xFF)  # blocks; the last one is all beyond
_MIXES, _STYLES = Bands("mixed", FEW), Bands("styled", FEW)
_KNOWN = {  # log-odds
    "honeypot": 7.0,
    "seconds 0": 1.5, "seconds 1": 1.5,
    "tag img": 1.5,
    "little but a picture": 4.5,
    **dict.fromkeys(_MIXES.names[2:], 3.0),
    **dict.fromkeys(_STYLES.names[3:], 3.0),
}  # fmt: skip
_SCRIPTS = (  # name, first and last block of 256 code points
    ("greek", 0x03, 0x03), ("cyrillic", 0x04, 0x05), ("hebrew or arabic", 0x06, 0x07), ("indic", 0x09, 0x0D),
    ("thai", 0x0E, 0x0E), ("kana", 0x30, 0x30), ("han", 0x34, 0x9F), ("hangul", 0xAC, 0xD7),
)  # fmt: skip
_SCRIPT_OF_BLOCK = {
    block: name for name, first, last in _SCRIPTS for block in range(first, last + 1)
}
_SCRIPTS_OF_LANGUAGE = {
    "ru": "cyrillic", "uk": "cyrillic", "bg": "cyrillic", "sr": "cyrillic", "el": "greek", "he": "hebrew or arabic",
    "ar": "hebrew or arabic", "fa": "hebrew or arabic", "hi": "indic", "th": "thai", "ja": "kana han", "zh": "han",
    "ko": "hangul",
}  # fmt: skip


def names(reading: Reading) -> list[str]:
    """Every fact that holds, at most some 700."""
    return (
        _of_measures(reading)
        + manner.names(reading)
        + links.names(reading)
        + _of_author(reading)
        + _of_address(reading)
        + _of_script(reading)
        + _of_sending(reading)
    )


def known_log_odds(names: list[str]) -> dict[str, float]:
    """What speaks for spam before anything was learned, of the facts that hold.

    A field that people do not see was filled in; the form was sent in no time; a picture, which commenters cannot
    place but robots try to; letters that are not what they look like, in more than one place.
    """
    if _KNOWN.keys().isdisjoint(names):
        return {}
    return {name: log_odds for name, log_odds in _KNOWN.items() if name in names}


def length(reading: Reading) -> str:
    """The name of the submission's length."""
    return _LENGTH.of(len(reading.shapes))


def _of_measures(reading: Reading) -> list[str]:
    text, how_many = reading.text, reading.kinds.count
    capitals = how_many(Kind.UPPER)
    characters, letters = max(len(text), 1), max(capitals + how_many(Kind.LETTER), 1)
    return [
        length(reading),
        _CAPITALS.of(capitals / letters),
        _DIGITS.of(how_many(Kind.DIGIT) / characters),
        _PUNCTUATION.of(how_many(Kind.PUNCTUATION) / characters),
        _SYMBOLS.of(how_many(Kind.SYMBOL)),
        _INVISIBLE.of(how_many(Kind.INVISIBLE)),
        _EXCLAMATIONS.of(text.count("!")),
        _LINES.of(text.count("\n")),
        f"ends with {text.rstrip()[-1:]}",
    ]


def _of_author(reading: Reading) -> list[str]:
    name = reading.submission.author[:100]
    if not name:
        return ["no name"]
    small = name.lower()
    words = _WORD.findall(small)
    case = "small" if name.islower() else "capitals" if name.isupper() else "mixed"
    return [
        f"name {small}",
        *[f"name word {word}" for word in words[:_MOST_NAME_WORDS]],
        f"name of {min(len(words), 8)} words",
        f"name in {case}{' with digits' if any(map(str.isdigit, name)) else ''}",
    ]


def _of_address(reading: Reading) -> list[str]:
    at = reading.submission.author_email[:100].lower().rpartition("@")[2]
    found = [f"e-mail at {at}" if reading.submission.author_email else "no e-mail"]
    url = reading.submission.author_url[:200]
    if not url:
        return [*found, "no website"]
    host, path = markup.host_and_path(url)
    own = links.registrable(host)
    if at:
        same = links.registrable(at) == own
        found.append("e-mail of the website" if same else "e-mail of another site")
    called, _, _ = own.partition(".")
    if len(called) >= _LEAST_CALLED and called in reading.decoded.lower():
        found.append("calls the website by name")
    return [
        *found,
        _CALLED.of(len(called)),
        *links.of_host("website", host),
        f"website with {'path' if path.strip('/') else 'no path'}",
        *[f"website word {part}" for part in links.parts_of(host)],
    ]


def _of_script(reading: Reading) -> list[str]:
    blocks = [] if reading.text.isascii() else _blocks(reading.text)
    scripts = list(
        dict.fromkeys(_SCRIPT_OF_BLOCK[block] for block in blocks if block in _SCRIPT_OF_BLOCK)
    )
    found = [] if blocks else ["script plain latin"]
    found += [f"script {script}" for script in scripts]
    language = reading.submission.site_lang[:2].lower()
    if language:
        expected = _SCRIPTS_OF_LANGUAGE.get(language, "")
        foreign = [script for script in scripts if script not in expected]
        found.append(f"script {'foreign to' if foreign else 'of'} the site")
    if reading.decoded is not reading.text:
        blocks = _blocks(reading.decoded)
    return found + _of_letters(reading.decoded, blocks)


def _blocks(text: str) -> list[int]:
    """The blocks of 256 code points that its characters are from, all beyond the first 255 as one."""
    counts = np.bincount(np.minimum(code_points(text) >> np.uint32(8), 255))
    return list(counts.nonzero()[0].tolist())


def _of_letters(text: str, blocks: list[int]) -> list[str]:
    """Letters that are not what they look like."""
    found = []
    if any(block in _CYRILLIC_OR_GREEK for block in blocks) and _MEETING.search(text):
        mixed = len(_MIXED.findall(text))
        found += [_MIXES.of(mixed)] if mixed else []
    if any(block in _SIGNS for block in blocks):
        styled = len(_STYLED.findall(text))
        found += [_STYLES.of(styled)] if styled else []
    return found


def _of_sending(reading: Reading) -> list[str]:
    submission = reading.submission
    found = ["honeypot"] if submission.honeypot_filled else []
    if submission.seconds_to_fill is not None:
        found.append(_SECONDS.of(submission.seconds_to_fill))
    if submission.user_agent:
        found += [f"agent {word}" for word in links.parts_of(submission.user_agent[:300])]
    if submission.referrer:
        found.append(f"from {markup.host_and_path(submission.referrer[:300])[0]}")
    if reading.quoted:
        found.append("quotes the article")
    if reading.fit is not None:
        found.append(_FIT.of(reading.fit))
    return found
