"""Comments that come together are kept together, and each page that shows them is printed once for all."""

from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from broadsheet.comments.clients import Sender
from broadsheet.comments.forms import printed_token
from broadsheet.comments.intake import Posted
from broadsheet.press import worker
from broadsheet.press.encodings import Encoding
from broadsheet.press.records import Page
from broadsheet.press.store import PageStore
from broadsheet.spam import Judgement
from broadsheet.web import posting
from broadsheet.web.posting import Posting
from tests.clock import NOON
from tests.comments.builders import FilterThatSays, a_place
from tests.press.builders import print_what_is_ordered


class CountingStore(PageStore):
    """Counts what is written."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.prints: Counter[str] = Counter()

    def write(self, path: str, page: Page, **options: Any) -> bool:
        self.prints[path] += 1
        return super().write(path, page, **options)


@pytest.fixture
def store(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CountingStore:
    store = CountingStore(tmp_path / "pages")
    monkeypatch.setattr(worker, "store", lambda: store)
    return store


@pytest.fixture
def taking(monkeypatch: pytest.MonkeyPatch) -> Posting:
    monkeypatch.setattr(posting, "close_old_connections", lambda: None)  # the test's transaction
    monkeypatch.setattr(posting, "PRINT_WITHIN", 60.0)  # whatever else the machine does
    monkeypatch.setattr(posting, "_now", lambda: NOON)
    monkeypatch.setattr(posting, "current_filter", lambda _: FilterThatSays(Judgement.HAM))
    return Posting(None, client_address=lambda _: "")


def test_a_storm_prints_the_article_once_for_each_batch(
    store: CountingStore, taking: Posting
) -> None:
    place = a_place(author_per_hour=0)
    print_what_is_ordered()
    store.prints.clear()
    texts = [f"Opinion {number} on the ferry." for number in range(13)]
    waiting = [
        Posted(place.page_id, form(place.page_id, text), Sender(f"203.0.{number}.7"))
        for number, text in enumerate(texts)
    ]
    batches = (waiting[:8], waiting[8:9], waiting[9:])

    for batch in batches:
        proposals = [taking._prepare((("testserver", "80"), posted)) for posted in batch]
        assert None not in taking._finish(proposals)

    record = store.find(place.url)
    assert record is not None
    page = (store.read(place.url, record, Encoding.IDENTITY) or b"").decode()
    assert [text for text in texts if text not in page] == []
    assert store.prints == {place.url: len(batches)}


def form(page_id: int, text: str) -> bytes:
    fields = {
        "author": "Mira Holm",
        "email": "mira@reader.example",
        "text": text,
        "token": printed_token(page_id),
    }
    return urlencode(fields).encode()
