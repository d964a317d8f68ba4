"""`broadsheet serve`: one terminal, four processes. This one supervises, and once the site is prepared, loads what the
others need: they are forked from it (family.py).

serve (this)  ─┬─ prepare      migrates, gathers static files, then ends
               ├─ front ── granian's worker   printed pages from memory, Django behind them (web/rsgi.py)
               └─ background   prints, publishes what is scheduled, forgets what is due
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import wait
from pathlib import Path
from types import FrameType

import click

from . import family
from .configuration import Configuration
from .family import Child
from .seeing.front import LEAVING

STOP_WITHIN = 4  # seconds that the children have to end after SIGTERM
READY_WITHIN = 120  # seconds until the server must have answered once
LOOK_EVERY = 0.1  # seconds


def serve_spam_service(configuration: Configuration) -> int:
    """Like `serve`, but only the service for other sites, and the editor."""
    os.environ["BROADSHEET_SPAM_SERVICE_ALONE"] = "1"
    return serve(configuration, title="The spam service:")


def serve(
    configuration: Configuration, *, demonstration: bool = False, title: str = "The newspaper:"
) -> int:
    """Serve until SIGTERM or Ctrl-C. Returns the exit code; problems are told in one line on stderr."""
    host, port = configuration.host, configuration.port
    try:
        held = hold_port(host, port)
    except OSError as error:
        click.echo(
            f"Error: Can't listen on {host}:{port}: {error.strerror}. {_advice(port)}", err=True
        )
        return 1
    with held:
        port = held.getsockname()[1]
        address = configuration.address or f"http://{_in_url(host)}:{port}"
        os.environ.update(HOST=host, PORT=str(port), BROADSHEET_LOCAL_ADDRESS=address)
        prepared = prepare(*(["--demonstration"] if demonstration else []))
        if prepared.returncode:
            return prepared.returncode
        leaving = configuration.folder / LEAVING
        leaving.unlink(missing_ok=True)
        supervisor = Supervisor(
            local=f"http://{_in_url(host)}:{port}", drain=configuration.drain, leaving=leaving
        )
        return supervisor.run(greeting=greeting(title, address, prepared.stdout.strip()))


def prepare(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Bring the site up to date, in a process of its own: prepare.py."""
    return subprocess.run(  # noqa: S603, our own module
        _module("prepare", *arguments), stdout=subprocess.PIPE, text=True, check=False
    )


def gather_what_pages_need(configuration: Configuration) -> None:
    """For a site that was never served, such as a restored one: its pages are to name style sheets that are there."""
    if not (configuration.folder / "static/staticfiles.json").exists():
        code = prepare().returncode
        if code:
            sys.exit(code)


def hold_port(host: str, port: int) -> socket.socket:
    """A socket bound to `port` of `host`, or to one that the kernel picks when it is 0. Raises OSError otherwise.

    It does not listen, so that the server can; as long as it is open, nobody else gets the port.
    """
    held = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((host, port))
    except socket.gaierror as error:
        held.close()
        raise OSError(error.errno, "no such address") from error
    except OSError:
        held.close()
        raise
    return held


def _advice(port: int) -> str:
    return f"Stop what uses it, or choose another port: PORT={port + 1 if port else 8000} (0 takes a free one)."


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def greeting(title: str, address: str, set_up_path: str) -> str:
    """What the terminal shows when all is ready: each address on a line of its own."""
    lines = ["", title, address, "The editor:", f"{address}/editor/"]
    if set_up_path:
        lines += [
            "Set it up and become its administrator (works once, for a day):",
            f"{address}{set_up_path}",
        ]
    return "\n".join([*lines, "", "Ctrl-C stops it."])


def _module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", f"broadsheet.web.{name}", *arguments]


class Supervisor:
    """Starts the children, greets when the server answers, and ends everything together."""

    def __init__(self, *, local: str, drain: int, leaving: Path) -> None:
        self._local = local
        self._drain = drain  # seconds
        self._leaving = leaving
        self._stopping = threading.Event()
        self._at_once = threading.Event()
        self._signalled, self._signal = os.pipe()  # what wakes `_watch`

    def run(self, *, greeting: str) -> int:
        family.load()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        children = [Child("front"), Child("background")]
        try:
            if not self._becomes_ready(children):
                return 0 if self._stopping.is_set() else 1
            click.echo(greeting)
            sys.stdout.flush()
            code = self._watch(children)
            if code == 0 and self._drain:
                self._leaving.touch()  # /healthz says so; whoever balances the load sends nobody here any more
                self._at_once.wait(self._drain)
            return code
        finally:
            self._leaving.unlink(missing_ok=True)
            deadline = time.monotonic() + STOP_WITHIN
            for child in children:
                child.terminate()
            for child in children:
                child.stop(deadline)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if self._stopping.is_set():  # asked a second time: don't drain
            self._at_once.set()
        self._stopping.set()
        os.write(self._signal, b".")

    def _becomes_ready(self, children: Sequence[Child]) -> bool:
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline and not self._stopping.wait(LOOK_EVERY):
            if not self._all_run(children):
                return False
            if answers(f"{self._local}/healthz"):
                return True
        if not self._stopping.is_set():
            click.echo(
                f"Error: The server did not answer within {READY_WITHIN} seconds; see above.",
                err=True,
            )
        return False

    def _watch(self, children: Sequence[Child]) -> int:
        while not self._stopping.is_set():
            if not self._all_run(children):
                return 1
            wait([self._signalled, *(child.sentinel for child in children)])
        return 0

    def _all_run(self, children: Sequence[Child]) -> bool:
        return all(child.keeps_running() for child in children)


def answers(url: str) -> bool:
    """True when a GET of `url` is answered with 200."""
    with (
        suppress(OSError, urllib.error.URLError),
        urllib.request.urlopen(url, timeout=2) as answer,  # noqa: S310, our own http:// address
    ):
        return bool(answer.status == 200)
    return False


def work() -> int:
    """Do the background work in this process's place."""
    os.execv(sys.executable, _module("background"))  # noqa: S606, our own module


def run_django(arguments: Sequence[str]) -> None:
    """Run a Django command in this process. Exits with one line when the site can't be used."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415, the supervisor needs no Django
    from django.db import DatabaseError  # noqa: PLC0415

    try:
        execute_from_command_line(["broadsheet", *arguments])
    except DatabaseError as error:
        raise click.ClickException(f"The database can't be used: {_first_line(error)}") from error
    except OSError as error:
        raise click.ClickException(
            f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")
        ) from error
    except KeyboardInterrupt as error:
        raise click.ClickException("Stopped.") from error


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
