"""Measure how long the statements of a request take. claimtrack.metrics reads the result."""

import threading
from collections.abc import Callable
from time import perf_counter

from django.db.backends.base.base import BaseDatabaseWrapper


class Clock(threading.local):
    seconds = 0.0


clock = Clock()


def timed(execute: Callable[..., object], *args: object) -> object:
    """Time a statement that goes through Django (an execute wrapper)."""
    began = perf_counter()
    try:
        return execute(*args)
    finally:
        clock.seconds += perf_counter() - began


def install(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Time the statements of this connection. A receiver of connection_created, which is also sent at each reconnection."""
    if timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(timed)
