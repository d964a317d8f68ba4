"""Nodes of one newspaper: `broadsheet serve` several times, with one PostgreSQL and folders of their own."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg

from tests.journeys.served import COMMAND

ADDRESS = "http://paper.example"  # the same for all, so that their pages are
PATIENCE = 90.0  # seconds that a condition is waited for, on a machine that does much else
LOOK_EVERY = 0.05


@contextmanager
def new_database(url: str) -> Iterator[str]:
    """The URL of an empty database on the server of `url`; dropped at the end."""
    name = f"cluster_{uuid4().hex[:12]}"
    with closing(psycopg.connect(url, autocommit=True)) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@dataclass(slots=True)
class Member:
    """One node. `wrapper` are words before the command, such as `ip netns exec NAME`."""

    folder: Path
    database: str
    host: str = "127.0.0.1"
    port: int = 0
    wrapper: Sequence[str] = ()
    address: str = ""
    process: "subprocess.Popen[str] | None" = field(default=None, repr=False)

    def start(self) -> None:
        """Serve, without waiting for it."""
        self.process = subprocess.Popen(
            [*self.wrapper, COMMAND, "serve", "--site", str(self.folder)],
            env=self.environment(),
            stdout=subprocess.PIPE,
            text=True,
        )

    def wait(self) -> None:
        """Wait until it serves."""
        assert self.process
        for line in self.process.stdout or ():
            if line.startswith("Ctrl-C"):
                break
        else:
            raise AssertionError(f"broadsheet serve ended with {self.process.wait()}")
        if not self.port:
            raise AssertionError("give the node a port")
        self.address = f"http://{self.host}:{self.port}"

    def environment(self) -> dict[str, str]:
        kept = {n: v for n, v in os.environ.items() if not n.startswith("BROADSHEET_")}
        return kept | {
            "BROADSHEET_ADDRESS": ADDRESS,
            "BROADSHEET_SITE": str(self.folder),
            "DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "broadsheet.web.settings",
            "HOST": self.host,
            "PORT": str(self.port),
            "METRICS_NETWORKS": "127.0.0.0/8,10.0.0.0/8",
        }

    def kill(self) -> None:
        """All of its processes at once, as when the machine dies."""
        assert self.process
        for number in [self.process.pid, *_descendants(self.process.pid)]:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self._close()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self._close()

    def _close(self) -> None:
        assert self.process
        self.process.wait(30)
        if self.process.stdout:
            self.process.stdout.close()

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"{self.address}{path}", timeout=10) as answer:  # noqa: S310, a node of ours
            body: bytes = answer.read()
        return body.decode()

    def figures(self) -> str:
        return self.get("/metrics")

    def figure(self, name: str) -> float:
        """The value of a metric; `name` with its labels, if it has any. -1 where it is not told."""
        found = re.search(rf"^broadsheet_{re.escape(name)} (\S+)$", self.figures(), re.MULTILINE)
        return float(found[1]) if found else -1.0

    def model(self) -> tuple[float, str]:
        """How far the node's filter has learnt, and its checksum."""
        text = self.figures()
        found = re.search(r'model_info\{checksum="(\w+)"\}', text)
        position = re.search(r"model_position (\d+)", text)
        assert found
        assert position
        return float(position[1]), found[1]

    def run(self, *command: object) -> Any:
        """What `tests.cluster.inside` answers to a command, run with this node's site."""
        words = [sys.executable, "-m", "tests.cluster.inside", *map(str, command)]
        done = subprocess.run(
            [*self.wrapper, *words],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])


def _descendants(number: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{number}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text(encoding="ascii").split():
                found += [int(child), *_descendants(int(child))]
    return found


def join(first: Member, folder: Path, **changed: Any) -> Member:
    """Another node of the paper that `first` serves: with its secret, and the static files that it has gathered."""
    folder.mkdir()
    for name in ("secret-key", "broadsheet.toml"):
        shutil.copy2(first.folder / name, folder)
    shutil.copytree(first.folder / "static", folder / "static")
    return Member(folder, **({"database": first.database} | changed))


def until(condition: Callable[[], bool], *, what: str, patience: float = PATIENCE) -> float:
    """Wait for a condition; the seconds it took. A node that does not answer does not fulfil it."""
    began = time.monotonic()
    pause = threading.Event()
    while time.monotonic() - began < patience:
        with suppress(OSError, AssertionError):
            if condition():
                return time.monotonic() - began
        pause.wait(LOOK_EVERY)
    raise AssertionError(f"{what}: not within {patience} s")
