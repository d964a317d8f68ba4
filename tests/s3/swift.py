"""A real S3-compatible store for tests: OpenStack Swift with its s3api, as Debian packages it, on one machine and one folder."""

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.press.test_served import free_port, wait_for

PACKAGES = "swift swift-proxy swift-account swift-container swift-object memcached"
KINDS = ("account", "container", "object")
PROGRAMS = ("memcached", "swift-proxy-server", "swift-object-server")
_ENVIRONMENT = {"PATH": f"{os.environ['PATH']}:/usr/sbin", "HOME": "/tmp"}  # noqa: S108, Swift reads nothing there

_SWIFT = """\
[swift-hash]
swift_hash_path_prefix = a
swift_hash_path_suffix = b
"""
_COMMON = """\
[DEFAULT]
bind_ip = {host}
bind_port = {port}
user = {user}
swift_dir = {root}
workers = 0
"""
_SERVER = (
    _COMMON
    + """\
devices = {root}/devices
mount_check = false
disable_fallocate = true
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
"""
)
_PROXY = (
    _COMMON
    + """\
[pipeline:main]
pipeline = catch_errors cache s3api tempauth bulk slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = {host}:{memcached}
[filter:s3api]
use = egg:swift#s3api
[filter:tempauth]
use = egg:swift#tempauth
user_paper_press = harbour .admin
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
"""
)

# with the Python that has Debian's Swift: every ring in one process, for its imports are slow
_RINGS = """\
import sys
from swift.common.ring import RingBuilder
host, *ports = sys.argv[1:]
for kind, port in zip(("account", "container", "object"), ports):
    builder = RingBuilder(4, 1, 1)
    where = {"region": 1, "zone": 1, "ip": host, "port": int(port), "device": "disk", "weight": 1.0}
    builder.add_dev(where)
    builder.rebalance()
    builder.get_ring().save(f"{kind}.ring.gz")
"""
_PYTHON = "/usr/bin/python3"


@dataclass(frozen=True, slots=True)
class Store:
    """Where it is, who may use it, and the process that everybody asks."""

    endpoint: str
    proxy: int
    key: str = "paper:press"
    secret: str = "harbour"

    @property
    def environment(self) -> dict[str, str]:
        """What boto3 reads."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": self.key,
            "AWS_SECRET_ACCESS_KEY": self.secret,
            "AWS_DEFAULT_REGION": "us-east-1",
        }


def is_installed() -> bool:
    return all(shutil.which(program, path=_ENVIRONMENT["PATH"]) for program in PROGRAMS)


@contextmanager
def running(root: Path, *, host: str = "127.0.0.1", wrapper: Sequence[str] = ()) -> Iterator[Store]:
    """A store that is empty, in the folder `root`. `wrapper` are words before each command: another machine's."""
    names = (*KINDS, "proxy", "memcached")
    ports = {name: free_port() for name in names}
    _configure(root, host, ports)
    commands = {
        name: [f"swift-{name}-server", f"{root}/{name}-server.conf"] for name in (*KINDS, "proxy")
    }
    commands["memcached"] = ["memcached", "-l", host, "-p", str(ports["memcached"]), "-u", "nobody"]
    with ExitStack() as stack:
        started = {
            name: stack.enter_context(_running([*wrapper, *commands[name]], root / f"{name}.log"))
            for name in names
        }
        for name, process in started.items():
            wait_for(ports[name], process, host=host)
        yield Store(f"http://{host}:{ports['proxy']}", started["proxy"].pid)


def _configure(root: Path, host: str, ports: dict[str, int]) -> None:
    (root / "devices" / "disk").mkdir(parents=True)
    (root / "swift.conf").write_text(_SWIFT)
    said = {
        "root": root,
        "host": host,
        "user": getpass.getuser(),
        "memcached": ports["memcached"],
    }
    for kind in KINDS:
        text = _SERVER.format(kind=kind, port=ports[kind], **said)
        (root / f"{kind}-server.conf").write_text(text)
    (root / "proxy-server.conf").write_text(_PROXY.format(port=ports["proxy"], **said))
    places = [host, *(str(ports[kind]) for kind in KINDS)]
    subprocess.run([_PYTHON, "-c", _RINGS, *places], cwd=root, env=_ENVIRONMENT, check=True)


@contextmanager
def _running(command: list[str], log: Path) -> "Iterator[subprocess.Popen[bytes]]":
    with log.open("wb") as file:
        process = subprocess.Popen(command, env=_ENVIRONMENT, stdout=file, stderr=file)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)
