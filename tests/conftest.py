"""The tests' surroundings: a throwaway site folder, made before Django's settings are read."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

_folder = tempfile.TemporaryDirectory(prefix="broadsheet-tests-")
os.environ["BROADSHEET_SITE"] = _folder.name
os.environ.setdefault("BROADSHEET_SECRET_KEY", "only-for-tests-" * 4)

import pytest  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def _remove_the_site_folder() -> Iterator[None]:
    yield
    _folder.cleanup()


@pytest.fixture
def site_folder() -> Path:
    return Path(_folder.name)
