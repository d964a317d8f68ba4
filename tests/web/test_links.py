"""Both ends of a connection notice when the other is gone."""

from contextlib import closing

import pytest
from django.db import connection

from broadsheet.web import links, servers


def test_the_server_is_told_when_to_take_a_node_for_gone(db: None) -> None:
    links.on_connected(connection=connection)

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW tcp_user_timeout")
            assert cursor.fetchone() == (str(links.GONE_AFTER * 1000),)
            assert connection.get_connection_params().items() >= links.OURS.items()
        else:
            cursor.execute("SELECT 1")  # a file is never gone
            assert cursor.fetchone() == (1,)


def test_django_goes_on_with_the_server_that_takes_connections(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        assert connection.settings_dict["ENGINE"] == "django.db.backends.sqlite3"
        return
    monkeypatch.setattr(servers, "_failed", {})
    given = connection.settings_dict
    other = connection.copy()
    other.settings_dict.update(
        HOST=f"127.0.0.1,{given['HOST']}",
        PORT=f"9,{given['PORT']}",  # nobody listens at the first
    )
    for _ in range(2):
        with closing(other), other.cursor() as cursor:
            cursor.execute("SELECT 1")

    assert list(servers._failed) == ["127.0.0.1:9"]
    assert servers._failed["127.0.0.1:9"] == 1, "it was asked once"
