"""Three nodes with one PostgreSQL, which DATABASE_URL names."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.cluster.members import Member, join, new_database
from tests.faults.test_comments import free_port

SERVER = os.environ.get("DATABASE_URL", "")


@pytest.fixture
def database() -> Iterator[str]:
    if not SERVER.startswith("postgres"):
        pytest.skip("needs a PostgreSQL: DATABASE_URL=postgresql://…")
    with new_database(SERVER) as url:
        yield url


@pytest.fixture
def members(database: str, tmp_path: Path) -> Iterator[list[Member]]:
    """Three that serve: the first migrates, the others join."""
    first = Member(tmp_path / "one", database, port=free_port())
    found = [first]
    try:
        first.start()
        first.wait()
        found += [join(first, tmp_path / name, port=free_port()) for name in ("two", "three")]
        for member in found[1:]:
            member.start()
        for member in found[1:]:
            member.wait()
        yield found
    finally:
        for member in found:
            member.stop()


@pytest.fixture
def rows(database: str) -> "Iterator[psycopg.Connection[tuple[object, ...]]]":
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection
