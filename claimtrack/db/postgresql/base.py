from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper


class DatabaseWrapper(base.DatabaseWrapper):
    def chunked_cursor(self) -> CursorWrapper:
        """Return a server-side cursor only in a transaction. Outside, the next statement may run in another session.

        Django's forms iterate over their choices outside a transaction. Exports open one, so they do get a server-side cursor.
        """
        return super().chunked_cursor() if self.in_atomic_block else self.cursor()
