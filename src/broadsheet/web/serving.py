"""`broadsheet serve`: one terminal, three processes. This one supervises; it never imports Django.

serve (this)  ─┬─ prepare      migrates, gathers static files, then ends
               ├─ granian's worker   the printed pages from memory, Django behind them (web/rsgi.py)
               └─ background   prints, publishes what is scheduled, forgets what is due
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import suppress

import click

from .configuration import Configuration

STOP_WITHIN = 3  # seconds that a child has to end after SIGTERM
READY_WITHIN = 120  # seconds until the server must have answered once


def serve(configuration: Configuration, *, demonstration: bool = False) -> int:
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
        prepared = _run_child("prepare", *(["--demonstration"] if demonstration else []))
        if prepared.returncode:
            return prepared.returncode
        return _supervise(host, port, address, set_up_path=prepared.stdout.strip())


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


def _child(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", f"broadsheet.web.{name}", *arguments]


def _run_child(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(_child(name, *arguments), stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603


def _supervise(host: str, port: int, address: str, *, set_up_path: str) -> int:
    """Run the background work and the server; when the server ends, so does everything."""
    from granian.constants import Interfaces, Loops  # noqa: PLC0415, only where something is served
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    background = Background()
    server = Server(
        "broadsheet.web.rsgi:application",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        loop=Loops.asyncio,
        workers=1,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=STOP_WITHIN,
        respawn_failed_workers=True,
        process_name=None,
    )
    announcer = threading.Thread(
        target=_announce, args=(f"http://{_in_url(host)}:{port}", address, set_up_path), daemon=True
    )
    background.start()
    announcer.start()
    try:
        server.serve()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        background.stop()
    return 0


def _announce(local: str, address: str, set_up_path: str) -> None:
    """Print the addresses as soon as the server answers."""
    if not _answers(f"{local}/healthz"):
        click.echo(
            f"Error: The server did not answer within {READY_WITHIN} seconds; see above.", err=True
        )
        os.kill(os.getpid(), signal.SIGTERM)
        return
    lines = ["", "The newspaper:", address, "The editor:", f"{address}/editor/"]
    if set_up_path:
        lines += [
            "Set it up and become its administrator (works once, for a day):",
            f"{address}{set_up_path}",
        ]
    click.echo("\n".join([*lines, "", "Ctrl-C stops it."]))
    sys.stdout.flush()


def _answers(url: str) -> bool:
    waiting = threading.Event()
    for _ in range(READY_WITHIN * 10):
        with (
            suppress(OSError, urllib.error.URLError),
            urllib.request.urlopen(url, timeout=2) as answer,  # noqa: S310, our own http:// address
        ):
            if answer.status == 200:
                return True
        waiting.wait(0.1)
    return False


class Background:
    """The background process; started again whenever it ends by itself."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        self._watcher.start()

    def _watch(self) -> None:
        while not self._stopping.is_set():
            self._process = subprocess.Popen(_child("background"), start_new_session=True)  # noqa: S603
            self._process.wait()
            self._stopping.wait(1)

    def stop(self) -> None:
        self._stopping.set()
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()


def work() -> int:
    """Do the background work in this process."""
    return subprocess.run(_child("background"), check=False).returncode  # noqa: S603


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
