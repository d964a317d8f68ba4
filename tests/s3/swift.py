"""A real S3-compatible store for tests: OpenStack Swift with its s3api, as Debian packages it, on one machine and one folder."""

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.press.test_served import free_port, wait_for

KINDS = ("account", "container", "object")
PROGRAMS = ("memcached", "swift-ring-builder", "swift-proxy-server", "swift-object-server")
_ENVIRONMENT = {"PATH": f"{os.environ['PATH']}:/usr/sbin", "HOME": "/tmp"}  # noqa: S108, Swift reads nothing there

_SWIFT = """\
[swift-hash]
swift_hash_path_prefix = a
swift_hash_path_suffix = b
"""
_COMMON = """\
[DEFAULT]
bind_ip = 127.0.0.1
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
memcache_servers = 127.0.0.1:{memcached}
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


@dataclass(frozen=True, slots=True)
class Store:
    """Where it is, and who may use it."""

    endpoint: str
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
def running(root: Path) -> Iterator[Store]:
    """A store that is empty, in the folder `root`."""
    ports = {name: free_port() for name in (*KINDS, "proxy", "memcached")}
    (root / "devices" / "disk").mkdir(parents=True)
    (root / "swift.conf").write_text(_SWIFT)
    said = {"root": root, "user": getpass.getuser(), "memcached": ports["memcached"]}
    for kind in KINDS:
        _write_ring(root, kind, ports[kind])
        text = _SERVER.format(kind=kind, port=ports[kind], **said)
        (root / f"{kind}-server.conf").write_text(text)
    (root / "proxy-server.conf").write_text(_PROXY.format(port=ports["proxy"], **said))
    commands = {
        name: [f"swift-{name}-server", f"{root}/{name}-server.conf"] for name in (*KINDS, "proxy")
    }
    commands["memcached"] = [
        "memcached",
        "-l",
        "127.0.0.1",
        "-p",
        str(ports["memcached"]),
        "-u",
        "nobody",
    ]
    with ExitStack() as stack:
        for name, command in commands.items():
            stack.enter_context(_running(command, ports[name], root / f"{name}.log"))
        yield Store(f"http://127.0.0.1:{ports['proxy']}")


def _write_ring(root: Path, kind: str, port: int) -> None:
    for arguments in (
        ["create", "4", "1", "1"],
        ["add", f"r1z1-127.0.0.1:{port}/disk", "1"],
        ["rebalance"],
    ):
        subprocess.run(
            ["swift-ring-builder", f"{kind}.builder", *arguments],
            cwd=root,
            env=_ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            check=True,
        )


@contextmanager
def _running(command: list[str], port: int, log: Path) -> Iterator[None]:
    with log.open("wb") as file:
        process = subprocess.Popen(command, env=_ENVIRONMENT, stdout=file, stderr=file)
    try:
        wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait(10)
