"""The site's filter takes everything for ham, unless a test says otherwise."""

import pytest

from broadsheet.comments.views import receipts, writing
from broadsheet.spam import Judgement

from .builders import FilterThatSays


@pytest.fixture(autouse=True)
def spam_filter(monkeypatch: pytest.MonkeyPatch) -> FilterThatSays:
    """The filter that the views ask; set its `judgement` to get another answer."""
    spam_filter = FilterThatSays(Judgement.HAM)
    for views in (writing, receipts):
        monkeypatch.setattr(views, "current_filter", lambda _paper: spam_filter)
    return spam_filter
