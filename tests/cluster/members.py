"""Nodes of one newspaper: `broadsheet serve` several times, with one database and folders of their own."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.cluster.network import Machine
from tests.journeys.served import COMMAND

ADDRESS = "http://paper.example"  # the same for all, so that their pages are
BALANCER = "10.0.0.10"
PORT = 8000  # as contrib/haproxy has it


def environment(folder: Path, shared: Mapping[str, str]) -> dict[str, str]:
    """What a node is told; `shared` is the same for all."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith("BROADSHEET_")}
    return kept | {
        "BROADSHEET_ADDRESS": ADDRESS,
        "BROADSHEET_SITE": str(folder),
        "DJANGO_SETTINGS_MODULE": "broadsheet.web.settings",
        "METRICS_NETWORKS": "10.0.0.0/8",
        "TRUSTED_PROXIES": BALANCER,
        **shared,
    }


@dataclass(slots=True)
class Member:
    """One node, on a machine of its own."""

    machine: Machine
    folder: Path
    shared: Mapping[str, str] = field(repr=False)
    process: "subprocess.Popen[str] | None" = field(default=None, repr=False)

    @property
    def name(self) -> str:
        return self.machine.name

    @property
    def place(self) -> dict[str, Any]:
        """Where it is asked without the balancer."""
        return {"at": self.machine.address, "port": PORT}

    @property
    def pages(self) -> Path:
        return self.folder / "pages"

    @property
    def log(self) -> Path:
        return self.folder.with_suffix(".log")

    def start(self, **more: str) -> None:
        """Serve, without waiting for it."""
        place = {"HOST": self.machine.address, "PORT": str(PORT)}
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*self.machine.wrapper, COMMAND, "serve", "--site", str(self.folder)],
                env=environment(self.folder, self.shared) | place | more,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def wait(self) -> None:
        """Wait until it serves."""
        assert self.process
        for line in self.process.stdout or ():
            if line.startswith("Ctrl-C"):
                return
        raise AssertionError(f"broadsheet serve ended: {self.log.read_text()}")

    def kill(self) -> None:
        """All of its processes at once, as when the machine dies."""
        assert self.process
        for number in [self.process.pid, *_descendants(self.process.pid)]:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self._close()

    def leave(self) -> None:
        """Ask it to end, without waiting for it."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        self.leave()
        if self.process:
            self._close()

    def _close(self) -> None:
        assert self.process
        self.process.wait(60)
        if self.process.stdout:
            self.process.stdout.close()

    def get(self, path: str) -> str:
        url = f"http://{self.machine.address}:{PORT}{path}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            body: bytes = answer.read()
        return body.decode()

    def figure(self, name: str) -> float:
        """The value of a metric; `name` with its labels, if it has any. -1 where it is not told."""
        figures = self.get("/metrics")
        found = re.search(rf"^broadsheet_{re.escape(name)} (\S+)$", figures, re.MULTILINE)
        return float(found[1]) if found else -1.0

    def is_first(self) -> bool:
        """Does it do what only one does?"""
        return self.figure("first_node") == 1

    def model(self) -> tuple[float, str]:
        """How far the node's filter has learnt, and its checksum."""
        figures = self.get("/metrics")
        found = re.search(r'model_info\{checksum="(\w+)"\}', figures)
        position = re.search(r"model_position (\d+)", figures)
        assert found
        assert position
        return float(position[1]), found[1]

    def fingerprint(self) -> str:
        """Of every page that it has printed, as it is without compression; another one as soon as any is printed otherwise."""
        whole = hashlib.sha256()
        for file in sorted(self.pages.rglob("*")):
            hidden = any(part.startswith(".") for part in file.relative_to(self.pages).parts)
            if not hidden and file.suffix not in (".br", ".zst", ".gz"):
                with suppress(OSError):  # it has just been removed
                    whole.update(f"{file.relative_to(self.pages)}\0".encode() + file.read_bytes())
        return whole.hexdigest()


def _descendants(number: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{number}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text(encoding="ascii").split():
                found += [int(child), *_descendants(int(child))]
    return found


def join(first: Member, machine: Machine) -> Member:
    """Another node of the paper that `first` serves: with its secret, and the static files that it has gathered."""
    folder = first.folder.with_name(machine.name)
    folder.mkdir()
    for name in ("secret-key", "broadsheet.toml"):
        shutil.copy2(first.folder / name, folder)
    shutil.copytree(first.folder / "static", folder / "static")
    return Member(machine, folder, first.shared)


class Desk:
    """Where a test edits, and compares pages: see inside.py."""

    def __init__(self, first: Member) -> None:
        folder = first.folder.with_name("desk")
        folder.mkdir()
        shutil.copy2(first.folder / "secret-key", folder)
        shutil.copytree(first.folder / "static", folder / "static")
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.cluster.inside"],
            env=environment(folder, first.shared),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, *command: object) -> Any:
        with self._lock:
            assert self._process.stdin
            assert self._process.stdout
            print(json.dumps(command), file=self._process.stdin, flush=True)
            return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate(timeout=30)
