"""What tests of the press need: a folder of its own, and the whole paper compared with a fresh rendering."""

from dataclasses import dataclass
from datetime import datetime

from wagtail.models import Site

from broadsheet.press import extent, folders, tree, worker
from broadsheet.press.encodings import Encoding
from broadsheet.press.models import PrintOrder, Subject
from broadsheet.press.printing import page_for
from broadsheet.press.records import Page
from broadsheet.press.store import PageStore
from tests.clock import NOON


@dataclass(frozen=True, slots=True)
class Difference:
    """How the folder differs from what Django would answer now."""

    stale: set[str]
    missing: set[str]
    extra: set[str]


NONE = Difference(set(), set(), set())
FERRY = "/news/ferry-returns/"  # where `builders.an_article()` stands


def store_of(site: Site) -> PageStore:
    """The folder of a further newspaper."""
    return folders.store_of(worker.store(), site.hostname, site)


def print_what_is_ordered(now: datetime = NOON) -> int:
    return worker.run_pending(limit=10_000, now=now)


def stored(store: PageStore, path: str) -> Page | None:
    """The page at `path` as the folder holds it."""
    record = store.find(path)
    body = store.read(path, record, Encoding.IDENTITY) if record else None
    if record is None or body is None:
        return None
    return Page(body, record.content_type, record.status, record.location)


def text(store: PageStore, path: str) -> str:
    page = stored(store, path)
    return page.body.decode() if page else ""


def waiting() -> list[PrintOrder]:
    """Orders for what readers would see change."""
    return list(PrintOrder.objects.exclude(subject=Subject.FORMS))


def difference(store: PageStore) -> Difference:
    """Compare every path that there is or could be, of the newspaper in hand."""
    paper = tree.paper()
    assert paper is not None
    expected = {path: page_for(path) for path in {*extent.all_paths(paper), *store.paths()}}
    found = set(store.paths())
    return Difference(
        stale={path for path in found if expected[path] and stored(store, path) != expected[path]},
        missing={path for path, page in expected.items() if page and path not in found},
        extra={path for path in found if expected[path] is None},
    )
