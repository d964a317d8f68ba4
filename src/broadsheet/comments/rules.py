"""Rules that a person can read: words, patterns, authors, hosts, networks. Plain Python, and bounded work per comment."""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Effect(StrEnum):
    """What happens to a comment that a rule fits, the strongest first."""

    TRUST = "TRUST"
    BLOCK = "BLOCK"
    REJECT = "REJECT"
    HOLD = "HOLD"


class Kind(StrEnum):
    """What a rule looks for."""

    WORDS = "WORDS"
    PATTERN = "PATTERN"
    AUTHOR = "AUTHOR"
    EMAIL_HOST = "EMAIL_HOST"
    NETWORK = "NETWORK"


@dataclass(frozen=True, slots=True)
class Rule:
    """`value` is a word or phrase, a pattern with * and ?, an e-mail address, a host, or a network."""

    kind: Kind
    value: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class Subject:
    """What the rules look at."""

    text: str
    author: str = ""
    email: str = ""
    web_address: str = ""
    address: str = ""  # the sender's network address

    @property
    def words(self) -> str:
        return "\n".join((self.author, self.web_address, self.text)).casefold()


def first_that_fits(rules: Iterable[Rule], subject: Subject) -> Rule | None:
    """The strongest rule that fits: trust before block, block before reject, reject before hold."""
    words = subject.words
    order = list(Effect)
    fitting = (rule for rule in rules if fits(rule, subject, words))
    return min(fitting, key=lambda rule: order.index(rule.effect), default=None)


def fits(rule: Rule, subject: Subject, words: str) -> bool:
    """`words` are the subject's, made once for all rules."""
    value = rule.value.strip().casefold()
    if not value:
        return False
    match rule.kind:
        case Kind.WORDS:
            return value in words and _as_word(value).search(words) is not None
        case Kind.PATTERN:
            return _as_pattern(value).search(words) is not None
        case Kind.AUTHOR:
            return subject.email.strip().casefold() == value
        case Kind.EMAIL_HOST:
            return _is_below(subject.email.rpartition("@")[2].casefold(), value.lstrip("@"))
        case Kind.NETWORK:
            return _is_in(subject.address, value)


def is_network(value: str) -> bool:
    return _network(value) is not None


@lru_cache(maxsize=4096)
def _as_word(value: str) -> re.Pattern[str]:
    """Whole words: “ass” is not found in “class”. Scripts without spaces are not cut into words: there, anywhere."""
    before = r"(?<!\w)" if value[0].isascii() else ""
    after = r"(?!\w)" if value[-1].isascii() else ""
    return re.compile(before + re.escape(value) + after)


@lru_cache(maxsize=4096)
def _as_pattern(value: str) -> re.Pattern[str]:
    """`*` stands for up to 200 characters of one line, to where what follows it comes first; `?` for one.

    No star is tried again with more (the groups are atomic), so that no text takes long, however hostile.
    """
    first, *others = map(_literally, re.split(r"\*+", value))
    return re.compile(first + "".join(rf"(?>[^\n]{{0,200}}?{other})" for other in others))


def _literally(part: str) -> str:
    return "[^\n]".join(map(re.escape, part.split("?")))


def _is_below(host: str, parent: str) -> bool:
    return bool(host) and (host == parent or host.endswith(f".{parent}"))


def _is_in(address: str, value: str) -> bool:
    network = _network(value)
    try:
        return network is not None and ipaddress.ip_address(address) in network
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def _network(value: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(value, strict=False)
    except ValueError:
        return None
