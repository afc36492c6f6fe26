"""How long the database may take over one statement, and a write may wait for somebody else's.

The statement time-out is a setting of the role that serves the site (`manage.py provision`). Commands and long transactions
lift it, and writes limit their waiting, by settings of their transaction: those of a session do not survive a pooler.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

LOCK_TIMEOUT = "10s"

_lifted = ContextVar("lifted", default=False)


@contextmanager
def lifted() -> Iterator[None]:
    """Let the transactions of this block, which is a command's, take their time."""
    before = _lifted.set(True)
    try:
        yield
    finally:
        _lifted.reset(before)


def set_local(**settings: str) -> None:
    """Put the time-outs of writes, and these settings, on the transaction at hand, in one statement."""
    settings |= {"lock_timeout": "0", "statement_timeout": "0"} if _lifted.get() else {"lock_timeout": LOCK_TIMEOUT}
    with connection.cursor() as cursor:
        calls = ", ".join(["set_config(%s, %s, true)"] * len(settings))
        cursor.execute(f"SELECT {calls}", [part for setting in settings.items() for part in setting])
