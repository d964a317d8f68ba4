"""A new site whose database is made already: to migrate takes long, and most journeys begin after it."""

import atexit
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from broadsheet.web.configuration import create_missing
from tests.journeys.shell import environment


def copy_to(folder: Path) -> None:
    shutil.copytree(_prepared(), folder)


@cache
def _prepared() -> Path:
    """Made once in each process that runs tests, as `broadsheet serve` makes it in an empty folder."""
    parent = tempfile.mkdtemp(prefix="broadsheet-prepared-")
    atexit.register(shutil.rmtree, parent, ignore_errors=True)
    folder = Path(parent) / "site"
    create_missing(folder)
    subprocess.run(
        [sys.executable, "-m", "broadsheet.web.prepare"],
        env=environment() | {"BROADSHEET_SITE": str(folder)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return folder
