"""Lines of the log: as people read them, or as JSON, with the request that they belong to and nobody's data. Plain Python."""

import json
import logging
import re
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(slots=True)
class Request:
    """The request in hand, as far as a log may tell."""

    id: str
    route: str = ""  # the pattern of its URL, known once Django has found it


in_hand: ContextVar[Request | None] = ContextVar("in_hand", default=None)

# What a line may not carry. Paths below these lead to one person's things: the rest of them is the key to it.
_PRIVATE_PATHS = re.compile(
    r"(/(?:comments|set-up|drafts|contribute|newsletter|editor/password_reset)/)[^\s\"'<>]+"
)
_QUERY = re.compile(r"(?<=[\w/])\?[^\s\"'<>]+")
_EMAIL = re.compile(r"[^\s@<>\"()]+@[^\s@<>\"'()]+\.[^\s@<>\"'()]+")
_IPV4 = re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b")
_IPV6 = re.compile(r"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d{2}:\d{2}")


def without_personal_data(line: str) -> str:
    """`line` without e-mail and network addresses, queries, and the keys in private links."""
    line = _PRIVATE_PATHS.sub(r"\1…", line)
    line = _QUERY.sub("?…", line)
    line = _EMAIL.sub("[e-mail]", line)
    line = _IPV4.sub("[address]", line)
    return _IPV6.sub(lambda found: found[0] if _CLOCK.fullmatch(found[0]) else "[address]", line)


class LineFormatter(logging.Formatter):
    """One line for people, and tracebacks as Python writes them."""

    def __init__(self, *, personal_data: bool) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._personal_data = personal_data

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        return line if self._personal_data else without_personal_data(line)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (ISO 8601, UTC), level, logger, message; request, route, status, seconds, error where known."""

    def __init__(self, *, personal_data: bool) -> None:
        super().__init__()
        self._personal_data = personal_data

    def format(self, record: logging.LogRecord) -> str:
        request = in_hand.get()
        fields: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._cleaned(record.getMessage()),
        }
        if request is not None:
            fields["request"] = request.id
            fields["route"] = request.route
        fields |= {
            name: getattr(record, name) for name in ("status", "seconds") if hasattr(record, name)
        }
        if record.exc_info:
            fields["error"] = self._cleaned(self.formatException(record.exc_info))
        return json.dumps({name: value for name, value in fields.items() if value != ""})

    def _cleaned(self, words: str) -> str:
        return words if self._personal_data else without_personal_data(words)
