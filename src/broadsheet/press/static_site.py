"""The whole paper as files for any static host: pages, photos, style sheets, and a search that runs in the reader's browser."""

import importlib.util
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from django.conf import settings

from broadsheet.newsroom import papers

from . import edition
from .edition import Edition, Progress
from .media import PRIVATE
from .names import GONE, gone_path
from .policy import policy_of_copy
from .printing import page_for
from .records import Page
from .store import PageStore
from .worker import Outcome

SEARCH = "/search/"  # where every page's link leads
_TEMPLATE = "/search.html"  # where Django makes that page for a static host
_INDEX = "pagefind"  # the folder that Pagefind's script expects
_FORMS = re.compile(rb'\baction="(?=/)')
# What a page links to and only the application answers.
_APPLICATIONS = re.compile(rb'\b(href|src)="(?=/(?:comments|newsletter|documents|oembed|drafts)/)')
_HEAD = b'<meta charset="utf-8">'
_POLICY = '<meta http-equiv="content-security-policy" content="{}">'
_SEARCHES = re.compile(rb'\bhref="(?=/search/)')


class NoIndex(RuntimeError):
    """The index of the search could not be made; everything else is there."""


@dataclass(frozen=True, slots=True)
class StaticSite:
    """What was written."""

    edition: Edition
    has_search: bool


def write(folder: Path, *, processes: int, progress: Progress) -> StaticSite:
    """Write a complete static site of the newspaper in hand into `folder`; a second time only what has changed, and the search's index anew.

    Raises NoIndex. Forms, and links to what is no file, lead to the newspaper's public address, where the application answers: with the
    search, too, where Pagefind is not installed.
    """
    has_search = _pagefind_is_installed()
    pages = PageStore(folder)
    put = partial(put_at_home, has_search=has_search)
    printed = edition.print_into(pages, put, processes=processes, progress=progress)
    for name, source in (("media", settings.MEDIA_ROOT), ("static", settings.STATIC_ROOT)):
        if Path(source).is_dir():
            ignore = shutil.ignore_patterns(*PRIVATE) if name == "media" else None
            shutil.copytree(source, folder / name, ignore=ignore, dirs_exist_ok=True)
    if has_search:
        _write_search(pages)
    return StaticSite(printed, has_search)


def put_at_home(pages: PageStore, path: str, *, has_search: bool, flush: bool) -> Outcome:
    """Write what belongs at `path`, its ways to the application made absolute."""
    path = path.removesuffix(GONE)  # few static hosts can say 410: the page stands at the address
    page = page_for(_TEMPLATE if has_search and path == SEARCH else path)
    page = page or _withdrawn(path)
    if page is None:
        return Outcome.REMOVED if pages.remove(path) else Outcome.SAME
    absolute = _absolute(page, path, has_search=has_search)
    return Outcome.WRITTEN if pages.write(path, absolute, flush=flush) else Outcome.SAME


def _withdrawn(path: str) -> Page | None:
    page = page_for(gone_path(path)) if path.endswith("/") else None
    return page if page is not None and page.status == 410 else None


def _absolute(page: Page, path: str, *, has_search: bool) -> Page:
    home = papers.address().encode()
    body = _FORMS.sub(lambda found: found[0] + home, page.body)
    body = _APPLICATIONS.sub(lambda found: found[0] + home, body)
    if not has_search:
        body = _SEARCHES.sub(lambda found: found[0] + home, body)
    policy = policy_of_copy(papers.address(), searches=has_search and path == SEARCH)
    body = body.replace(_HEAD, _HEAD + _POLICY.format(policy).encode(), 1)
    return replace(page, body=body)


def _pagefind_is_installed() -> bool:
    return all(importlib.util.find_spec(name) is not None for name in ("pagefind", "pagefind_bin"))


def _write_search(pages: PageStore) -> None:
    """The page that searches, and the index of the articles: of whatever carries `data-pagefind-body`."""
    put_at_home(pages, SEARCH, has_search=True, flush=True)
    shutil.rmtree(pages.root / _INDEX, ignore_errors=True)
    command = [sys.executable, "-m", "pagefind", "--silent", "--site", str(pages.root)]
    try:
        subprocess.run(command, check=True)  # noqa: S603, our own interpreter
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoIndex(f"Pagefind could not index {pages.root} for its search: {error}") from error
