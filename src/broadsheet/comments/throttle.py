"""How often one address may try wrong keys. Plain Python, in memory, bounded."""

import ipaddress
import threading
from collections import OrderedDict


class Throttle:
    """A bucket of `burst` tries for each address, refilled with `per_minute`; the longest unseen are forgotten."""

    def __init__(self, *, burst: int, per_minute: float, most: int = 10_000) -> None:
        self._burst = burst
        self._per_second = per_minute / 60
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tries left, at
        self._lock = threading.Lock()

    def wait(self, address: str, *, clock: float) -> float:
        """Take one try. Returns the seconds until the next is allowed: 0 when this one was."""
        who = neighbourhood(address)
        with self._lock:
            left, at = self._buckets.pop(who, (float(self._burst), clock))
            left = min(self._burst, left + (clock - at) * self._per_second)
            allowed = left >= 1
            self._buckets[who] = (left - 1 if allowed else left, clock)
            if len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - left) / self._per_second


def neighbourhood(address: str) -> str:
    """An IPv4 address, or the /64 that an IPv6 address lies in: whoever has one has all of it."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
