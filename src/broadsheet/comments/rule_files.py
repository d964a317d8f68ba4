"""Rules as files: our CSV with a heading, and WordPress's list of disallowed words, one a line."""

import csv
import io
from collections.abc import Iterable

from django.db import transaction

from . import rules
from .models import Rule

COLUMNS = ("looks_for", "value", "effect", "note")
LONGEST = 300  # characters of a value
MOST = 20_000  # rules in one file


class UnreadableRules(ValueError):
    """A file of rules has a mistake; `line` says where, counted from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"Line {line}: {problem}")
        self.line = line


def as_csv(found: Iterable[Rule]) -> str:
    """The rules with a heading. A value that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for rule in found:
        writer.writerow([rule.kind, _safe(rule.value), rule.effect, _safe(rule.note)])
    return out.getvalue()


def read(text: str) -> list[Rule]:
    """Rules from our CSV, or from a plain list of words. Raises UnreadableRules."""
    lines = text.removeprefix("\ufeff").splitlines()
    if len(lines) > MOST:
        raise UnreadableRules(MOST + 1, f"a file may have {MOST} lines")
    if lines and lines[0].strip().split(",")[0] == COLUMNS[0]:
        return [_from_row(number, row) for number, row in enumerate(csv.DictReader(lines), start=2)]
    return [_from_word(number, line) for number, line in enumerate(lines, start=1) if line.strip()]


@transaction.atomic
def keep(found: Iterable[Rule], *, site_id: int | None = None) -> int:
    """Add the rules to a newspaper's, or to those of all; or change those of it that look for the same.

    Returns how many there were.
    """
    number = 0
    for rule in found:
        Rule.objects.update_or_create(  # type: ignore[misc]  # None is looked for, too
            kind=rule.kind,
            value=rule.value,
            site_id=site_id,
            defaults={"effect": rule.effect, "note": rule.note},
        )
        number += 1
    return number


def _from_row(line: int, row: dict[str | None, str | None]) -> Rule:
    kind, effect = (row.get("looks_for") or "").strip(), (row.get("effect") or "").strip()
    value = (row.get("value") or "").strip().removeprefix("'")
    if kind not in Rule.Kind or effect not in Rule.Effect:
        raise UnreadableRules(line, f"{kind or 'nothing'} / {effect or 'nothing'} is no rule")
    _check(line, kind, value)
    note = (row.get("note") or "").strip().removeprefix("'")
    return Rule(kind=kind, value=value, effect=effect, note=note[:200])


def _from_word(line: int, word: str) -> Rule:
    """WordPress looks for each line anywhere in text, name, addresses or IP; what is one of these is recognised."""
    word = word.strip()
    kind = _kind_of(word)
    _check(line, kind, word)
    return Rule(kind=kind, value=word, effect=Rule.Effect.HOLD)


def _kind_of(word: str) -> Rule.Kind:
    if rules.is_network(word):
        return Rule.Kind.NETWORK
    name, at, host = word.partition("@")
    if at and "." in host and " " not in word:
        return Rule.Kind.AUTHOR if name else Rule.Kind.EMAIL_HOST
    return Rule.Kind.PATTERN


def _check(line: int, kind: str, value: str) -> None:
    if not value or len(value) > LONGEST:
        raise UnreadableRules(line, f"the value must have 1 to {LONGEST} characters")
    if kind == Rule.Kind.NETWORK and not rules.is_network(value):
        raise UnreadableRules(line, f"{value} is no network")


def _safe(value: str) -> str:
    return f"'{value}" if value[:1] in "=+-@\t\r" else value
