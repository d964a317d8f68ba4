"""Reads and comments at one, two and three nodes behind HAProxy: `python -m bench.cluster --json`.

The paper of tests/cluster: each node, the balancer, PostgreSQL with a synchronous standby and the S3-compatible store are
machines of their own as far as the network goes, but all share this one's cores, and so do the readers. Rates here thus do
not grow with nodes; what a read or a comment costs each of them in processor time tells what they would do on cores of
their own. Bounded: SECONDS of reading and COMMENTS comments for each number of nodes. Needs root.
"""

import itertools
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.cluster import machines, paper
from tests.cluster.members import BALANCER
from tests.cluster.network import READERS, Machine, machine
from tests.cluster.paper import Paper
from tests.cluster.readers import HOST, Article, comment
from tests.cluster.waiting import until

from .processes import processor_seconds
from .site import report

SECONDS = 5  # of reading, for each number of nodes
CONNECTIONS = 8  # kept alive, of each group of readers
GROUPS = {f"group{n}": f"10.0.2.{n}" for n in range(1, 7)}  # the balancer tells readers by address
COMMENTS = 200
WRITERS = 8


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds."""

    nodes: float
    balancer: float
    databases: float


def spent(served: Paper) -> Spent:
    """Looks again when a process of PostgreSQL ended while it was looked at."""
    for _ in range(10):
        try:
            return _spent(served)
        except FileNotFoundError:
            continue
    raise RuntimeError("processes come and go all the time")


def _spent(served: Paper) -> Spent:
    servers = (served.databases.primary, served.databases.standby)
    running = [node.process.pid for node in served.nodes if node.process]
    return Spent(
        nodes=sum(processor_seconds(pid) for pid in running),
        balancer=processor_seconds(served.balancer),
        databases=sum(processor_seconds(server.pid) for server in servers),
    )


@contextmanager
def groups() -> Iterator[list[Machine]]:
    with ExitStack() as stack:
        yield [stack.enter_context(machine(name, address)) for name, address in GROUPS.items()]


def wait_until_printed(served: Paper) -> None:
    until(lambda: not served.orders(served.nodes), what="all is printed")


def reads(served: Paper, article: Article, readers: Sequence[Machine]) -> dict[str, float]:
    """A printed article, by readers at several addresses."""
    url = f"http://{BALANCER}{article.path}"
    options = ["-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", f"Host: {HOST}", "-H", "Accept-Encoding: gzip"]  # fmt: skip
    wait_until_printed(served)  # until then Django answers
    before = spent(served)
    running = [
        subprocess.Popen([*one.wrapper, "wrk", *options, url], stdout=subprocess.PIPE, text=True)
        for one in readers
    ]
    outputs = [process.communicate()[0] for process in running]
    after = spent(served)
    if any("Non-2xx" in output or "Socket errors" in output for output in outputs):
        raise RuntimeError("\n".join(outputs))
    requests = sum(int(number) for output in outputs for number in re.findall(r"(\d+) requests in", output))  # fmt: skip
    return {
        "reads_per_second": round(requests / SECONDS),
        "node_cpu_us_per_read": round((after.nodes - before.nodes) / requests * 1e6, 1),
        "balancer_cpu_us_per_read": round((after.balancer - before.balancer) / requests * 1e6, 1),
    }


@dataclass(frozen=True, slots=True)
class Kept:
    """What PostgreSQL holds, in bytes, and by how many connections it is asked."""

    size: int
    log: int  # written since the beginning
    connections: int


def kept(served: Paper) -> Kept:
    question = (
        "SELECT pg_database_size(current_database()), pg_current_wal_lsn() - '0/0'::pg_lsn,"
        " (SELECT count(*) FROM pg_stat_activity WHERE client_addr = ANY(%s))"
    )
    addresses = [node.machine.address for node in served.nodes]
    with served.databases.primary.connection() as link:
        row = link.execute(question, [addresses]).fetchone()
    assert row
    return Kept(*(int(str(value)) for value in row))


def comments(served: Paper, article: Article, title: str) -> dict[str, float]:
    """Sent one after the other by each writer; the processor time includes the printing on every node."""
    wait_until_printed(served)
    numbers, had = itertools.count(), kept(served)
    before, began = spent(served), time.monotonic()

    def write(source: str) -> None:
        while (number := next(numbers)) < COMMENTS:
            answer = comment(article, f"The ferry, {title}, remark {number}.", source=source)
            assert answer.status == 303, answer.status

    threads = [threading.Thread(target=write, args=(source,)) for source in READERS[:WRITERS]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    assert len(set(served.texts_below(article))) == COMMENTS
    wait_until_printed(served)
    after, has = spent(served), kept(served)
    return {
        "connections": has.connections,
        "database_kb_per_comment": round((has.size - had.size) / COMMENTS / 1000, 2),
        "log_kb_per_comment": round((has.log - had.log) / COMMENTS / 1000, 2),
        "comments_per_second": round(COMMENTS / took, 1),
        "nodes_cpu_ms_per_comment": round((after.nodes - before.nodes) / COMMENTS * 1e3, 2),
        "databases_cpu_ms_per_comment": round(
            (after.databases - before.databases) / COMMENTS * 1e3, 2
        ),
    }


def measure(served: Paper) -> dict[str, float | int]:
    """Three nodes first, then one fewer each time."""
    figures: dict[str, float | int] = {"cores": os.cpu_count() or 0}
    with groups() as readers:
        while served.nodes:
            number = len(served.nodes)
            article = served.publish(f"With {number}")
            found = reads(served, article, readers) | comments(served, article, f"with {number}")
            figures |= {f"{name}_{number}": value for name, value in found.items()}
            served.nodes.pop().stop()
    return figures


def main() -> None:
    lacking = ", ".join(filter(None, [machines.lacking(), "" if shutil.which("wrk") else "wrk"]))
    if lacking:
        report({"missing": lacking})
        return
    with tempfile.TemporaryDirectory() as folder, paper.running(Path(folder)) as served:
        figures = measure(served)
    report(figures)


if __name__ == "__main__":
    main()
