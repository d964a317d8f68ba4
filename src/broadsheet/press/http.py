"""The parts of HTTP semantics (RFC 9110) that serving files needs, as functions of header values. Plain Python."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from .encodings import Encoding

_QUALITY = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.IGNORECASE)
_ENTITY_TAG = re.compile(r'(?:W/)?("[^"]*")')


def preferred_encoding(accept: str | None, available: Collection[Encoding]) -> Encoding:
    """The form that suits an `Accept-Encoding` best (12.5.3); plain when none does. None: no such header."""
    qualities = _qualities(accept or "")
    others = qualities.get("*", 0.0)
    best, best_quality = Encoding.IDENTITY, 0.0
    for encoding in Encoding:  # our order decides between equals
        if encoding not in available:
            continue
        unnamed = others if encoding is not Encoding.IDENTITY else 0.0
        quality = qualities.get(encoding.value, unnamed)
        if quality > best_quality:
            best, best_quality = encoding, quality
    return best


def _qualities(accept: str) -> dict[str, float]:
    qualities = {}
    for item in accept.split(",")[:32]:
        name, _, parameter = item.partition(";")
        name = name.strip().lower()
        if name:
            quality = _QUALITY.fullmatch(parameter.strip())
            qualities["gzip" if name == "x-gzip" else name] = float(quality[1]) if quality else 1.0
    return qualities


def http_date(seconds: float) -> str:
    """Seconds since 1970 as an HTTP date."""
    return format_datetime(datetime.fromtimestamp(int(seconds), UTC), usegmt=True)


def is_not_modified(
    *, if_none_match: str | None, if_modified_since: str | None, etag: str, modified: float
) -> bool:
    """Whether a GET is answered with 304 (13.2.2): `If-None-Match` decides alone when it is there.

    `etag` is the strong tag with its quotes; `modified` is in seconds since 1970.
    """
    if if_none_match == etag:  # as nearly all ask
        return True
    if if_none_match is not None:
        return if_none_match.strip() == "*" or etag in _ENTITY_TAG.findall(if_none_match)
    if if_modified_since is None:
        return False
    since = _seconds(if_modified_since)
    return since is not None and int(modified) <= since


def _seconds(http_date: str) -> float | None:
    try:
        moment = parsedate_to_datetime(http_date)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes `start` up to, not including, `end`."""

    start: int
    end: int

    def content_range(self, length: int) -> str:
        return f"bytes {self.start}-{self.end - 1}/{length}"


class UnsatisfiableRange(ValueError):
    """No byte of the asked range exists: 416."""


def byte_range(header: str | None, length: int) -> ByteRange | None:
    """The one range that `Range` asks of `length` bytes (14.2); None: send everything.

    Several ranges, other units and nonsense are ignored, as the standard allows.
    """
    match = _RANGE.fullmatch(header.strip()) if header else None
    if match is None or match[0].endswith("=-"):
        return None
    first, last = match[1], match[2]
    if not first:
        start, end = max(0, length - int(last)), length
    else:
        start, end = int(first), min(int(last) + 1, length) if last else length
        if last and int(last) < start:
            return None
    if start >= length or start >= end:
        raise UnsatisfiableRange(header)
    return ByteRange(start, end)


def range_still_applies(if_range: str | None, *, etag: str, modified: float) -> bool:
    """Whether `If-Range` (13.1.5) lets a range be sent: the strong tag, or the exact date, must be ours."""
    return if_range is None or if_range.strip() in {etag, http_date(modified)}


def host_name(host: str) -> str:
    """The name in a Host header, without the port, in small letters: "paper.example" for "Paper.example:8000"."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower()
