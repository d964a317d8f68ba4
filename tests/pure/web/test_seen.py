"""The server's outermost part: health, who may read figures, and what is counted."""

import asyncio
import ipaddress
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from broadsheet.press.rsgi import Exchange, Scope
from broadsheet.web.seeing.front import LEAVING, Door, Seen
from broadsheet.web.seeing.tally import Tally

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


@dataclass
class AScope:
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    client: str = "127.0.0.1:5"
    method: str = "GET"
    scheme: str = "http"


@dataclass
class AnExchange:
    said: list[tuple[Any, ...]] = field(default_factory=list)

    def response_str(self, *said: Any) -> None:
        self.said.append(said)


@dataclass
class ANode:
    tally: Tally = field(default_factory=Tally)
    asked: int = 0

    def start(self) -> None: ...
    def close(self) -> None: ...

    def ready(self) -> tuple[int, str]:
        self.asked += 1
        return 503, "no database\n"

    def metrics(self) -> tuple[int, str]:
        return 200, "x 1\n"


class Behind:
    async def __rsgi__(self, scope: Scope, proto: Exchange) -> None:
        proto.response_str(404, [("content-type", "text/plain")], "no")


def seen(folder: Path, node: ANode, **door: Any) -> Seen:
    settings: dict[str, Any] = {"networks": LOOPBACK, "token": "", "trusted_proxies": ()} | door
    return Seen(Behind(), node=node, door=Door(**settings), folder=folder)


def ask(application: Seen, scope: AScope) -> tuple[Any, ...]:
    exchange = AnExchange()
    answering = application.__rsgi__(cast(Scope, scope), cast(Exchange, exchange))
    asyncio.run(cast(Coroutine[Any, Any, None], answering))
    return exchange.said[0]


def test_a_node_is_healthy_until_it_is_leaving(tmp_path: Path) -> None:
    application = seen(tmp_path, ANode())

    assert ask(application, AScope("/healthz"))[0] == 200
    (tmp_path / LEAVING).touch()
    assert ask(application, AScope("/healthz"))[0] == 503


def test_the_database_is_asked_once_a_second_at_most(tmp_path: Path) -> None:
    node = ANode()
    application = seen(tmp_path, node)

    assert [ask(application, AScope("/readyz"))[::2] for _ in range(3)] == [
        (503, "no database\n")
    ] * 3
    assert node.asked == 1


PROXY = (ipaddress.ip_network("127.0.0.1/32"),)


@pytest.mark.parametrize(
    ("scope", "door", "status"),
    [
        pytest.param(AScope("/metrics"), {}, 200, id="this machine may"),
        pytest.param(AScope("/metrics", client="192.0.2.1:5"), {}, 403, id="others may not"),
        pytest.param(
            AScope("/metrics", {"x-forwarded-for": "192.0.2.1"}),
            {},
            403,
            id="nor readers behind a proxy on this machine that nobody trusts",
        ),
        pytest.param(
            AScope("/metrics", {"x-forwarded-for": "192.0.2.1"}),
            {"trusted_proxies": PROXY},
            403,
            id="nor readers behind one that is trusted",
        ),
        pytest.param(
            AScope("/metrics", {"authorization": "Bearer s3cret"}, client="192.0.2.1:5"),
            {"token": "s3cret"},
            200,
            id="who knows the token may",
        ),
        pytest.param(
            AScope("/metrics", {"authorization": "Bearer "}, client="192.0.2.1:5"),
            {},
            403,
            id="without a token set, an empty one opens nothing",
        ),
    ],
)
def test_figures_are_for_the_operator(
    tmp_path: Path, scope: AScope, door: dict[str, Any], status: int
) -> None:
    assert ask(seen(tmp_path, ANode(), **door), scope)[0] == status


def test_every_other_answer_is_counted_and_carries_the_requests_id(tmp_path: Path) -> None:
    node = ANode()
    scope = AScope("/x", {"x-request-id": "from-the-balancer"})

    status, headers, _ = ask(seen(tmp_path, node), scope)

    assert status == 404
    assert ("x-request-id", "from-the-balancer") in headers
    assert node.tally.answers() == {("file", 404): 1}


def test_an_id_that_is_none_is_replaced(tmp_path: Path) -> None:
    _, headers, _ = ask(seen(tmp_path, ANode()), AScope("/x", {"x-request-id": "a b\n"}))

    assert len(dict(headers)["x-request-id"]) == 16
