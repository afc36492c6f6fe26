from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def chunked_cursor(self) -> Any:
        """Return a server-side cursor in a transaction only. Outside, the next statement may find another session.

        Django's own forms iterate over their choices outside a transaction. Streams of ours open one.
        """
        return super().chunked_cursor() if self.in_atomic_block else self.cursor()
