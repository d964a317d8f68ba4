"""What readers are told when the application fails."""

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from broadsheet.web.stalling import StoreAway


@pytest.mark.parametrize(
    ("error", "status"),
    [
        pytest.param(OperationalError("server closed the connection"), 503, id="it is away"),
        pytest.param(InterfaceError("connection already closed"), 503, id="it was here just now"),
        pytest.param(StoreAway(), 503, id="no photo can be kept"),
        pytest.param(ValueError("a mistake of ours"), 500, id="something else"),
    ],
)
def test_whoever_writes_while_the_database_is_away_is_asked_to_try_again(
    error: Exception, status: int, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("broadsheet.web.middleware.Site.find_for_request", fail)

    answer = Client(raise_request_exception=False).post("/comments/on/1/", {"text": "Quay"})

    assert answer.status_code == status
    assert ("Retry-After" in answer) == (status == 503)
