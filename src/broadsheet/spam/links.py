"""Named facts about links, and about the websites that they and names lead to."""

import re

from broadsheet.spam import markup
from broadsheet.spam.bands import FEW, SHARES, Bands
from broadsheet.spam.reading import Reading

_MOST_LINKS, _MOST_TAGS, _MOST_PARTS, _MOST_PARTS_OF_PATH = 20, 20, 12, 8
_LONGEST_HOST = 100
_FEW_WORDS = 40
_PART = re.compile(r"[^\W\d_]+|\d+")
_LINKS, _TAGS = Bands("links", FEW), Bands("tags", FEW)
_LINKS_PER_WORD = Bands("links per word", SHARES)
_HYPHENS, _PATH_DIGITS = Bands("path hyphens", FEW), Bands("path digits", FEW)
_NO_LINKS = [_LINKS.of(0), _LINKS_PER_WORD.of(0), _TAGS.of(0)]
_SHORTENERS = frozenset((
    "bit.ly", "goo.gl", "t.co", "tinyurl.com", "ow.ly", "is.gd", "buff.ly", "adf.ly", "cutt.ly", "rb.gy",
    "shorturl.at", "tiny.cc", "t.ly", "v.gd",
))  # fmt: skip
# Below a country's domain, these are not registered but shared; `example` is kept for examples (RFC 2606).
_SHARED = frozenset(("ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org"))


def names(reading: Reading) -> list[str]:
    if not reading.marks:
        return _NO_LINKS
    links = [mark.link for mark in reading.marks if mark.link]
    tags = [mark.tag for mark in reading.marks if mark.tag]
    found = [
        _LINKS.of(len(links)),
        _LINKS_PER_WORD.of(len(links) / max(len(reading.words), 1)),
        _TAGS.of(len(tags)),
        *[f"tag {tag}" for tag in list(dict.fromkeys(tags))[:_MOST_TAGS]],
    ]
    if "img" in tags and len(reading.words) < _FEW_WORDS:
        found.append("little but a picture")
    if not links:
        return found
    places = list(map(markup.host_and_path, links[:_MOST_LINKS]))
    for host, path in places:
        found += _of_link(host, path)
    domains = [registrable(host) for host, _ in places]
    return found + _together(links, domains, reading.submission.author_url)


def of_host(where: str, host: str) -> list[str]:
    host = host[:_LONGEST_HOST]
    found = [
        f"{where} host {host}",
        f"{where} domain {registrable(host)}",
        f"{where} top {host.rpartition('.')[2]}",
    ]
    return [*found, f"{where} shortened"] if host in _SHORTENERS else found


def registrable(host: str) -> str:
    """What someone registered, or nearly: two labels of a host, three below `co.uk` and the like."""
    labels = host[:_LONGEST_HOST].rsplit(".", 3)[-3:]
    if len(labels) < 3:
        return host[:_LONGEST_HOST]
    _, second, top = labels
    shared = second == "example" or (second in _SHARED and len(top) == 2)
    return ".".join(labels if shared else labels[1:])


def parts_of(address: str) -> list[str]:
    """The words and numbers of an address, scheme left out: what its owner chose to call things."""
    return _PART.findall(address.lower())[:_MOST_PARTS]


def _of_link(host: str, path: str) -> list[str]:
    return [
        *of_host("link", host),
        f"link with {'path' if path else 'no path'} {'and query' if '?' in path else ''}",
        *[f"path {part}" for part in parts_of(path)[:_MOST_PARTS_OF_PATH]],
        *_of_path(path),
    ]


def _of_path(path: str) -> list[str]:
    """Addresses made for search engines have many hyphens; those of shops and scripts, endings."""
    page, _, _ = path.partition("?")
    _, dot, ending = page.rpartition("/")[2].rpartition(".")
    digits = sum(map(str.isdigit, path))
    return [
        _HYPHENS.of(path.count("-")),
        _PATH_DIGITS.of(digits),
        *([f"path ends with {ending[:5].lower()}"] if dot else []),
    ]


def _together(links: list[str], domains: list[str], website: str) -> list[str]:
    """How many sites there are; the same address again, in another form; whether one is where the name leads to."""
    found = [f"sites {min(len(set(domains)), 3)} of {min(len(domains), 4)}"]
    if len({link.rstrip("/") for link in links}) < len(links):
        found.append("a link twice")
    if website:
        host, _ = markup.host_and_path(website[:200])
        found.append("own website linked" if registrable(host) in domains else "other sites linked")
    return found
