"""Chooses the server that a request reads: the primary, or one of its standbys that DATABASE_REPLICA_URL names.

PostgreSQL's streaming replication keeps the standbys. A request reads one server from beginning to end: within `reading()`, the
connection of this thread under the alias `default` is that of a replica. A database router would not do, since it is asked for
querysets only: raw SQL, `atomic()` and `claimtrack.db.statements` would read the primary in the middle of a request.

A replica is read only while it is known to have everything that the primary had CLAIMTRACK_REPLICA_LAG seconds ago
(claimtrack.db.replicas.watching).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from time import monotonic

import structlog
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.errors import QueryCanceled

from claimtrack.databases import replicas_of
from claimtrack.db.replicas.watching import Watch

logger = structlog.get_logger(__name__)


class _Thread(threading.local):
    """The primary's connection, while this thread reads a replica."""

    primary: BaseDatabaseWrapper | None = None


_thread = _Thread()
_watches: list[Watch] = []
_starting = threading.Lock()
_turn = count()


def choose() -> str | None:
    """Return the alias of the next replica that may be read, or None if there is none."""
    watched = watches()
    first, now = next(_turn), monotonic()
    for number in range(len(watched)):
        watch = watched[(first + number) % len(watched)]
        if watch.fresh_until > now:
            return watch.alias
    return None


def watches() -> list[Watch]:
    """Return the watches over the replicas. The first call in a process starts them."""
    if not _watches:
        with _starting:
            if not _watches:
                _watches.extend(Watch(alias) for alias in replicas_of(connections.settings))
    return _watches


def stop() -> None:
    """Stop the watches, so that the next call of `watches` starts others."""
    for watch in _watches:
        watch.stop()
    _watches.clear()


@contextmanager
def reading(alias: str) -> Iterator[None]:
    """Let this thread read a replica."""
    _thread.primary, connections[DEFAULT_DB_ALIAS] = connections[DEFAULT_DB_ALIAS], connections[alias]
    try:
        yield
    finally:
        use_primary()


def use_primary() -> None:
    """Let this thread read the primary again, if it reads a replica. Call it before the first query of a request."""
    if _thread.primary is not None:
        connections[DEFAULT_DB_ALIAS], _thread.primary = _thread.primary, None


def reads_replica() -> bool:
    return _thread.primary is not None


def may_ask_again(error: Exception) -> bool:
    """Return whether the primary may succeed where a replica failed with this error.

    A standby cancels a query that conflicts with its replay, and may be stopped or promoted at any moment. During an upgrade, it
    may lack a new table for a moment. But a query that takes too long here would take too long there.
    """
    return reads_replica() and isinstance(error, Error) and not isinstance(error.__cause__, QueryCanceled)


def give_up(error: Exception) -> None:
    """Note that a read failed. A replica that cannot be reached is not read until a watch finds it well again."""
    connection = connections[DEFAULT_DB_ALIAS]
    logger.warning("A read was asked again at the primary.", replica=connection.alias, error=_name(error))
    if connection.connection is None or connection.connection.closed:
        _skip(connection.alias)


def was_promoted() -> bool:
    """Return whether the replica that this thread reads has stopped being a standby.

    PostgreSQL reports this to each session (`in_hot_standby`) with the answer to its next query, so the check costs no query. If a
    pooler does not pass it on, the watch notices.
    """
    if not reads_replica():
        return False
    connection = connections[DEFAULT_DB_ALIAS]
    session = connection.connection
    if session is None or session.closed:
        return False
    if session.pgconn.parameter_status(b"in_hot_standby") != b"off":
        return False
    logger.warning("A replica is a standby no more, and is not read.", replica=connection.alias)
    _skip(connection.alias)
    return True


def _skip(alias: str) -> None:
    for watch in _watches:
        if watch.alias == alias:
            watch.fresh_until = 0.0


def _name(error: Exception) -> str:
    return getattr(error.__cause__, "sqlstate", None) or type(error).__name__
