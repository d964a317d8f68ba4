"""What a migration may do while nodes of the version before go on serving, and readers wait for no lock.

Expand first: new tables, new columns that the old version need not know, indexes made beside writers. Contract one
version later, when nobody reads or writes what goes.
"""

import re

_FORBIDDEN = {
    "the old version still uses it": r"\bDROP (?:TABLE|COLUMN)\b|\bRENAME\b",
    "it rewrites the table, or reads all of it, under a lock that readers wait for": (
        r"ALTER COLUMN \"?\w+\"? (?:TYPE|SET NOT NULL)|ADD CONSTRAINT (?:(?!NOT VALID|USING INDEX).)*\bCHECK\b"
    ),
    "the old version writes rows without this column": r"ALTER COLUMN \"?\w+\"? DROP DEFAULT",
}
_NEW_TABLE = re.compile(r"CREATE TABLE \"?(\w+)")
_INDEX = re.compile(r"CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY)\S+ ON \"?(\w+)")
_COLUMN = re.compile(r"ADD COLUMN (?:(?!DEFAULT).)*\bNOT NULL(?!.*DEFAULT)", re.DOTALL)


def problems(statements: list[str]) -> list[str]:
    """Why these statements of one migration can't run beside the version before; nothing where they can."""
    new = {table for statement in statements for table in _NEW_TABLE.findall(statement)}
    found = []
    for statement in statements:
        altered = re.match(r"ALTER TABLE \"?(\w+)", statement)
        if altered and altered[1] in new:
            continue
        found += [f"{why}: {statement}" for why, p in _FORBIDDEN.items() if re.search(p, statement)]
        if _COLUMN.search(statement):
            found.append(f"the old version writes rows without this column: {statement}")
        if any(table not in new for table in _INDEX.findall(statement)):
            found.append(f"writers wait until the index is made: {statement}")
    return found
