from pathlib import Path

import pytest

from broadsheet.press import worker
from broadsheet.press.store import PageStore
from tests import builders
from tests.press.builders import print_what_is_ordered


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PageStore:
    """An empty folder, which the press prints into."""
    store = PageStore(tmp_path / "pages")
    monkeypatch.setattr(worker, "store", lambda: store)
    return store


@pytest.fixture
def printed(db: None, folder: PageStore) -> PageStore:
    """The folder of a new newspaper, printed."""
    builders.a_paper()
    print_what_is_ordered()
    return folder
