"""Time-outs of statements and locks.

The statement time-out is a setting of the role that serves the site (`manage.py provision`). Commands and long transactions
lift it, and writes limit how long they wait for a lock. Both are settings of the transaction, since those of a session do not
survive a connection pooler.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

LOCK_TIMEOUT = "10s"
UNLIMITED = """SELECT set_config(name, '0', true) FROM pg_settings
    WHERE name IN ('idle_in_transaction_session_timeout', 'transaction_timeout')"""

_lifted = ContextVar("lifted", default=False)


@contextmanager
def lifted() -> Iterator[None]:
    """Lift the time-outs from the transactions of this block. Only for commands."""
    before = _lifted.set(True)
    try:
        yield
    finally:
        _lifted.reset(before)


def set_local(**settings: str) -> None:
    """Set the time-outs of writes, and these settings, for the current transaction, in one statement."""
    settings |= {"lock_timeout": "0", "statement_timeout": "0"} if _lifted.get() else {"lock_timeout": LOCK_TIMEOUT}
    with connection.cursor() as cursor:
        calls = ", ".join(["set_config(%s, %s, true)"] * len(settings))
        cursor.execute(f"SELECT {calls}", [part for setting in settings.items() for part in setting])


@contextmanager
def streaming() -> Iterator[None]:
    """Open a transaction for a stream, which is idle while its reader downloads.

    A server may end idle or long transactions (transaction_timeout since PostgreSQL 17), which would cut a slow download.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(UNLIMITED)
        yield
