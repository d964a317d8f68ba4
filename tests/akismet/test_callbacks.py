"""Sites are told that a verdict changed."""

import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.contrib.auth import get_user_model

from broadsheet.akismet import callbacks, keys, lessons
from broadsheet.akismet.callbacks import Target
from broadsheet.akismet.lessons import Decided
from broadsheet.akismet.models import CallbackOrder, Check
from broadsheet.akismet.register import pepper
from broadsheet.learning.filters import current_filter
from broadsheet.learning.models import Decision
from broadsheet.newsroom import outgoing
from broadsheet.newsroom.outgoing import Refused
from tests.akismet.builders import a_key, check, load
from tests.clock import NOON


class Site(HTTPServer):
    """A site that answers what it is told to, and remembers what it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received: list[tuple[str, str, bytes]] = []  # path, signature, body
        self.status = 200

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((self.path, self.headers["X-Broadsheet-Signature"], body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Silence."""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def a_corrected_check(site: Site, **of_key: bool) -> Check:
    """The site asked, with a callback, and our moderator decided otherwise."""
    issued = a_key(**{"may_call_private_networks": True, **of_key})
    check(
        issued.secret,
        blog=f"http://{site.address}",
        callback=f"http://{site.address}/hook?x=1",
    )
    load()
    found = Check.objects.get()
    moderator = get_user_model().objects.create_user("mo")
    decided = Decided(Decision.SPAM, datetime.now(UTC), by=moderator)
    lessons.decide(found, decided, spam_filter=current_filter())
    return found


def test_a_site_is_told_that_a_verdict_changed(site: Site) -> None:
    corrected = a_corrected_check(site)

    callbacks.deliver_due(datetime.now(UTC))

    ((path, _, body),) = site.received
    assert path == "/hook?x=1"
    assert json.loads(body) == {
        "endpoint": "comment-check",
        "comments": [{"guid": corrected.guid, "result": "true"}],
    }
    assert not CallbackOrder.objects.exists()


def test_what_it_is_told_is_signed(site: Site) -> None:
    corrected = a_corrected_check(site)

    callbacks.deliver_due(datetime.now(UTC))

    ((_, signature, body),) = site.received
    seconds, mac = signature.removeprefix("t=").split(",v1=")
    secret = keys.callback_secret(corrected.key_id, pepper=pepper()).encode()
    assert mac == hmac.new(secret, seconds.encode() + b"." + body, hashlib.sha256).hexdigest()


def test_a_private_network_is_called_only_if_the_key_allows_it(site: Site) -> None:
    a_corrected_check(site, may_call_private_networks=False)

    callbacks.deliver_due(datetime.now(UTC))

    assert site.received == []
    assert not CallbackOrder.objects.exists()


def test_a_site_that_fails_is_told_later_and_in_the_end_not_at_all(site: Site) -> None:
    a_corrected_check(site)
    site.status = 500
    now = datetime.now(UTC)

    callbacks.deliver_due(now)
    callbacks.deliver_due(now + timedelta(seconds=30))
    assert len(site.received) == 1

    for hours in (1, 3, 20, 60, 100):
        callbacks.deliver_due(now + timedelta(hours=hours))
    assert len(site.received) == len(callbacks.PAUSES) + 1
    assert not CallbackOrder.objects.exists()


def test_a_site_that_is_away_does_not_stop_the_others(site: Site) -> None:
    a_corrected_check(site)
    site.server_close()
    site.socket = socket.socket()

    callbacks.deliver_due(datetime.now(UTC))

    assert CallbackOrder.objects.get().attempts == 1


def test_a_site_is_not_told_what_it_reported_itself(site: Site) -> None:
    issued = a_key(may_call_private_networks=True)
    check(issued.secret, blog=f"http://{site.address}", callback=f"http://{site.address}/")
    load()

    decided = Decided(Decision.SPAM, NOON, reporter="mo")
    lessons.decide(Check.objects.get(), decided, spam_filter=current_filter())

    assert not CallbackOrder.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://other.example/hook", id="another host"),
        pytest.param("https://blog.example.evil.example/", id="a host that begins alike"),
        pytest.param("https://blog.example@evil.example/", id="a user that looks like a host"),
        pytest.param("https://blog.example:22/", id="another port"),
        pytest.param("ftp://blog.example/", id="another scheme"),
        pytest.param("file:///etc/passwd", id="a file"),
        pytest.param("https://blog.example:99999/", id="no port at all"),
        pytest.param("https://[::1", id="no address at all"),
        pytest.param("", id="nothing"),
    ],
)
def test_only_the_sites_own_host_is_called(url: str) -> None:
    with pytest.raises(Refused):
        callbacks.target_of(url, site="blog.example/news")


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://blog.example/hook", Target("https", "blog.example", 443, "/hook")),
        ("http://BLOG.example", Target("http", "blog.example", 80, "/")),
        ("http://blog.example:8080/a?b=1", Target("http", "blog.example", 8080, "/a?b=1")),
    ],
)
def test_the_sites_own_host_is_found(url: str, target: Target) -> None:
    assert callbacks.target_of(url, site="blog.example:8080/news") == target


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104, not bound to
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
    ],
)
def test_private_addresses_are_told_from_public_ones(address: str, is_public: bool) -> None:
    assert outgoing.is_public(address) is is_public
