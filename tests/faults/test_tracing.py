"""A served newspaper whose operator wants spans: what readers do is told to the collector, and nothing about them."""

import re
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.collector import Collector
from tests.journeys.served import Served

pytestmark = pytest.mark.fault

ARRIVE_WITHIN = 60  # seconds; they are sent every five, on a machine that does much else


def test_spans_tell_what_was_done_and_nothing_of_who_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Collector() as collector:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address)
        with Served.start(tmp_path / "site") as served:
            path = served.published_article("The ferry runs again")
            served.wait_until_printed()
            get(f"{served.address}/editor/login/?next=/editor/%3Fq=ann@mail.example")
            receipt = comment(served, path)
            get(receipt)
            names = ["GET /editor/login/", "print", "judge", "keep comments", "send letters"]
            collector.wait_for(names, seconds=ARRIVE_WITHIN)
            printed = len(collector.spans["GET /"])
            for _ in range(20):
                get(f"{served.address}/")

        assert len(collector.spans["GET /"]) == printed  # pages that are printed tell nobody
    key = receipt.rstrip("/").rpartition("/")[2]
    for secret in (key, "ann@mail.example", "127.0.0.1", "Ann Onymous", "I was on the quay"):
        assert secret.encode() not in collector.received
    (login,) = collector.spans["GET /editor/login/"]
    assert login.attributes["http.response.status_code"] == 200
    assert re.fullmatch(r"[0-9a-f]{16}", login.attributes["broadsheet.request.id"])
    assert login.process["broadsheet.process"] == "server"
    assert collector.spans["judge"][0].attributes["broadsheet.judgement"] in (
        "ham",
        "unsure",
        "spam",
    )
    assert collector.spans["send letters"][0].process["broadsheet.process"] == "background"
    assert any(
        "<" in name for name in collector.spans if name.startswith("GET ")
    )  # the receipt's pattern


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310, our own
        body: bytes = answer.read()
    return body.decode()


def comment(served: Served, path: str) -> str:
    """Write one; returns the private receipt's address."""
    page = get(f"{served.address}{path}")
    action = re.search(r'action="(/comments/on/\d+/)"', page)
    assert action
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    form = {
        "author": "Ann Onymous",
        "email": "ann@mail.example",
        "text": "I was on the quay today.",
    }
    form["token"] = token[1]
    request = urllib.request.Request(  # noqa: S310, our own
        f"{served.address}{action[1]}", urllib.parse.urlencode(form).encode()
    )
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return str(answer.geturl())
