"""A served site, and an article on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from broadsheet.press.records import Page

from .sites import LONG, Site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    yield site
    site.application.close()


@pytest.fixture
def article(site: Site) -> str:
    site.store.write("/news/ferry/", Page(LONG))
    return "/news/ferry/"
