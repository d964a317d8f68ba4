"""The processes that make up a served site: forked from one that has loaded everything, so that the code, the templates
and the filter's model are in memory once, and a process that crashed is back in milliseconds.

What runs before a fork may start no thread and keep no connection to the database; granian starts its event loop and its
threads in the worker that it forks in turn.
"""

import ctypes
import gc
import importlib
import multiprocessing
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from click import echo

from . import allotment

TOO_SOON = 5  # seconds; a child that ends sooner after its start may only end again
TOO_OFTEN = 3  # such ends in a row
_OURS = Path(__file__).parents[1]
_PR_SET_NAME = 15  # linux/prctl.h
_FORKED = multiprocessing.get_context("fork")


def load() -> None:
    """Load what the children need, and have the garbage collector leave it alone: what it looks at, it writes to."""
    for name in ("front", "background", "rsgi"):
        importlib.import_module(f"broadsheet.web.{name}")
    _compile_templates()
    filters = importlib.import_module("broadsheet.learning.filters")
    database = importlib.import_module("django.db")
    with suppress(database.DatabaseError):  # without one, pages are served all the same
        filters.catch_up()
    database.connections.close_all()
    gc.collect()
    allotment.keep_few_heaps()
    allotment.give_back()  # what loading has used and freed
    gc.freeze()


def _compile_templates() -> None:
    """Ours, which both the server and the background will need, each for itself otherwise."""
    dirs = importlib.import_module("django.template.utils").get_app_template_dirs("templates")
    get_template = importlib.import_module("django.template.loader").get_template
    for folder in dirs:
        if folder.is_relative_to(_OURS):
            for file in folder.rglob("*.*ml"):
                get_template(file.relative_to(folder).as_posix())


class Child:
    """One of the processes; started again when it ends by itself. `name`: the module of `broadsheet.web` that it runs."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.soon = 0  # ends in a row that came soon after the start
        self._start()

    def _start(self) -> None:
        self._process = _FORKED.Process(target=_become, args=(self.name,), name=self.name)
        self._process.start()
        self._started = time.monotonic()

    @property
    def sentinel(self) -> int:
        """A file descriptor that can be read once it has ended."""
        return self._process.sentinel

    def keeps_running(self) -> bool:
        """Start it again if it ended. False, and said why, when it ended so soon, so often, that this would go on forever."""
        if self._process.is_alive():
            return True
        ended_soon = time.monotonic() - self._started < TOO_SOON
        self.soon = self.soon + 1 if ended_soon else 0
        if self.soon == TOO_OFTEN:
            code = self._process.exitcode
            echo(
                f"Error: The {self.name} process ends again and again (exit code {code}); see above.",
                err=True,
            )
            return False
        self._start()
        return True

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def stop(self, deadline: float) -> None:
        """Wait for its end until `deadline` on the monotonic clock, then kill it."""
        self._process.join(max(0.0, deadline - time.monotonic()))
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _become(name: str) -> None:
    """What a child does, in the process that was forked for it."""
    # A group of its own: Ctrl-C in the terminal reaches the supervisor alone, which then ends all in order. No
    # session of its own: Linux shares a core evenly between sessions, whatever the niceness within them.
    os.setpgid(0, 0)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    _show_as(f"web.{name}")
    sys.exit(importlib.import_module(f"broadsheet.web.{name}").main())


def _show_as(name: str) -> None:
    """Let `ps` and `top` tell this process, and what it forks, from the others; Linux keeps 15 characters."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_NAME, name.encode(), 0, 0, 0)
