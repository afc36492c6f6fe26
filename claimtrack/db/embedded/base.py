from collections.abc import Iterable

from django.db.backends.postgresql import client
from psycopg import Connection, OperationalError

from claimtrack.db.embedded import server
from claimtrack.db.postgresql import base


class DatabaseClient(client.DatabaseClient):
    executable_name = str(server.BIN / "psql")

    def runshell(self, parameters: Iterable[str]) -> None:
        server.ensure_running(self.connection.settings_dict["DATA"])
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_new_connection(self, conn_params: dict[str, object]) -> Connection:
        """Connect, and start the server if that fails. So a running server costs no extra check."""
        try:
            return super().get_new_connection(conn_params)
        except OperationalError:
            server.ensure_running(self.settings_dict["DATA"])
            return super().get_new_connection(conn_params)
