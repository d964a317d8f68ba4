"""What a printed page is, and the record that is kept of it beside its files. Plain Python."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from .encodings import Effort, Encoding


@dataclass(frozen=True, slots=True)
class Page:
    """What belongs at a URL path."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    location: str = (
        ""  # where a redirect leads; its body says so to whoever serves it as a plain file
    )
    keys: str = ""  # of what it is made of, for caches in front; separated by spaces


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page's record in the folder."""

    content_type: str
    status: int
    location: str
    effort: Effort
    digests: dict[Encoding, str]  # of each form that there is; also the form's entity tag
    keys: str = ""


def holds(stored: StoredPage, page: Page, effort: Effort) -> bool:
    """Whether a record is of this very page, pressed together at least as hard."""
    return (
        stored.digests.get(Encoding.IDENTITY) == digest(page.body)
        and (stored.content_type, stored.status, stored.location, stored.keys)
        == (page.content_type, page.status, page.location, page.keys)
        and (stored.effort is Effort.BEST or effort is Effort.FAST)
    )


def digests_of(bodies: dict[Encoding, bytes]) -> dict[Encoding, str]:
    """The digest of each form."""
    return {encoding: digest(body) for encoding, body in bodies.items()}


def digest(body: bytes) -> str:
    """Twenty hexadecimal digits: BLAKE2b (RFC 7693)."""
    return hashlib.blake2b(body, digest_size=10).hexdigest()


def record_of(stored: StoredPage) -> bytes:
    """What is kept of a page beside its forms, as JSON."""
    record = {field: getattr(stored, field) for field in StoredPage.__slots__}
    return json.dumps(record).encode()


def stored_page(record: dict[str, Any]) -> StoredPage:
    """The reverse of `record_of`, of the parsed JSON. Raises KeyError, ValueError."""
    return StoredPage(
        content_type=record["content_type"],
        status=int(record["status"]),
        location=record["location"],
        effort=Effort(record["effort"]),
        digests={Encoding(name): digest for name, digest in record["digests"].items()},
        keys=record.get("keys", ""),
    )
