"""A throwaway site folder, made before Django's settings are read: a pytest plugin that loads earlier than conftest.py."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_folder = tempfile.TemporaryDirectory(prefix="broadsheet-tests-")
os.environ["BROADSHEET_SITE"] = _folder.name
os.environ["BROADSHEET_SECRET_KEY"] = "only-for-tests-" * 4
for _name in (
    "BROADSHEET_ADDRESS",
    "EMAIL_URL",
    "EMAIL_FROM",
    "TRUSTED_PROXIES",
    "BROADSHEET_ADMIN",
    "HOST",
    "PORT",
):
    os.environ.pop(_name, None)


@pytest.fixture(scope="session", autouse=True)
def _remove_the_site_folder() -> Iterator[None]:
    yield
    _folder.cleanup()


@pytest.fixture
def site_folder() -> Path:
    return Path(_folder.name)
