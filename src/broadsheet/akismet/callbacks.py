"""Telling a site that a verdict changed: a signed POST to the address that it gave with its check.

Only to the site's own host; and, unless its key allows that, never into a private network: the address is looked up
once, judged, and that very address is connected to. No redirect is followed, and nothing is read but the status.
"""

import hashlib
import hmac
import http.client
import json
import logging
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from broadsheet.newsroom.outgoing import Refused, public_address

from . import keys
from .models import CallbackOrder, Check
from .register import pepper

logger = logging.getLogger(__name__)

WITHIN = 5.0  # seconds for all of one delivery
AT_ONCE = 20
# After a failed attempt; then it is given up.
PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=12))


@dataclass(frozen=True, slots=True)
class Target:
    """Where a callback goes. `port` and `host` as the URL says."""

    scheme: str
    host: str
    port: int
    path: str


def order(check: Check, *, now: datetime) -> None:
    """Have the site told, if it asked for that; told twice it is only once, with what is true then."""
    if check.callback:
        CallbackOrder.objects.update_or_create(
            check_made=check, defaults={"due_at": now, "attempts": 0}
        )


def deliver_due(now: datetime) -> None:
    """Send what is due, some at a time. For the background worker."""
    due = CallbackOrder.objects.filter(due_at__lte=now).order_by("due_at")
    for callback in due.select_related("check_made__key", "check_made__site")[:AT_ONCE]:
        check = callback.check_made
        try:
            target = target_of(check.callback, site=check.site.address)
            allow_private = check.key.may_call_private_networks
            status = send(
                target, body_of(check), check.key_id, now=now, allow_private=allow_private
            )
        except Refused as error:
            logger.warning("The callback %s is not called: %s", check.callback, error)
            callback.delete()
            continue
        except (OSError, http.client.HTTPException, ValueError) as error:
            logger.info("The callback %s failed: %s", check.callback, error)
            status = 0
        _note(callback, is_done=200 <= status < 300 or status == 410, now=now)


def _note(callback: CallbackOrder, *, is_done: bool, now: datetime) -> None:
    if is_done or callback.attempts >= len(PAUSES):
        callback.delete()
        return
    callback.due_at = now + PAUSES[callback.attempts]
    callback.attempts += 1
    callback.save()


def target_of(url: str, *, site: str) -> Target:
    """Where `url` leads, if that is on the `site` ("example.org/blog"). Raises Refused."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        own = urlsplit(f"//{site}")
        own_host, own_port = own.hostname or "", own.port
    except ValueError as error:
        raise Refused("it is no address") from error
    if parts.scheme not in {"http", "https"} or parts.username or not url.isascii():
        raise Refused("it is no plain web address")
    if not host or host != own_host:
        raise Refused(f"it is not on {own_host}")
    port = port or (443 if parts.scheme == "https" else 80)
    if port not in {80, 443, own_port}:
        raise Refused(f"port {port} is not the site's")
    query = f"?{parts.query}" if parts.query else ""
    return Target(parts.scheme, host, port, (parts.path or "/") + query)


def body_of(check: Check) -> bytes:
    """What is sent: the form that the WordPress plugin's webhook reads."""
    result = "true" if check.now_spam else "false"
    content = {"endpoint": "comment-check", "comments": [{"guid": check.guid, "result": result}]}
    return json.dumps(content).encode()


def signature(body: bytes, key_id: int, *, now: datetime) -> str:
    """`t=<POSIX seconds>,v1=<HMAC-SHA-256 of "<seconds>.<body>", hex>`, by the key's callback secret."""
    seconds = int(now.timestamp())
    secret = keys.callback_secret(key_id, pepper=pepper()).encode()
    mac = hmac.new(secret, b"%d." % seconds + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={mac}"


def send(target: Target, body: bytes, key_id: int, *, now: datetime, allow_private: bool) -> int:
    """POST `body`, signed; the status of the answer. Raises Refused, OSError, HTTPException."""
    headers = {
        "Content-Type": "application/json",
        "X-Broadsheet-Signature": signature(body, key_id, now=now),
    }
    return post(target, body, headers, allow_private=allow_private)


def post(target: Target, body: bytes, headers: Mapping[str, str], *, allow_private: bool) -> int:
    """POST `body`; the status of the answer. Raises Refused, OSError, HTTPException."""
    deadline = time.monotonic() + WITHIN
    address = public_address(target.host, target.port, allow_private=allow_private)
    connection = http.client.HTTPConnection(target.host, target.port)
    with socket.create_connection((address, target.port), timeout=WITHIN) as plain:
        connection.sock = plain
        if target.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(plain, server_hostname=target.host)
        with connection.sock:
            own = {"User-Agent": "Broadsheet", "Connection": "close"}
            connection.request("POST", target.path, body, own | dict(headers))
            return _status(connection.sock, deadline)


def _status(sock: socket.socket, deadline: float) -> int:
    """The status of an HTTP/1 answer, whose first bytes must come before the `deadline`."""
    line = b""
    while len(line) < 12 and (left := deadline - time.monotonic()) > 0:
        sock.settimeout(left)
        received = sock.recv(12 - len(line))
        if not received:
            break
        line += received
    if not line.startswith(b"HTTP/1.") or not line[9:12].isdigit():
        raise http.client.HTTPException("no HTTP answer came in time")
    return int(line[9:12])
