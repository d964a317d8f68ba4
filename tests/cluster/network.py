"""Machines on one machine: network namespaces on a bridge, in a network that nobody else sees.

The process that asks for it moves into a network of its own (its main thread, and what that starts); addresses may be the
same as anybody's. Needs to be root, as `ip` does.
"""

import ctypes
import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_NEW_NETWORK = 0x40000000  # CLONE_NEWNET of sched.h; Python has os.unshare from 3.12
_LIBC = ctypes.CDLL(None, use_errno=True)
HERE, MASK = "10.0.0.254", 16
READERS = [f"10.0.1.{n}" for n in range(1, 17)]  # addresses that the tests' readers come from
BRIDGE = "town"


def may_be_made() -> bool:
    return os.geteuid() == 0


@dataclass(slots=True)
class Machine:
    """One address, which is reached over a cable that can be cut."""

    name: str
    address: str
    holder: "subprocess.Popen[bytes]" = field(repr=False)

    @property
    def wrapper(self) -> Sequence[str]:
        """Words before a command that is to run there. What else this one does is not to slow seven machines down."""
        return ("nice", "-n", "-20", "nsenter", f"--net=/proc/{self.holder.pid}/ns/net")

    def cut(self) -> None:
        """From now on nothing arrives, and nobody is told so."""
        _ip(f"link set {self.name} nomaster")

    def heal(self) -> None:
        _ip(f"link set {self.name} master {BRIDGE}")

    def ask_inside(self, question: Callable[[], Any]) -> Any:
        """What `question` answers on that machine, which works while it is cut off, too. Raises what it raises."""
        with ThreadPoolExecutor(1, initializer=self._enter) as thread:
            return thread.submit(question).result()

    def _enter(self) -> None:
        with Path(f"/proc/{self.holder.pid}/ns/net").open("rb") as there:
            _check(_LIBC.setns(there.fileno(), _NEW_NETWORK))


@contextmanager
def network(machines: dict[str, str]) -> Iterator[dict[str, Machine]]:
    """Machines by name, with these addresses; this process is reached at HERE, and from READERS."""
    with ExitStack() as stack:
        stack.enter_context(_moved())
        _ip(
            "link set lo up",
            f"link add {BRIDGE} type bridge",
            *(f"address add {address}/{MASK} dev {BRIDGE}" for address in (HERE, *READERS)),
            f"link set {BRIDGE} up",
        )
        yield {
            name: stack.enter_context(machine(name, address)) for name, address in machines.items()
        }


@contextmanager
def _moved() -> Iterator[None]:
    """This thread, and what it starts, is in a new network."""
    with Path("/proc/thread-self/ns/net").open("rb") as old:
        _check(_LIBC.unshare(_NEW_NETWORK))
        try:
            yield
        finally:
            _check(_LIBC.setns(old.fileno(), _NEW_NETWORK))


@contextmanager
def machine(name: str, address: str) -> Iterator[Machine]:
    """One more, in the network that this process is in."""
    # dies with this process, however that ends; the namespace goes with the last process in it
    ready = subprocess.Popen(
        ["setpriv", "--pdeathsig", "KILL", "unshare", "--net", "sh", "-c", "echo; exec sleep infinity"],
        stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert ready.stdout
        ready.stdout.readline()
        found = Machine(name, address, ready)
        _ip(
            f"link add {name} type veth peer name eth0 netns {ready.pid}",
            f"link set {name} up",
        )
        found.heal()
        _ip(
            "link set lo up",
            f"address add {address}/{MASK} dev eth0",
            "link set eth0 up",
            wrapper=found.wrapper,
        )
        yield found
    finally:
        ready.kill()
        ready.communicate()


def _ip(*commands: str, wrapper: Sequence[str] = ()) -> None:
    subprocess.run([*wrapper, "ip", "-batch", "-"], input="\n".join(commands).encode(), check=True)


def _check(result: int) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
