"""A real Varnish with the configuration that we write, in front of a server that answers as the paper's pages do."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError

import pytest

from broadsheet.press import policy
from broadsheet.press.purging import Varnish
from broadsheet.press.varnish import varnish
from tests.press.test_served import ask, free_port, wait_for

FERRY = "/news/ferry/"


class Paper(ThreadingHTTPServer):
    """Counts what it is asked for; answers with 503 while `is_away`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Pages)
        self.editions: dict[str, int] = {}
        self.is_away = False


class _Pages(BaseHTTPRequestHandler):
    server: Paper

    def do_GET(self) -> None:
        is_well = self.path == "/healthz" or not self.server.is_away
        if self.path != "/healthz":
            self.server.editions[self.path] = self.server.editions.get(self.path, 0) + 1
        body = b"edition %d" % self.server.editions.get(self.path, 0)
        self.send_response(200 if is_well else 503)
        self.send_header("Cache-Control", policy.page_caching(300))
        self.send_header("Surrogate-Key", "page-1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def paper() -> Iterator[Paper]:
    with Paper() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@contextmanager
def served(root: Path, configuration: str) -> Iterator[int]:
    """Varnish's port."""
    file, port = root / "paper.vcl", free_port()
    file.write_text(configuration, encoding="utf-8")
    command = [
        "varnishd",
        "-j",
        "none",
        "-F",
        "-n",
        str(root / "work"),
        "-f",
        str(file),
        "-s",
        "malloc,16m",
    ]
    process = subprocess.Popen(
        [*command, "-a", f"127.0.0.1:{port}", "-p", "thread_pool_min=5"], stderr=subprocess.DEVNULL
    )
    wait_for(port, process)
    yield port
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="module")
def port(paper: Paper, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    if shutil.which("varnishd") is None and os.environ.get("CI") != "true":
        pytest.skip("Varnish is not installed")
    configuration = varnish([f"127.0.0.1:{paper.server_port}"], ["127.0.0.1"])
    with served(tmp_path_factory.mktemp("varnish"), configuration) as port:
        yield port


def body(port: int, path: str) -> bytes:
    return ask(port, "GET", path)[2]


def purge(port: int, path: str) -> None:
    Varnish({"LOCATION": f"http://127.0.0.1:{port}"}).purge(f"http://127.0.0.1:{port}{path}")


def test_a_page_is_kept_until_it_is_purged_and_no_other_is_asked_for_anew(port: int) -> None:
    first = [body(port, FERRY), body(port, FERRY), body(port, "/")]

    purge(port, FERRY)

    assert first == [b"edition 1"] * 3
    assert body(port, FERRY) == b"edition 2"
    assert body(port, "/") == b"edition 1"


def test_an_editor_goes_past(port: int, paper: Paper) -> None:
    before = paper.editions.get("/past/", 0)
    for _ in range(2):
        ask(port, "GET", "/past/", Cookie="sessionid=x")

    assert paper.editions["/past/"] == before + 2


def test_keys_are_for_caches_alone(port: int) -> None:
    assert "surrogate-key" not in ask(port, "GET", "/keys/")[1]


def test_nobody_else_may_purge(paper: Paper, tmp_path: Path, port: int) -> None:
    with (
        served(tmp_path, varnish([f"127.0.0.1:{paper.server_port}"], ["10.9.9.9"])) as guarded,
        pytest.raises(HTTPError, match="Not for you"),
    ):
        purge(guarded, FERRY)
