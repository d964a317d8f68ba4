"""Who sent a request, as far as the site's own proxies can be believed, and whether its form was ours."""

import ipaddress
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Sender:
    """What a request tells of who sent it."""

    address: str
    user_agent: str = ""
    referrer: str = ""


Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def client_address(*, peer: str, forwarded_for: str, trusted: Iterable[Network]) -> str:
    """The address nearest to us that is none of the `trusted` proxies: `X-Forwarded-For` is read from the right.

    Whatever a stranger writes into that header stands further left than what our own proxies add.
    """
    trusted = tuple(trusted)
    address = peer
    hops = [hop.strip() for hop in forwarded_for.split(",") if hop.strip()]
    while hops and _is_in(address, trusted):
        candidate = hops.pop()
        if _parsed(candidate) is None:
            break
        address = candidate
    return address


def is_from_our_pages(
    headers: Mapping[str, str], *, host: str, address: str, copies: Collection[str] = ()
) -> bool:
    """Was a form sent from this site? Browsers say so in `Sec-Fetch-Site` or `Origin`; what says neither is no browser.

    `host` is the request's own, `address` the site's public base ("" where none is set). `copies` are the origins at which
    static copies of its pages stand: `https://www.paper.example`.
    """
    if headers.get("Origin") in copies:
        return True
    fetched_from = headers.get("Sec-Fetch-Site")
    if fetched_from is not None:
        return fetched_from in {"same-origin", "none"}
    origin = headers.get("Origin")
    return origin is None or urlsplit(origin).netloc in {host, urlsplit(address).netloc} - {""}


def _is_in(address: str, networks: Iterable[Network]) -> bool:
    parsed = _parsed(address)
    return parsed is not None and any(parsed in network for network in networks)


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(address)
    except ValueError:
        return None
