"""Both ends of a connection notice when the other is gone."""

from django.db import connection

from broadsheet.web import links


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
