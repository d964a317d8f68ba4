"""Upgrading without downtime: every migration since the first that counts runs beside the version before."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.web.upgrades import problems

pytestmark = pytest.mark.database  # each works on the database that the address names

# The last migration of each package whose tables are large and written by readers, before this rule.
BEFORE = {
    "akismet": "0001_initial",
    "comments": "0005_moderators",
    "learning": "0002_contributions",
    "press": "0005_find_pages",
}


@pytest.mark.parametrize(
    "statement",
    [
        'ALTER TABLE "t" DROP COLUMN "c" CASCADE',
        'ALTER TABLE "t" RENAME COLUMN "a" TO "b"',
        'DROP TABLE "t" CASCADE',
        'ALTER TABLE "t" ALTER COLUMN "c" TYPE bigint USING "c"::bigint',
        'ALTER TABLE "t" ALTER COLUMN "c" SET NOT NULL',
        'ALTER TABLE "t" ALTER COLUMN "c" DROP DEFAULT',
        'ALTER TABLE "t" ADD COLUMN "c" integer NOT NULL',
        'CREATE INDEX "i" ON "t" ("c")',
        'ALTER TABLE "t" ADD CONSTRAINT "k" CHECK ("c" > 0)',
    ],
)
def test_what_readers_or_the_old_version_would_notice_is_found(statement: str) -> None:
    assert problems([statement])


@pytest.mark.parametrize(
    "statements",
    [
        ['CREATE TABLE "t" ("c" integer NOT NULL)', 'CREATE INDEX "i" ON "t" ("c")'],
        ['ALTER TABLE "t" ADD COLUMN "c" integer NULL'],
        ['ALTER TABLE "t" ADD COLUMN "c" timestamptz DEFAULT now() NOT NULL'],
        ['CREATE INDEX CONCURRENTLY "i" ON "t" ("c")'],
    ],
    ids=["a new table with its index", "a column that may be empty", "a default", "beside writers"],
)
def test_expanding_is_fine(statements: list[str]) -> None:
    assert problems(statements) == []


@pytest.mark.django_db
@pytest.mark.skipif("postgres" not in connection.vendor, reason="SQLite sites are one node")
def test_every_migration_since_runs_beside_the_version_before() -> None:
    loader = MigrationLoader(connection, replace_migrations=False)
    looked_at = 0
    for (app, name), migration in sorted(loader.graph.nodes.items()):
        if app in BEFORE and name > BEFORE[app]:
            statements = loader.collect_sql([(migration, False)])
            assert problems([line for line in statements if not line.startswith("--")]) == [], name
            looked_at += 1
    assert looked_at > 0
