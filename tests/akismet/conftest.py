"""Each test has its own process state and its own journal."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from broadsheet.akismet import journal, process
from broadsheet.learning.filters import follower
from broadsheet.spam import SpamFilter


@pytest.fixture(autouse=True)
def _a_site(
    db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    monkeypatch.setattr(journal, "SLOW", float("inf"))  # a busy machine is no slow disk
    monkeypatch.setattr(SpamFilter, "shipped", SpamFilter.empty)  # what ships may learn more
    settings.AKISMET_JOURNAL = tmp_path / "journal"
    process.forget()
    follower.forget()
    yield
    process.forget()
    follower.forget()
