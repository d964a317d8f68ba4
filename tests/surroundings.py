"""A throwaway site folder, made before Django's settings are read: a pytest plugin that loads earlier than conftest.py."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

FOLDER = Path(tempfile.mkdtemp(prefix="broadsheet-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["BROADSHEET_SITE"] = str(FOLDER)
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


@pytest.fixture
def site_folder() -> Path:
    return FOLDER
