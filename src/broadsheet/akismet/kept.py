"""How a submission and its moment are kept: only the fields that say something. Plain Python."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from broadsheet.spam import Submission

_DEFAULTS = {field.name: field.default for field in fields(Submission)}


def compact(submission: Submission) -> dict[str, Any]:
    """The fields that say something, as JSON can hold them."""
    values = ((name, getattr(submission, name)) for name in _DEFAULTS)
    return {name: value for name, value in values if value != _DEFAULTS[name]}


def restored(fields_kept: dict[str, Any]) -> Submission:
    """The submission that `compact` was made of."""
    return Submission(**{"text": "", **fields_kept})


def moment(line: Mapping[str, Any]) -> datetime:
    """When a line of the journal was answered."""
    return datetime.fromtimestamp(line["at"], UTC)
