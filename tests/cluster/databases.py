"""PostgreSQL on two machines: one takes writes, its hot standby has each commit before it is acknowledged."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.cluster.network import Machine
from tests.cluster.waiting import until

PORT = 5432
USER, NAME = "broadsheet", "paper"
_VERSIONS = Path("/usr/lib/postgresql")
# what this machine's disk does is not the point; what a killed process has written is there all the same
_SETTINGS = ("fsync=off", "max_connections=60", "shared_buffers=64MB", "wal_keep_size=256MB")


def is_installed() -> bool:
    return any(_VERSIONS.glob("*/bin/pg_basebackup"))


def _program(name: str) -> str:
    found = _VERSIONS.glob(f"*/bin/{name}")
    return str(max(found, key=lambda path: int(path.parts[4])))


@dataclass(frozen=True, slots=True)
class Server:
    """One PostgreSQL, which has a folder of its own on a machine."""

    machine: Machine
    folder: Path

    @property
    def url(self) -> str:
        return f"postgresql://{USER}@{self.machine.address}:{PORT}/{NAME}"

    @property
    def pid(self) -> int:
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def create(self) -> None:
        self._run("initdb", "-D", self.data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        with (self.folder / "data" / "pg_hba.conf").open("a") as rules:
            rules.write("host all all 10.0.0.0/16 trust\nhost replication all 10.0.0.0/16 trust\n")

    def copy(self, other: "Server") -> None:
        """Be the standby of `other`."""
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        source = f"host={other.machine.address} port={PORT} user={USER}"
        self._run("pg_basebackup", "-D", self.data, "-d", source, "-R", "-c", "fast", "--no-sync")

    def start(self) -> None:
        options = [f"-c {setting}" for setting in _SETTINGS]
        place = f"-h {self.machine.address} -p {PORT} -k {self.folder}"
        log = str(self.folder / "log")
        self._run(
            "pg_ctl", "-D", self.data, "-w", "-l", log, "-o", f"{place} {' '.join(options)}", "start"
        )  # fmt: skip

    def promote(self) -> None:
        """Take writes from now on; returns when it does."""
        self._run("pg_ctl", "-D", self.data, "-w", "promote")

    def kill(self) -> None:
        """All of it at once, as when its machine dies."""
        family = [self.pid, *_children(self.pid)]
        subprocess.run(["kill", "-KILL", *map(str, family)], check=True)
        until(lambda: not any(map(_runs, family)), what="it has ended")
        (self.folder / "data" / "postmaster.pid").unlink()

    def is_running(self) -> bool:
        return (self.folder / "data" / "postmaster.pid").exists()

    def stop(self) -> None:
        if self.is_running():
            self._run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")

    def wait_for(self, standby: "Server") -> None:
        """Acknowledge nothing from now on that the standby does not have."""
        with self.connection("postgres") as link:
            link.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            link.execute("SELECT pg_reload_conf()")

    def connection(self, name: str = NAME) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(
            host=self.machine.address, port=PORT, user=USER, dbname=name, autocommit=True,
            connect_timeout=10,
        )  # fmt: skip

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    def _run(self, program: str, *arguments: str) -> None:
        as_postgres = ["runuser", "-u", "postgres", "--", _program(program), *arguments]
        subprocess.run(
            [*self.machine.wrapper, *as_postgres],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            stdout=subprocess.DEVNULL,
            check=True,
        )


def _children(number: int) -> list[int]:
    text = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii")
    return [int(word) for word in text.split()]


def _runs(number: int) -> bool:
    try:
        status = Path(f"/proc/{number}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


class Databases:
    """The two, and which of them takes writes."""

    def __init__(self, first: Server, second: Server) -> None:
        self.primary, self.standby = first, second
        self._all = (first, second)

    @property
    def url(self) -> str:
        """What every node is told: both, and to find the one that takes writes."""
        hosts = ",".join(server.machine.address for server in self._all)
        return (
            f"postgresql:///{NAME}?user={USER}&host={hosts}&port={PORT},{PORT}"
            "&target_session_attrs=read-write"
        )

    def start(self) -> None:
        self.primary.create()
        self.primary.start()
        with self.primary.connection("postgres") as link:
            link.execute(f"CREATE DATABASE {NAME}")
        self.add_standby()

    def add_standby(self) -> None:
        """Make the other one a standby anew, of which each commit waits."""
        self.standby.copy(self.primary)
        self.standby.start()
        self.primary.wait_for(self.standby)

    def fail_over(self) -> None:
        """What Patroni does when it has found the primary dead: the standby waits for no other."""
        self.primary, self.standby = self.standby, self.primary
        self.primary.promote()

    def stop(self) -> None:
        for server in self._all:
            server.stop()


@contextmanager
def running(machines: Sequence[Machine]) -> Iterator[Databases]:
    """In folders that `postgres` may enter, which those of the tests are not."""
    folders = [Path(tempfile.mkdtemp(prefix=f"broadsheet-{one.name}-")) for one in machines]
    first, second = (Server(one, folder) for one, folder in zip(machines, folders, strict=True))
    databases = Databases(first, second)
    try:
        for folder in folders:
            shutil.chown(folder, "postgres", "postgres")
        databases.start()
        yield databases
    finally:
        databases.stop()
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
