"""Subscribers as CSV, out and in."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from wagtail.models import Site

from broadsheet.comments.offices import belonging_to

from .models import Confirmation, Subscriber

COLUMNS = ("email", "status", "asked_at", "confirmed_at")
MOST = 200_000  # lines of a file
LONGEST = 254  # characters of an address
BATCH = 500
Status = Subscriber.Status


class UnreadableSubscribers(ValueError):
    """A file has a mistake; `line` says where, counted from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"Line {line}: {problem}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Row:
    """An address, and whether letters to it came back where it is from."""

    email: str  # in small letters
    is_dead: bool


def as_csv(found: Iterable[Subscriber]) -> str:
    """With a heading. A value that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in found:
        email = f"'{one.email}" if one.email[:1] in "=+-@" else one.email
        confirmed = one.confirmed_at.isoformat() if one.confirmed_at else ""
        writer.writerow([email, one.status, one.asked_at.isoformat(), confirmed])
    return out.getvalue()


def read(text: str) -> list[Row]:
    """Our CSV, anybody's with a column `email`, or one address a line. Raises UnreadableSubscribers."""
    lines = text.removeprefix("\ufeff").splitlines()
    if len(lines) > MOST:
        raise UnreadableSubscribers(MOST + 1, f"a file may have {MOST} lines")
    heading = next(csv.reader(lines[:1]), [])
    names = [name.strip().lower() for name in heading]
    has_heading = "email" in names
    rows = csv.reader(lines[1:] if has_heading else lines)
    column = names.index("email") if has_heading else 0
    status = names.index("status") if "status" in names else -1
    found: dict[str, Row] = {}
    for number, row in enumerate(rows, start=2 if has_heading else 1):
        if any(cell.strip() for cell in row):
            one = _row(row, column, status, number)
            found[one.email] = one
    return list(found.values())


@transaction.atomic
def keep(rows: Iterable[Row], *, site: Site, have_agreed: bool, now: datetime) -> int:
    """Add whom the newspaper of `site` does not know yet: as subscribed, or else each is asked. Returns how many were added."""
    rows = list(rows)
    batches = (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
    return sum(_keep(batch, site, have_agreed=have_agreed, now=now) for batch in batches)


def _keep(rows: list[Row], site: Site, *, have_agreed: bool, now: datetime) -> int:
    emails = [row.email for row in rows]
    own = Subscriber.objects.filter(belonging_to(site), email__in=emails)
    known = set(own.values_list("email", flat=True))
    new = [
        Subscriber(
            site=site,
            email=row.email,
            status=_status(row, have_agreed=have_agreed),
            asked_at=now,
            confirmed_at=now if have_agreed else None,
        )
        for row in rows
        if row.email not in known
    ]
    Subscriber.objects.bulk_create(new)
    asked = [one for one in new if one.status == Status.ASKED]
    Confirmation.objects.bulk_create(
        Confirmation(subscriber=one, created_at=now, next_try_at=now) for one in asked
    )
    return len(new)


def _status(row: Row, *, have_agreed: bool) -> Subscriber.Status:
    if row.is_dead:
        return Status.BOUNCED
    return Status.CONFIRMED if have_agreed else Status.ASKED


def _row(row: list[str], column: int, status: int, line: int) -> Row:
    email = row[column].strip().removeprefix("'").lower() if column < len(row) else ""
    try:
        validate_email(email)
    except ValidationError as error:
        raise UnreadableSubscribers(line, f"{email or 'nothing'} is no e-mail address") from error
    if len(email) > LONGEST:
        raise UnreadableSubscribers(line, f"an address may have {LONGEST} characters")
    is_dead = 0 <= status < len(row) and row[status].strip() == Status.BOUNCED
    return Row(email, is_dead)
