"""What becomes of each category, as the operator decides in a table (CSV). Plain Python.

Columns: `category` (its slug), `name`, `articles` (how many are at home in it), `becomes` ("section", "tag" or
"nothing"), `into` (the slug of the section or tag that it is merged into; empty: one of its own).
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from .export import Item, TermUse
from .survey import Survey
from .translate import sections_of

COLUMNS: Final = ("category", "name", "articles", "becomes", "into")


class Becomes(StrEnum):
    SECTION = "section"
    TAG = "tag"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Rule:
    becomes: Becomes
    into: str  # a slug


Rules = Mapping[str, Rule]  # by the category's slug


class UnusableTable(ValueError):
    """A line of the table says nothing that we know. The message is one line."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line = line


def read(text: str) -> dict[str, Rule]:
    """The rules of a table; spreadsheets may have written it with semicolons. Raises UnusableTable."""
    text = "\n".join(text.removeprefix("\ufeff").splitlines())
    separator = ";" if ";" in text.partition("\n")[0] else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=separator)
    if missing := {"category", "becomes"} - set(rows.fieldnames or ()):
        raise UnusableTable(1, f"the column {min(missing)} is missing.")
    try:
        return dict(_rules(rows))
    except csv.Error as error:
        raise UnusableTable(rows.line_num, f"{error}.") from error


def _rules(rows: "csv.DictReader[str]") -> Iterator[tuple[str, Rule]]:
    for row in rows:
        slug, becomes = _cell(row, "category"), _cell(row, "becomes").lower()
        if not slug:
            continue
        if becomes not in list(Becomes):
            raise UnusableTable(rows.line_num, f"{becomes!r} is none of section, tag and nothing.")
        yield slug, Rule(Becomes(becomes), _cell(row, "into") or slug)


def _cell(row: Mapping[str, str | None], name: str) -> str:
    return (row.get(name) or "").strip()


def write(found: Survey) -> str:
    """The table that changes nothing, to be edited: largest categories first."""
    sections = {section.id for section in sections_of(found)}
    names = {slug: term.name for (kind, slug), term in found.terms.items() if kind == "category"}
    slugs = {*names, *sections}
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)
    for slug in sorted(slugs, key=lambda slug: (-found.main_categories[slug], slug)):
        becomes = Becomes.SECTION if slug in sections else Becomes.TAG
        table.writerow((slug, names.get(slug, slug), found.main_categories[slug], becomes, ""))
    return file.getvalue()


def apply(item: Item, rules: Rules) -> Item:
    """The item with its categories as the rules want them."""
    if not any(use.taxonomy == "category" and use.slug in rules for use in item.terms):
        return item
    mapped = (_mapped(use, rules) for use in item.terms)
    return replace(item, terms=tuple(dict.fromkeys(use for use in mapped if use)))


def _mapped(use: TermUse, rules: Rules) -> TermUse | None:
    rule = rules.get(use.slug) if use.taxonomy == "category" else None
    if rule is None:
        return use
    if rule.becomes is Becomes.NOTHING:
        return None
    taxonomy = "category" if rule.becomes is Becomes.SECTION else "post_tag"
    return TermUse(taxonomy, rule.into, use.name if rule.into == use.slug else "")
