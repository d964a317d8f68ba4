"""Behind nginx: the folder served directly, as our own server would, even when the application is away."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from broadsheet.press import policy
from broadsheet.press.caddy import caddy
from broadsheet.press.nginx import nginx
from broadsheet.press.proxies import Layout
from broadsheet.press.records import Page
from broadsheet.press.store import PageStore
from tests.press.test_served import ask, free_port, wait_for
from tests.waiting import wait_until

LONG = b"<p>The ferry is late again, and nobody says why.</p>" * 40


def a_layout(root: Path, *, application: str, name: str = "_", listen: str = "80") -> Layout:
    return Layout(
        name=name,
        listen=listen,
        pages=root / "pages",
        static=root / "static",
        media=root / "media",
        application=application,
        hsts=15_552_000,
        redirects={"/old/": "/news/", '/odd "path"/': "/$money/"},
    )


def nginxs(root: Path, port: int) -> list[str]:
    """The command that starts nginx with what we write for it, and no application behind."""
    layout = a_layout(root, listen=f"127.0.0.1:{port}", application=f"127.0.0.1:{free_port()}")
    configuration = root / "nginx.conf"
    configuration.write_text(
        f"{'user root;' if os.getuid() == 0 else ''} daemon off; pid {root}/nginx.pid; error_log {root}/error.log; events {{ }}\n"
        f"http {{ access_log off; include /etc/nginx/mime.types; client_body_temp_path {root}/body;\n"
        f"proxy_temp_path {root}/proxy; {nginx(layout)} }}\n",
        encoding="utf-8",
    )
    return ["nginx", "-c", str(configuration)]


def caddys(root: Path, port: int) -> list[str]:
    layout = a_layout(root, name=f"http://:{port}", application=f"127.0.0.1:{free_port()}")
    configuration = root / "Caddyfile"
    configuration.write_text(f"{{\n\tadmin off\n}}\n{caddy(layout)}", encoding="utf-8")
    return ["caddy", "run", "--config", str(configuration)]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site."""
    return tmp_path_factory.mktemp("paper")


@pytest.fixture(scope="module", params=[nginxs, caddys], ids=["nginx", "Caddy"])
def port(request: pytest.FixtureRequest, root: Path) -> Iterator[int]:
    """A web server with a printed paper in `root`, and no application behind it."""
    port = free_port()
    command = request.param(root, port)
    if shutil.which(command[0]) is None and os.environ.get("CI") != "true":
        pytest.skip(f"{command[0]} is not installed")
    store = PageStore(root / "pages")
    for path in ("/", "/news/"):
        store.write(path, Page(LONG))
    store.write("/feed.xml", Page(LONG, "application/rss+xml; charset=utf-8"))
    store.write("/news/ferry/gone.html", Page(b"This page was withdrawn", status=410))
    store.write("/404.html", Page(b"This page is not in the paper"))
    store.write("/away.html", Page(b"Reload this page to send it once more"))
    for folder in ("media/documents", "static"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "media/quay.svg").write_text("<svg/>", encoding="utf-8")
    (root / "media/page.html").write_text("<script>", encoding="utf-8")
    (root / "media/documents/draft.pdf").write_bytes(b"draft")
    (root / "static/paper.0123456789ab.css").write_text("a{}", encoding="utf-8")
    process = subprocess.Popen(
        command, env=os.environ | {"HOME": str(root)}, stderr=subprocess.DEVNULL
    )
    wait_for(port, process)
    yield port
    process.terminate()
    process.wait(10)


@pytest.mark.parametrize("path", ["/", "/news/"])
def test_pages_are_served_without_the_application(port: int, path: str) -> None:
    status, headers, body = ask(port, "GET", path)

    assert (status, body) == (200, LONG)
    assert headers["content-type"] == "text/html; charset=utf-8"
    expected = dict(policy.security_headers(path)) | {"cache-control": policy.PAGE_CACHING}
    assert {name: headers[name] for name in expected} == expected


def test_that_browsers_shall_come_by_tls_is_said_by_tls_only(port: int) -> None:
    assert "strict-transport-security" not in ask(port, "GET", "/")[1]


@pytest.mark.parametrize("write", [nginx, caddy])
@pytest.mark.parametrize(("hsts", "is_said"), [(15_552_000, True), (0, False)])
def test_how_long_is_written_where_it_is_wanted(
    write: Callable[[Layout], str], hsts: int, is_said: bool, tmp_path: Path
) -> None:
    layout = replace(a_layout(tmp_path, application="127.0.0.1:1"), hsts=hsts)

    assert ("max-age=15552000" in write(layout)) is is_said


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_a_page_printed_anew_is_seen_soon(port: int, root: Path, coding: str) -> None:
    def etag() -> str:
        return ask(port, "GET", "/anew/", Accept_Encoding=coding)[1]["etag"]

    store = PageStore(root / "pages")
    store.write("/anew/", Page(LONG))
    before = etag()

    store.write("/anew/", Page(LONG + b"And now she does."))

    wait_until(lambda: etag() != before)  # nginx looks again after a second


def test_the_stored_gzip_form_is_sent(port: int) -> None:
    _, headers, body = ask(port, "GET", "/news/", Accept_Encoding="gzip")

    assert headers["content-encoding"] == "gzip"
    assert len(body) < len(LONG) / 5


def test_a_feed_says_what_it_is(port: int) -> None:
    assert ask(port, "GET", "/feed.xml")[1]["content-type"] == "application/rss+xml; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "location"), [("/news", "/news/"), ("/old/", "/news/"), ("/news?a=1", "/news/?a=1")]
)
def test_other_addresses_lead_to_the_page(port: int, path: str, location: str) -> None:
    status, headers, _ = ask(port, "GET", path)

    assert status in {301, 308}
    assert headers["location"] == location


@pytest.mark.parametrize(
    "path", ["/.press/token", "/.press/pages/index.html.json", "/media/documents/draft.pdf"]
)
def test_what_is_not_for_readers_is_not_found(port: int, path: str) -> None:
    status, headers, body = ask(port, "GET", path)

    assert (status, body) == (404, b"This page is not in the paper")
    assert headers["content-security-policy"] == policy.READERS_POLICY


def test_what_was_withdrawn_is_gone(port: int) -> None:
    status, headers, body = ask(port, "GET", "/news/ferry/")

    assert (status, body) == (410, b"This page was withdrawn")
    assert headers["content-security-policy"] == policy.READERS_POLICY


def test_the_page_that_says_so_has_no_address_of_its_own(port: int) -> None:
    assert ask(port, "GET", "/news/ferry/gone.html")[0] != 200


def test_uploads_never_run(port: int) -> None:
    svg, page = ask(port, "GET", "/media/quay.svg")[1], ask(port, "GET", "/media/page.html")[1]

    assert "sandbox" in svg["content-security-policy"]
    assert "content-disposition" not in svg
    assert page["content-disposition"] == "attachment"


def test_static_files_are_kept_for_good(port: int) -> None:
    assert "immutable" in ask(port, "GET", "/static/paper.0123456789ab.css")[1]["cache-control"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_the_application_a_form_says_to_try_again(port: int, method: str) -> None:
    status, headers, body = ask(port, method, "/comments/on/1/", b"text=hello")

    assert (status, headers["retry-after"], headers["cache-control"]) == (503, "30", "no-store")
    assert b"Reload this page" in body


def test_a_page_can_only_be_read(port: int) -> None:
    assert ask(port, "POST", "/news/", b"x")[0] == 405


def test_head_tells_the_length(port: int) -> None:
    status, headers, body = ask(port, "HEAD", "/news/")

    assert (status, headers["content-length"], body) == (200, str(len(LONG)), b"")


def test_what_the_reader_has_is_not_sent_again(port: int) -> None:
    _, headers, _ = ask(port, "GET", "/news/")

    assert ask(port, "GET", "/news/", If_None_Match=headers["etag"])[0] == 304
