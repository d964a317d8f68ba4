"""The processes that are measured: on which core they run, and what they take of it and of memory."""

import os
import re
import socket
import sys
from pathlib import Path
from typing import Final

BROADSHEET: Final = (sys.executable, "-c", "from broadsheet.web.command import main; main()")


def use_core(number: int) -> None:
    """Stay on one core, where there are several and the system lets us choose."""
    if hasattr(os, "sched_setaffinity"):
        cores = (
            sorted(os.sched_getaffinity(0)) if number == 0 else sorted(range(os.cpu_count() or 1))
        )
        os.sched_setaffinity(0, {cores[number % len(cores)]})


def free_port() -> int:
    """Nobody listens there yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    children = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        children += map(int, (task / "children").read_text().split())
    return [pid, *(descendant for child in children for descendant in family(child))]


def processor_seconds(pid: int) -> float:
    """What a process and all that it started have used so far."""
    ticks = 0
    for member in family(pid):
        fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """Proportional set size of a process and all that it started."""
    total = 0
    for member in family(pid):
        rollup = Path(f"/proc/{member}/smaps_rollup").read_text()
        total += int(found_in(r"Pss:\s+(\d+) kB", rollup))
    return total / 1024


def found_in(pattern: str, text: str) -> str:
    """The first group of a pattern, which has to be there."""
    match = re.search(pattern, text)
    if match is None:
        raise RuntimeError(text)
    return match[1]
