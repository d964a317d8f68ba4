"""A request as WSGI (PEP 3333) describes it, and who sent it. Plain Python."""

import ipaddress
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

from .rsgi import Scope

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_NOT_PASSED_ON = {"proxy"}  # CGI would make HTTP_PROXY of it, which libraries believe
_ONLY_FROM_PROXIES = {"forwarded", "x-real-ip"}
_UNIX = "127.0.0.1"  # who speaks through a socket file is this machine's own proxy


@dataclass(frozen=True, slots=True)
class Client:
    """Who asks, as far as it can be believed."""

    address: str
    scheme: str  # http or https


def client_of(scope: Scope, trusted_proxies: Sequence[Network]) -> Client:
    """The reader behind proxies that we trust: `X-Forwarded-*` counts only from them.

    Of the addresses in `X-Forwarded-For` the last one that isn't a trusted proxy is the reader's; what stands before
    it could have been written by anyone.
    """
    peer = scope.client.rpartition(":")[0].strip("[]") or scope.client or _UNIX
    if not trusted_proxies or not _is_trusted(peer, trusted_proxies):
        return Client(peer, scope.scheme)
    address = peer
    for candidate in reversed((scope.headers.get("x-forwarded-for") or "").split(",")):
        candidate = candidate.strip()
        if not _is_address(candidate):
            break
        address = candidate
        if not _is_trusted(candidate, trusted_proxies):
            break
    scheme = (scope.headers.get("x-forwarded-proto") or "").strip().lower()
    return Client(address, scheme if scheme in {"http", "https"} else scope.scheme)


def _is_address(value: str) -> bool:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return False
    return True


def _is_trusted(value: str, networks: Sequence[Network]) -> bool:
    try:
        address = ipaddress.ip_address(value)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return any((mapped or address) in network for network in networks)


def environ_of(scope: Scope, client: Client, body: IO[bytes], length: int) -> dict[str, Any]:
    """The WSGI environment; `body` holds `length` bytes and is read from where it stands."""
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode(errors="replace").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "CONTENT_TYPE": scope.headers.get("content-type") or "",
        "CONTENT_LENGTH": str(length),
        "SERVER_NAME": host.strip("[]") or "localhost",
        "SERVER_PORT": port or "80",
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": client.address,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": client.scheme,
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    environ.update(_header_variables(scope))
    if scope.authority and "HTTP_HOST" not in environ:  # HTTP/2 has no Host
        environ["HTTP_HOST"] = scope.authority
    return environ


def _header_variables(scope: Scope) -> dict[str, str]:
    variables: dict[str, str] = {}
    for name, value in scope.headers.items():
        if not _is_passed_on(name):
            continue
        variable = "HTTP_" + name.upper().replace("-", "_")
        separator = "; " if name == "cookie" else ","
        variables[variable] = (
            f"{variables[variable]}{separator}{value}" if variable in variables else value
        )
    return variables


def _is_passed_on(name: str) -> bool:
    """`X_Forwarded_For` would pass for `X-Forwarded-For`; and Django needs no proxy's word: it has ours."""
    return not (
        "_" in name
        or name in _NOT_PASSED_ON
        or name in _ONLY_FROM_PROXIES
        or name.startswith("x-forwarded-")
        or name in {"content-type", "content-length", "transfer-encoding"}
    )
