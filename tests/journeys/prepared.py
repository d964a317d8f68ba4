"""A new site whose database is made already: to migrate takes long, and most journeys begin after it.

`python -m tests.journeys.prepared` makes it beforehand, where TESTS_SHARE names a folder that several processes share.
"""

import atexit
import fcntl
import os
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
    """Made once, as `broadsheet serve` makes it in an empty folder: for this process, or all that share a folder."""
    shared = os.environ.get("TESTS_SHARE") or tempfile.mkdtemp(prefix="broadsheet-prepared-")
    if "TESTS_SHARE" not in os.environ:
        atexit.register(shutil.rmtree, shared, ignore_errors=True)
    folder, made = Path(shared) / "site", Path(shared) / "made"
    with (Path(shared) / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)  # begun by one that was stopped
            _make(folder)
            made.touch()
    return folder


def _make(folder: Path) -> None:
    create_missing(folder)
    subprocess.run(
        [sys.executable, "-m", "broadsheet.web.prepare"],
        env=environment() | {"BROADSHEET_SITE": str(folder), "DATABASE_URL": ""},
        stdout=subprocess.DEVNULL,
        check=True,
    )


if __name__ == "__main__":
    _prepared()
