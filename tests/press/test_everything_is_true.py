"""Whatever happens to the paper, in whatever order: each stored page is what Django would answer, none missing, none extra."""

import pytest

from broadsheet.press.store import PageStore
from tests.press import machine
from tests.press.happenings import Everything


@pytest.mark.django_db
def test_every_stored_page_is_what_django_would_answer(
    folder: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.run(Everything, folder, monkeypatch)
