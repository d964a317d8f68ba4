"""The docs are true: links lead somewhere, pictures are there, what is said of the interfaces is so."""

import doctest
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from broadsheet.akismet.wire import Method

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(
    [
        *DOCS.rglob("*.md"),
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    ]
)
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)


def prose(page: Path) -> str:
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> Iterator[str]:
    """Where its links and pictures lead to, other hosts left out."""
    for target in _LINK.findall(_CODE.sub("", prose(page))):
        if not urlsplit(target).scheme:
            yield unquote(target)


def anchors(page: Path) -> set[str]:
    """As forges and `make docs` make them of headings: small letters, hyphens for spaces, no punctuation."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in _HEADING.findall(prose(page))
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not fragment or fragment in anchors(target), link


def test_the_contents_of_the_site_name_pages_that_exist() -> None:
    listed = re.findall(r"^ *- (\S+\.md)$", (ROOT / "mkdocs.yml").read_text(), re.MULTILINE)

    assert listed
    assert [page for page in listed if not (DOCS / page).is_file()] == []


def test_docs_link_to_nothing_that_their_site_does_not_hold() -> None:
    for page in DOCS.rglob("*.md"):
        for link in links(page):
            assert (page.parent / link.partition("#")[0]).resolve().is_relative_to(DOCS), link


def test_each_picture_is_shown_somewhere() -> None:
    shown = {
        (page.parent / link).resolve()
        for page in PAGES
        for link in links(page)
        if "images/" in link
    }

    assert {path for path in (DOCS / "images").rglob("*") if path.is_file()} == shown


def test_the_examples_of_the_python_interface_run() -> None:
    failed, tried = doctest.testfile(str(DOCS / "api.md"), module_relative=False)

    assert tried > 0
    assert failed == 0


@pytest.mark.parametrize("method", Method)
def test_each_method_of_the_akismet_api_is_described(method: Method) -> None:
    assert re.search(rf"`1\.[12]/{method}`", (DOCS / "api.md").read_text())


def test_each_field_and_header_that_is_described_is_one_that_the_code_knows() -> None:
    code = "".join(path.read_text() for path in (ROOT / "src/broadsheet/akismet").glob("*.py"))
    described = re.search(r"### Fields of a check.*?```", (DOCS / "api.md").read_text(), re.DOTALL)
    assert described is not None
    names = re.findall(
        r"`([A-Za-z][\w-]+)`(?=[ ,|:(]| \|)",
        "".join(row.split("|")[1] for row in described[0].splitlines() if row.startswith("| `")),
    )

    assert names
    assert [name for name in names if name not in code] == []
