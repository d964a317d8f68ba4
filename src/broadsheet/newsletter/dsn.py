"""Reports of mail servers about letters that they could not deliver. Plain Python.

The format: RFC 3464 (delivery status notifications) in a multipart/report of RFC 6522.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser

LARGEST = 1_000_000  # bytes of a report that are read
_STATUS = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Bounce:
    """A letter that did not arrive."""

    message_id: str  # of the letter, with its angle brackets
    status: str  # "5.1.1"
    words: str  # what the server said, one line

    @property
    def is_final(self) -> bool:
        """Will the address never work? Statuses of class 5 say so, save for a full mailbox and refused contents."""
        return self.status.startswith("5.") and self.status not in {"5.2.2", "5.2.3", "5.3.4"}


def bounce_in(report: bytes) -> Bounce | None:
    """The bounce that a mail reports; None for any other mail, and for one that is only delayed."""
    mail = _parsed(report[:LARGEST])
    if mail.get_content_type() != "multipart/report":
        return None
    parts = list(mail.walk())
    failed = next(_failures(parts), None)
    message_id = next(filter(None, _message_ids(parts)), "")
    if failed is None or not message_id:
        return None
    return Bounce(message_id, status=failed[0], words=failed[1])


def _failures(parts: list[Message]) -> Iterator[tuple[str, str]]:
    """Status and words for each recipient whom the letter did not reach."""
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            for fields in _messages_in(part):
                action = str(fields.get("Action", "")).strip().lower()
                status = _STATUS.match(str(fields.get("Status", "")))
                if action == "failed" and status:
                    words = str(fields.get("Diagnostic-Code", ""))
                    yield ".".join(status.groups()), " ".join(words.split())[:200]


def _message_ids(parts: list[Message]) -> Iterator[str]:
    """The Message-ID of the letter that came back, from what the report quotes of it."""
    for part in parts:
        if part.get_content_type() == "message/rfc822":
            yield from (_message_id(quoted) for quoted in _messages_in(part))
        elif part.get_content_type() == "text/rfc822-headers":
            headers = part.get_payload(decode=True)
            if isinstance(headers, bytes):
                yield _message_id(_parsed(headers))


def _messages_in(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (inner for inner in payload if isinstance(inner, Message))


def _message_id(mail: Message) -> str:
    return str(mail.get("Message-ID", "")).strip()


def _parsed(mail: bytes) -> Message:
    return BytesParser(policy=policy.compat32).parsebytes(mail)
