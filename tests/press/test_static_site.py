"""The paper for a static host: it stands alone, but for what only the application can do."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.core.management import CommandError, call_command

from broadsheet.comments import places
from broadsheet.newsroom import stylesheet
from broadsheet.press import static_site
from broadsheet.press.store import PageStore
from tests import builders
from tests.comments.builders import a_comment
from tests.press.test_edition import quietly

HOME = "https://paper.example"
APPLICATIONS = ("/comments/", "/newsletter/", "/contribute/send/", "/search/", "/oembed/")
_LINK = re.compile(r'\b(?:href|src|action)="([^"#?]*)')
_SOURCES = re.compile(r'\bsrcset="([^"]*)')


@pytest.fixture
def target(printed: PageStore, tmp_path: Path, settings: Any) -> Path:
    """A folder to write into, for a paper with an article, its author, photo, tag and comment."""
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "media", tmp_path / "gathered"
    settings.PUBLIC_ADDRESS = HOME
    photo = builders.a_photo(description="A quay")
    article = builders.an_article(
        by=("Amal Haddad",), hero=photo, standfirst="After nine weeks in dock."
    )
    article.tags.add("river")
    article.save()
    place = places.find(article.pk)
    assert place is not None
    a_comment(place)
    document = settings.MEDIA_ROOT / "documents/draft.pdf"
    document.parent.mkdir(exist_ok=True)
    document.write_bytes(b"for editors")
    return tmp_path / "out"


def test_every_link_leads_to_a_file_or_to_the_application(target: Path) -> None:
    static_site.write(target, processes=1, progress=quietly)

    broken = {
        f"{file.relative_to(target)}: {url}"
        for file in target.rglob("*.html")
        for url in links(file.read_text(encoding="utf-8"))
        if not leads_somewhere(target, url)
    }
    assert broken == set()
    assert not (target / "media/documents").exists()


def links(page: str) -> set[str]:
    sources = {part.split()[0] for found in _SOURCES.findall(page) for part in found.split(",")}
    return {url for url in {*_LINK.findall(page), *sources} if url}


def leads_somewhere(folder: Path, url: str) -> bool:
    if url.startswith(HOME):
        path = url.removeprefix(HOME)
        return path.startswith(APPLICATIONS) or leads_somewhere(folder, path)
    parts = urlsplit(url)
    if parts.scheme:
        return True  # elsewhere, or a letter
    path = unquote(parts.path)
    if path.startswith("/static/"):
        name = path.removeprefix("/static/")
        return name == stylesheet.NAME or finders.find(name) is not None
    return (folder / f"{path[1:]}index.html" if path.endswith("/") else folder / path[1:]).is_file()


def test_articles_and_nothing_else_are_found_by_its_own_search(target: Path) -> None:
    static_site.write(target, processes=1, progress=quietly)
    again = static_site.write(target, processes=1, progress=quietly)

    entry = json.loads((target / "pagefind/pagefind-entry.json").read_text(encoding="utf-8"))
    assert again.has_search
    assert {name: index["page_count"] for name, index in entry["languages"].items()} == {"en": 1}
    page = (target / "search/index.html").read_text(encoding="utf-8")
    assert f'action="{HOME}/search/"' in page
    assert 'href="/search/"' in (target / "index.html").read_text(encoding="utf-8")


def test_without_pagefind_the_search_is_the_applications(
    target: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(static_site, "_pagefind_is_installed", lambda: False)

    call_command("print", "--all", "--to", str(target), "--processes", "1")

    assert "pip install 'broadsheet[static]'" in capsys.readouterr().out
    assert not (target / "pagefind").exists()
    assert f'href="{HOME}/search/"' in (target / "index.html").read_text(encoding="utf-8")


def test_an_index_that_can_not_be_made_is_said_in_a_line(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(static_site.sys, "executable", "/bin/false")

    with pytest.raises(CommandError, match=r"Pagefind could not index .* exit status 1"):
        call_command("print", "--all", "--to", str(target), "--processes", "1")


def test_a_static_site_is_always_whole(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="print --all --to"):
        call_command("print", "--to", str(tmp_path))
