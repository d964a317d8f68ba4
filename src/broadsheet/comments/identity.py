"""Hashes that only this site can make: of readers' addresses, e-mail addresses, and receipts. Plain Python.

HMAC-SHA-256 cut to 128 bits, with a purpose in the key, so that no hash can be compared across purposes or sites.
"""

import hmac
import ipaddress
from dataclasses import dataclass
from hashlib import sha256

_LENGTH = 32  # hexadecimal digits


@dataclass(frozen=True, slots=True)
class Origin:
    """What is kept of the network address that a submission came from; empty where there was none."""

    network: str = ""  # "203.0.113.0/24" or "2001:db8:1::/48"
    address_hash: str = ""


def keyed_hash(secret: str, purpose: str, *parts: str) -> str:
    """32 hexadecimal digits. Parts are told apart: ("ab", "c") differs from ("a", "bc")."""
    message = "\0".join((purpose, *(part.replace("\0", " ") for part in parts)))
    return hmac.new(secret.encode(), message.encode("utf-8", "surrogatepass"), sha256).hexdigest()[
        :_LENGTH
    ]


def origin(secret: str, address: str) -> Origin:
    """The /24 or /48 of `address`, and its hash (of an IPv6 address: of its /64, which is one household)."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return Origin()
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    if isinstance(parsed, ipaddress.IPv6Address):
        kept, hashed = _network(parsed, 48), _network(parsed, 64)
    else:
        kept, hashed = _network(parsed, 24), str(parsed)
    return Origin(network=kept, address_hash=keyed_hash(secret, "address", hashed))


def _network(address: ipaddress.IPv4Address | ipaddress.IPv6Address, bits: int) -> str:
    return str(ipaddress.ip_network((address, bits), strict=False))


def email_hash(secret: str, email: str) -> str:
    """The hash by which an author is known again; "" without an address."""
    return keyed_hash(secret, "e-mail", email.strip().lower()) if email.strip() else ""
