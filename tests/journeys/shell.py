"""The site's own shell, started once and asked many things: each start of Django takes seconds."""

import json
import os
import subprocess
import sys
from pathlib import Path

COMMAND = str(Path(sys.executable).parent / "broadsheet")
OBEY = """
import contextlib, io, json, sys, traceback
from django.db import connections
asked = sys.stdin
for line in asked:
    code, given = json.loads(line)
    sys.stdin, said, failed = io.StringIO(given), io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(said):
            exec(code, {})
    except BaseException:
        failed = traceback.format_exc()
    connections.close_all()
    print(json.dumps([said.getvalue(), failed]), flush=True)
"""


def environment() -> dict[str, str]:
    """Ours, without what would name another site."""
    return {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}


class Shell:
    """Runs pieces of Python within the site in `folder`; between them it has no connection to the database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process: subprocess.Popen[str] | None = None

    def run(self, code: str, given: str = "") -> str:
        """What `code` prints, with `given` as its standard input. Fails with its traceback."""
        process = self._process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps([code, given]) + "\n")
        process.stdin.flush()
        printed, failed = json.loads(process.stdout.readline())
        assert not failed, failed
        return str(printed)

    def close(self) -> None:
        if self._process:
            self._process.communicate()
            self._process = None

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [COMMAND, "shell", "--site", str(self.folder), "--no-imports", "-c", OBEY],
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
