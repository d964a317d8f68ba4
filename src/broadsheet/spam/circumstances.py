"""Named facts about a submission: its links, names, measures and how it was sent.

A name is what the model counts and what a clue is made from: "host spam.example", "sent within 1 s". Measures are
put into bands, so that a linear model can learn what is usual and what is not.
"""

import re
from bisect import bisect_right

import numpy as np

from broadsheet.spam import markup
from broadsheet.spam.characters import Kind, code_points
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
_LINES, _LINKS, _TAGS = _bands("lines", _FEW), _bands("links", _FEW), _bands("tags", _FEW)
_LINKS_PER_WORD = _bands("links per word", _SHARES)
_NO_LINKS = [_LINKS[0], _LINKS_PER_WORD[0], _TAGS[0]]
# Letters of another script amid a word, as spam has them that must not be found. A foreign ending is none: people decline
# names so.
_MIXED = re.compile(r"[A-Za-z][\u0370-\u04FF][A-Za-z]|[\u0370-\u04FF][A-Za-z]+[\u0370-\u04FF]")
_MEETING = re.compile(r"[A-Za-z][\u0370-\u04FF]")  # in each of them; soon found missing
# Letters in circles and squares, and bold or slanted ones of mathematics.
_STYLED = re.compile(r"[\u24B6-\u24E9\U0001D400-\U0001D7CB\U0001F130-\U0001F189]")
_CYRILLIC_OR_GREEK, _SIGNS = (0x03, 0x04), (0x24, 0xFF)  # blocks; the last one is all beyond
_HYPHENS, _PATH_DIGITS = _bands("path hyphens", _FEW), _bands("path digits", _FEW)
_MIXES, _STYLES = _bands("mixed", _FEW), _bands("styled", _FEW)
_FEW_WORDS = 40
_KNOWN = {  # log-odds
    "honeypot": 7.0,
    "seconds 0": 1.5, "seconds 1": 1.5,
    "tag img": 1.5,
    "little but a picture": 4.5,
    **dict.fromkeys(_MIXES[2:], 3.0),
    **dict.fromkeys(_STYLES[3:], 3.0),
}  # fmt: skip
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
        + _of_edges(reading)
        + _of_links(reading)
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
    return _LENGTH[bisect_right(_LENGTHS, len(reading.shapes))]


def parts_of(address: str) -> list[str]:
    """The words and numbers of an address, scheme left out: what its owner chose to call things."""
    return _PART.findall(address.lower())[:_MOST_PARTS]


def _of_measures(reading: Reading) -> list[str]:
    text, how_many = reading.text, reading.kinds.count
    capitals = how_many(Kind.UPPER)
    characters, letters = max(len(text), 1), max(capitals + how_many(Kind.LETTER), 1)
    return [
        length(reading),
        _CAPITALS[bisect_right(_SHARES, capitals / letters)],
        _DIGITS[bisect_right(_SHARES, how_many(Kind.DIGIT) / characters)],
        _PUNCTUATION[bisect_right(_SHARES, how_many(Kind.PUNCTUATION) / characters)],
        _SYMBOLS[bisect_right(_FEW, how_many(Kind.SYMBOL))],
        _INVISIBLE[bisect_right(_FEW, how_many(Kind.INVISIBLE))],
        _EXCLAMATIONS[bisect_right(_FEW, text.count("!"))],
        _LINES[bisect_right(_FEW, text.count("\n"))],
        f"ends with {text.rstrip()[-1:]}",
    ]


def _of_edges(reading: Reading) -> list[str]:
    """How the text begins, and together with how it ends if there is somewhere to go from it: praise or a scrap of text
    with a website is told from a comment by what a linear model cannot see in each by itself."""
    text = reading.decoded.strip()
    begins = "small" if text[:1].islower() else "capital" if text[:1].isupper() else "other"
    leads = "website" if reading.submission.author_url else ""
    if any(mark.link for mark in reading.marks):
        leads += " link"
    if not leads:
        return [f"begins {begins}"]
    return [f"begins {begins}", f"edges {begins} {text[-1:]} {leads}"]


def _of_links(reading: Reading) -> list[str]:
    if not reading.marks:
        return _NO_LINKS
    links = [mark.link for mark in reading.marks if mark.link]
    tags = [mark.tag for mark in reading.marks if mark.tag]
    found = [
        _LINKS[bisect_right(_FEW, len(links))],
        _LINKS_PER_WORD[bisect_right(_SHARES, len(links) / max(len(reading.words), 1))],
        _TAGS[bisect_right(_FEW, len(tags))],
    ]
    found += [f"tag {tag}" for tag in list(dict.fromkeys(tags))[:_MOST_TAGS]]
    if "img" in tags and len(reading.words) < _FEW_WORDS:
        found.append("little but a picture")
    for link in links[:_MOST_LINKS]:
        host, path = markup.host_and_path(link)
        found += _of_host("link", host)
        found.append(
            f"link with {'path' if path else 'no path'} {'and query' if '?' in path else ''}"
        )
        found += [f"path {part}" for part in parts_of(path)[:8]]
        found += _of_path(path)
    return found + _of_own_links(reading.submission.author_url, links)


def _of_path(path: str) -> list[str]:
    """Addresses made for search engines have many hyphens; those of shops and scripts, endings."""
    page, _, _ = path.partition("?")
    _, dot, ending = page.rpartition("/")[2].rpartition(".")
    digits = sum(map(str.isdigit, path))
    return [
        _HYPHENS[bisect_right(_FEW, path.count("-"))],
        _PATH_DIGITS[bisect_right(_FEW, digits)],
        *([f"path ends with {ending[:5].lower()}"] if dot else []),
    ]


def _of_own_links(website: str, links: list[str]) -> list[str]:
    """Whether the text leads to where the name does."""
    if not website or not links:
        return []
    own = _domain_of(website[:200])
    return [
        "own website linked"
        if any(_domain_of(link) == own for link in links[:_MOST_LINKS])
        else "other sites linked"
    ]


def _domain_of(link: str) -> str:
    host, _ = markup.host_and_path(link)
    return ".".join(host[:_LONGEST_HOST].rsplit(".", 2)[-2:])


def _of_host(where: str, host: str) -> list[str]:
    host = host[:_LONGEST_HOST]
    labels = host.rsplit(".", 2)
    found = [
        f"{where} host {host}",
        f"{where} domain {'.'.join(labels[-2:])}",
        f"{where} top {labels[-1]}",
    ]
    return [*found, f"{where} shortened"] if host in _SHORTENERS else found


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
    email = reading.submission.author_email[:100].lower()
    found = [f"e-mail at {email.rpartition('@')[2]}" if email else "no e-mail"]
    url = reading.submission.author_url[:200]
    if not url:
        return [*found, "no website"]
    host, path = markup.host_and_path(url)
    return [
        *found,
        *_of_host("website", host),
        f"website with {'path' if path.strip('/') else 'no path'}",
        *[f"website word {part}" for part in parts_of(host)],
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
        found += [_MIXES[bisect_right(_FEW, mixed)]] if mixed else []
    if any(block in _SIGNS for block in blocks):
        styled = len(_STYLED.findall(text))
        found += [_STYLES[bisect_right(_FEW, styled)]] if styled else []
    return found


def _of_sending(reading: Reading) -> list[str]:
    submission = reading.submission
    found = ["honeypot"] if submission.honeypot_filled else []
    if submission.seconds_to_fill is not None:
        found.append(f"seconds {bisect_right(_SECONDS, submission.seconds_to_fill)}")
    if submission.user_agent:
        words = _PART.findall(submission.user_agent[:300].lower())[:_MOST_PARTS]
        found += [f"agent {word}" for word in words]
    if submission.referrer:
        found.append(f"from {markup.host_and_path(submission.referrer[:300])[0]}")
    if reading.quoted:
        found.append("quotes the article")
    if reading.fit is not None:
        found.append(f"fit {bisect_right(_SHARES, reading.fit)}")
    return found
