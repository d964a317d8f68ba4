"""What a page may weigh, ask for and get wrong: nothing, mostly."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.face.install import NODE_MODULES
from tests.face.pages import ARTICLE, Paths
from tests.journeys.conftest import CHROMIUM
from tests.journeys.served import Served

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(
        not NODE_MODULES.exists() and os.environ.get("CI") != "true",
        reason="install what measures pages: python -m tests.face.install",
    ),
]

LIGHTHOUSE_TRIES = 5  # the machine may be busy; the best of them counts
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BLOCKING = "script[src]:not([async], [defer], [type=module]), script:not([src]):not([type='application/ld+json'])"


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def reader(browser: Browser, paper: Served, scheme: str) -> Iterator[Page]:
    context = browser.new_context(base_url=paper.address, color_scheme=scheme)  # type: ignore[arg-type]
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    "path", [pytest.param("/", id="front"), pytest.param(ARTICLE, id="article")]
)
def test_lighthouse_gives_a_hundred_in_all_it_looks_at(
    paper: Served, path: str, tmp_path: Path
) -> None:
    best: dict[str, float] = {}
    for _ in range(LIGHTHOUSE_TRIES):
        scores = lighthouse(paper.address + path, tmp_path / "report.json")
        best = {name: max(score, best.get(name, 0)) for name, score in scores.items()}
        if set(best.values()) == {100}:
            break

    assert best == dict.fromkeys(CATEGORIES, 100)


def lighthouse(url: str, report: Path) -> dict[str, float]:
    """The scores of a phone, as Lighthouse has it by default: a slow network, a slow processor."""
    command = [
        str(NODE_MODULES / ".bin" / "lighthouse"),
        url,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
    environment = os.environ | {"CHROME_PATH": CHROMIUM}
    result = subprocess.run(command, check=False, env=environment, timeout=120)
    if result.returncode:  # a busy machine can lose the browser's trace
        return dict.fromkeys(CATEGORIES, 0)
    found = json.loads(report.read_text())["categories"]
    return {name: round(found[name]["score"] * 100) for name in CATEGORIES}


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_axe_finds_nothing_on_any_type_of_page(reader: Page, paths: Paths, direction: str) -> None:
    axe = (NODE_MODULES / "axe-core" / "axe.min.js").read_text()

    found = {}
    for kind, path in paths.items():
        reader.goto(path)
        reader.evaluate("to => { document.documentElement.dir = to }", direction)
        reader.evaluate(axe)
        result = reader.evaluate("rules => axe.run({runOnly: rules})", RULES)
        if result["violations"]:
            found[kind] = [(one["id"], one["nodes"][0]["html"]) for one in result["violations"]]

    assert found == {}


def test_the_w3c_checker_finds_no_error_on_any_type_of_page(
    paper: Served, paths: Paths, browser: Browser, tmp_path: Path
) -> None:
    context = browser.new_context(base_url=paper.address)
    for kind, path in paths.items():
        answer = context.request.get(path)
        (tmp_path / f"{kind.replace(' ', '-')}.html").write_bytes(answer.body())
    context.close()

    assert checked(tmp_path) == []


def checked(folder: Path) -> list[dict[str, Any]]:
    """What the Nu HTML Checker says of the pages in `folder`."""
    jar = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-Xss1m", "-jar", str(jar), "--format", "json", "--errors-only", str(folder)]
    assert shutil.which("java"), (
        "The W3C's checker needs Java (Debian: apt install default-jre-headless)."
    )
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    messages: list[dict[str, Any]] = json.loads(result.stderr)["messages"]
    return messages


@pytest.mark.parametrize("scheme", ["light"], indirect=True)
def test_no_page_asks_another_host_for_anything_or_blocks_on_a_script(
    reader: Page, paths: Paths, paper: Served
) -> None:
    hosts: set[str] = set()
    reader.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    blocking = {}
    for kind, path in paths.items():
        reader.goto(path, wait_until="networkidle")
        blocking[kind] = reader.locator(BLOCKING).count()

    assert hosts - {""} == {urlsplit(paper.address).netloc}
    assert blocking == dict.fromkeys(paths, 0)


@pytest.mark.parametrize("scheme", ["light"], indirect=True)
@pytest.mark.parametrize(
    "path", [pytest.param("/", id="front"), pytest.param(ARTICLE, id="article")]
)
def test_a_page_needs_at_most_60_kb_of_fonts(reader: Page, path: str) -> None:
    fonts: list[Response] = []
    reader.on(
        "response",
        lambda response: fonts.append(response) if response.url.endswith(".woff2") else None,
    )
    reader.goto(path, wait_until="networkidle")

    assert 0 < sum(len(font.body()) for font in fonts) <= 60_000
