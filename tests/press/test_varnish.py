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
from tests.waiting import wait_until

FERRY = "/news/ferry/"


class Paper(ThreadingHTTPServer):
    """Counts what it is asked for. Its pages fail while it is `failing`, its health, too, while it is `ill`.

    What is below /short/ is kept for a second, all else for five minutes.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Pages)
        self.editions: dict[str, int] = {}
        self.failing = self.ill = False


class _Pages(BaseHTTPRequestHandler):
    server: Paper

    def do_GET(self) -> None:
        is_well = not self.server.ill and (self.path == "/healthz" or not self.server.failing)
        if self.path != "/healthz":
            self.server.editions[self.path] = self.server.editions.get(self.path, 0) + 1
        body = b"edition %d" % self.server.editions.get(self.path, 0)
        self.send_response(200 if is_well else 503)
        keep = 1 if self.path.startswith("/short/") else 300
        self.send_header("Cache-Control", policy.page_caching(keep))
        self.send_header("Surrogate-Key", "page-1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
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
    root.mkdir(exist_ok=True)
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


@pytest.fixture
def port(paper: Paper, tmp_path: Path) -> Iterator[int]:
    if shutil.which("varnishd") is None and os.environ.get("CI") != "true":
        pytest.skip("Varnish is not installed")
    configuration = varnish([f"127.0.0.1:{paper.server_port}"], ["127.0.0.1"])
    assert "set beresp.grace = 24h;" in configuration
    # Nobody waits here for the minute in which a page that ran out is served while a new one is fetched.
    with served(tmp_path, configuration.replace("req.grace = 60s", "req.grace = 0s")) as port:
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


def test_what_ran_out_is_fetched_anew_while_a_node_is_well(port: int) -> None:
    assert body(port, "/short/a/") == b"edition 1"

    wait_until(lambda: body(port, "/short/a/") == b"edition 2")


def test_while_no_node_is_well_old_pages_are_served(port: int, paper: Paper) -> None:
    assert body(port, "/short/b/") == b"edition 1"
    paper.ill = True
    wait_until(lambda: asked_in_vain(port, paper))
    fetched = paper.editions["/short/b/"]

    status, headers, page = ask(port, "GET", "/short/b/")

    assert (status, page) == (200, b"edition %d" % fetched)
    assert int(headers["age"]) > 1  # it had run out
    assert paper.editions["/short/b/"] == fetched
    assert ask(port, "GET", "/never/seen/")[0] == 503


def asked_in_vain(port: int, paper: Paper) -> bool:
    """Does Varnish know that the node is ill? It doesn't even ask it then."""
    before = paper.editions.get("/probe/", 0)
    body(port, "/probe/")
    return paper.editions.get("/probe/", 0) == before


def test_a_page_that_fails_is_served_as_it_was_though_the_node_says_it_is_well(
    port: int, paper: Paper
) -> None:
    assert body(port, "/short/c/") == b"edition 1"
    paper.failing = True
    wait_until(lambda: paper_was_asked_again(port, paper, "/short/c/"))

    assert ask(port, "GET", "/short/c/")[0] == 200
    assert body(port, "/short/c/") == b"edition 1"

    paper.failing = False
    wait_until(lambda: body(port, "/short/c/") != b"edition 1")


def paper_was_asked_again(port: int, paper: Paper, path: str) -> bool:
    body(port, path)
    return paper.editions[path] > 1


def test_a_failure_is_not_kept_and_asked_for_twice_at_most(port: int, paper: Paper) -> None:
    paper.failing = True
    assert ask(port, "GET", "/new/")[0] == 503
    assert paper.editions["/new/"] == 2

    paper.failing = False

    assert body(port, "/new/") == b"edition 3"


def test_an_editor_goes_past(port: int, paper: Paper) -> None:
    before = paper.editions.get("/past/", 0)
    for _ in range(2):
        ask(port, "GET", "/past/", Cookie="sessionid=x")

    assert paper.editions["/past/"] == before + 2


def test_keys_are_for_caches_alone(port: int) -> None:
    assert "surrogate-key" not in ask(port, "GET", "/keys/")[1]


def test_nobody_else_may_purge(paper: Paper, tmp_path: Path, port: int) -> None:
    with (
        served(
            tmp_path / "guarded", varnish([f"127.0.0.1:{paper.server_port}"], ["10.9.9.9"])
        ) as guarded,
        pytest.raises(HTTPError, match="Not for you"),
    ):
        purge(guarded, FERRY)
