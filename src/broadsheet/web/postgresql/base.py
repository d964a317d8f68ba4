"""What Django looks for in a back end of a database."""

from typing import Any

from django.db.backends.postgresql import base

from broadsheet.web import servers


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the server that takes it, of those that the address names."""

    _server: servers.Parameters | None = None  # that the connection leads to

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        opened, self._server = servers.first_that_takes(conn_params, super().get_new_connection)
        return opened

    def is_usable(self) -> bool:
        is_usable: bool = super().is_usable()
        if not is_usable and self._server is not None:
            servers.note_failure(self._server)
        return is_usable
