"""Upgrading without downtime: every migration since the first that counts runs beside the version before."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.module_loading import module_has_submodule

from tests.web.upgrades import problems

pytestmark = pytest.mark.database  # each works on the database that the address names

# The last migration of each package that the rule came too late for: no version had been released with less, so no
# node of such a version runs beside another. "" where all keep the rule.
BEFORE = {
    "akismet": "",
    "comments": "0004_counts_work_and_own_data",
    "importers": "0002_unfinished_and_changed",
    "learning": "",
    "newsletter": "",
    "newsroom": "0018_profiles_licences_links",
    "press": "0003_newest_first",
}
# Statements that may be run all the same: package and migration → a part of the statement, and why.
EXCEPTIONS: dict[tuple[str, str], tuple[str, str]] = {}


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
            found = problems([line for line in statements if not line.startswith("--")])
            allowed, _why = EXCEPTIONS.get((app, name), ("", ""))
            assert [line for line in found if not allowed or allowed not in line] == [], name
            looked_at += 1
    assert looked_at > len(BEFORE)


def test_no_package_of_ours_is_left_out() -> None:
    ours = {
        package.label
        for package in apps.get_app_configs()
        if package.name.startswith("broadsheet.")
        and module_has_submodule(package.module, "migrations")
    }

    assert set(BEFORE) == ours


def test_exceptions_have_a_reason_and_are_of_migrations_that_there_are() -> None:
    known = set(MigrationLoader(None).disk_migrations)

    assert set(EXCEPTIONS) <= known
    assert all(part and len(why) > 20 for part, why in EXCEPTIONS.values())
