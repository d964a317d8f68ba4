"""The same server behind a real granian: what the fakes of the pure tests stand for."""

import http.client
import os
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadsheet.press import direct
from broadsheet.press.records import Page
from broadsheet.press.store import PageStore

LONG = b"<p>The ferry is late again, and nobody says why.</p>" * 40
SITE = """
    import sys
    from pathlib import Path

    from broadsheet.press import direct
    from broadsheet.press.documents import PrintedPages
    from broadsheet.press.hosts import Hosts
    from broadsheet.press.server import make_application
    from broadsheet.press.store import PageStore

    root = Path(sys.argv[1])
    asked = []

    def wsgi(environ, start):
        body = environ["wsgi.input"].read()
        start("200 OK", [("Content-Type", "text/plain")])
        if environ["PATH_INFO"] == "/long/":
            return [b"x" * 1000] * 1000
        return [environ["REQUEST_METHOD"].encode(), b" ", environ["PATH_INFO"].encode("latin-1"), b" ", body]

    if "slow" in sys.argv:
        direct.install = lambda answer: False
    app = make_application(
        hosts=Hosts(PrintedPages(PageStore(root / "pages")), changed=print), wsgi=wsgi, static_root=root / "static", media_root=root / "media"
    )
    from granian import Granian
    Granian("site_under_test:app", address="127.0.0.1", port=int(sys.argv[2]), interface="rsgi",
            websockets=False, log_enabled=False).serve(target_loader=lambda _target: app)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: "subprocess.Popen[bytes]", *, host: str = "127.0.0.1") -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.02)
    pytest.fail("the server did not start")


@pytest.fixture(scope="module", params=["", "slow"], ids=["directly", "through asyncio"])
def port(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    root = tmp_path_factory.mktemp("site")
    (root / "media").mkdir()
    (root / "media" / "quay.webp").write_bytes(bytes(range(100)))
    pages = PageStore(root / "pages")
    pages.write("/news/ferry/", Page(LONG))
    pages.write("/news/quay/gone.html", Page(b"This page was withdrawn", status=410))
    script = root / "site_under_test.py"
    script.write_text(textwrap.dedent(SITE), encoding="utf-8")
    port = free_port()
    sources = str(Path(direct.__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, str(script), str(root), str(port), request.param],
        env=os.environ | {"PYTHONPATH": sources},
    )
    wait_for(port, process)
    yield port
    process.terminate()
    process.wait(10)


def ask(
    port: int, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(
        method, path, body, {name.replace("_", "-"): value for name, value in headers.items()}
    )
    response = connection.getresponse()
    answer = response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
    connection.close()
    return answer


def test_the_installed_granian_can_be_asked_directly() -> None:
    assert direct.install(lambda _scope, _exchange: False)


def test_a_page_comes_whole_and_twice_the_same(port: int) -> None:
    first, second = ask(port, "GET", "/news/ferry/"), ask(port, "GET", "/news/ferry/")

    assert first[0] == second[0] == 200
    assert first[2] == second[2] == LONG
    assert first[1]["content-length"] == str(len(LONG))


def test_what_the_reader_has_is_not_sent_again(port: int) -> None:
    _, headers, _ = ask(port, "GET", "/news/ferry/", Accept_Encoding="gzip")

    status, _, body = ask(
        port, "GET", "/news/ferry/", Accept_Encoding="gzip", If_None_Match=headers["etag"]
    )
    assert (status, body) == (304, b"")


def test_head_tells_the_length(port: int) -> None:
    status, headers, body = ask(port, "HEAD", "/news/ferry/")

    assert (status, headers["content-length"], body) == (200, str(len(LONG)), b"")


def test_a_form_reaches_django(port: int) -> None:
    assert ask(port, "POST", "/%C3%A9crire/", b"text=yes")[2] == "POST /écrire/ text=yes".encode()


def test_a_long_answer_of_djangos_arrives_whole(port: int) -> None:
    assert len(ask(port, "GET", "/long/")[2]) == 1_000_000


def test_a_part_of_a_photo(port: int) -> None:
    status, headers, body = ask(port, "GET", "/media/quay.webp", Range="bytes=10-19")

    assert (status, body) == (206, bytes(range(10, 20)))
    assert headers["content-length"] == "10"


@pytest.mark.parametrize(
    "path",
    ["/media/..%2fpages/index.html", "/media/%2e%2e/pages/index.html", "/..%2f..%2fetc/passwd"],
)
def test_encoded_steps_up_lead_nowhere(port: int, path: str) -> None:
    assert ask(port, "GET", path)[2].startswith(b"GET ")


def test_what_was_withdrawn_is_gone_however_often_it_is_asked_for(port: int) -> None:
    status, headers, body = ask(port, "GET", "/news/quay/")

    assert (status, body) == (410, b"This page was withdrawn")
    again = ask(port, "GET", "/news/quay/", If_None_Match=headers["etag"])
    assert (again[0], again[2]) == (410, body)
