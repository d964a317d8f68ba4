"""Which network addresses this machine may call when someone else has named the host. Plain Python.

The caller connects to the very address that was judged, so that a second answer of the name service changes nothing.
"""

import ipaddress
import socket

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv6 addresses that stand for IPv4 ones


class Refused(ValueError):
    """An address that is not to be called."""


def public_address(host: str, port: int, *, allow_private: bool) -> str:
    """The IP address to call. Raises Refused when one of the host's addresses is not public, and OSError for none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not allow_private and not all(is_public(address) for address in addresses):
        raise Refused(f"{host} is in a private network")
    return addresses[0]


def is_public(address: str) -> bool:
    """Is it an address of the public Internet, whatever it is wrapped in?"""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is not None:
            return is_public(str(inner))
        if ip in _TRANSLATED or ip.teredo:
            return False
    return ip.is_global and not ip.is_multicast
