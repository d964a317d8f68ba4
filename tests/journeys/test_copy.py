"""A static copy at another host: its readers' comments reach the application, and nobody else's forms do."""

import json
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import prepared
from tests.journeys.conftest import PATIENCE
from tests.journeys.served import Served
from tests.journeys.shell import COMMAND, environment

TEXT = "I was on the first crossing this morning, and the kettle in the saloon works again. Well done to the yard."


class Quietly(SimpleHTTPRequestHandler):
    """A static host that knows nothing but files."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the static host serves."""
    return tmp_path_factory.mktemp("copy")


@pytest.fixture(scope="module")
def copy(folder: Path) -> Iterator[str]:
    """The address of the static host."""
    host = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quietly, directory=folder))
    thread = threading.Thread(target=host.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{host.server_port}"
    host.shutdown()
    thread.join()
    host.server_close()


@pytest.fixture(scope="module")
def application(
    copy: str, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """A newspaper that knows of the copy, and has printed it with an article."""
    site = tmp_path_factory.mktemp("application") / "site"
    prepared.copy_to(site)
    settings = f"[site]\nstatic_origins = {json.dumps([copy])}\n"
    (site / "broadsheet.toml").write_text(settings, encoding="utf-8")
    with Served.start(site) as served:
        served.published_article("The kettle works again")
        served.wait_until_printed()
        command = [COMMAND, "print", "--all", "--to", str(folder), "--site", str(site)]
        known = environment() | {"BROADSHEET_ADDRESS": served.address}
        subprocess.run(command, check=True, env=known, stdout=subprocess.DEVNULL)
        yield served


def test_a_comment_written_on_the_copy_is_taken(
    browser: Browser, application: Served, copy: str
) -> None:
    article = application.shell(
        "from broadsheet.newsroom.models import ArticlePage\n"
        "print(ArticlePage.objects.get(title='The kettle works again').get_url())"
    )
    context = browser.new_context(base_url=copy)
    context.set_default_timeout(PATIENCE)
    reader = context.new_page()
    complaints: list[str] = []
    reader.on("console", lambda said: complaints.append(said.text) if said.type == "error" else 0)

    reader.goto(article)
    form = reader.locator("form.comment-form")
    form.get_by_label("Name").fill("Dana Brook")
    form.get_by_role("textbox", name="E-mail").fill("dana@mail.example")
    form.get_by_label("Comment", exact=False).last.fill(TEXT)
    form.get_by_role("button").last.click()

    reader.wait_for_url(f"{application.address}/**")
    expect(reader.locator("body")).to_contain_text(TEXT)
    assert complaints == []
    context.close()


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_forms_from_anywhere_else_are_refused(application: Served, origin: str) -> None:
    page_id = application.shell(
        "from broadsheet.newsroom.models import ArticlePage\nprint(ArticlePage.objects.first().pk)"
    )
    request = urllib.request.Request(  # noqa: S310, our own server
        f"{application.address}/comments/on/{page_id}/",
        data=urlencode({"text": TEXT, "author": "Dana Brook"}).encode(),
        headers={"Origin": origin, "Sec-Fetch-Site": "cross-site"},
    )

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=30)  # noqa: S310, our own server

    refused.value.close()
    assert refused.value.code == 403
