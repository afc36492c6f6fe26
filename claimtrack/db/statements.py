"""A cache of the SQL statements of public reads, for requests that differ only in their values.

Django takes longer to write the SQL of a page than PostgreSQL takes to answer it. So the queryset of a list is built once for
each shape of request: which filters, how many values of each, which of them are null, the ordering and the direction. It has a
Placeholder wherever a value goes, and each request puts its own values in these places.

Statements are never prepared on the server: behind a pooler in transaction mode, a named statement may be another client's.
"""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache
from itertools import count
from time import perf_counter
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, Expression
from django.db.models.sql.compiler import SQLCompiler
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus

from claimtrack.db.clock import clock

Statement = tuple[str, Sequence[object]]
Values = Mapping[str, Sequence[object]]
# A row in PostgreSQL's text format: each column as bytes, or None.
Record = tuple[Any, ...]
MAX_STATEMENTS = 1000

_statements: dict[Hashable, Statement] = {}


class Placeholder(Expression):
    """A placeholder for the value with this index among the values of this name."""

    def __init__(self, name: str, number: int) -> None:
        super().__init__(output_field=BigIntegerField())
        self.name, self.number = name, number

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        return "%s", [self]


def statement(key: Hashable, values: Values, write: Callable[[Values], Statement]) -> Statement:
    """Return `write(values)`, SQL and parameters, which runs once for each `key` and shape of the values.

    `write` receives Placeholders instead of the values. None stays None, because SQL treats nulls differently.
    """
    shape = (key, tuple((name, tuple(value is None for value in given)) for name, given in values.items()))
    found = _statements.get(shape)
    if found is None:
        places = {
            name: [None if value is None else Placeholder(name, number) for number, value in enumerate(given)]
            for name, given in values.items()
        }
        found = write(places)
        if len(_statements) >= MAX_STATEMENTS:
            _statements.clear()
        _statements[shape] = found
    sql, params = found
    return sql, [values[one.name][one.number] if type(one) is Placeholder else one for one in params]


def fetch(key: Hashable, values: Values, write: Callable[[Values], Statement]) -> list[Record]:
    """Return the rows of `write(values)`. The statement is cached unless `key` is None."""
    return read(*(write(values) if key is None else statement(key, values, write)))


def read(sql: str, params: Sequence[object] = ()) -> list[Record]:
    """Return the rows of a query in PostgreSQL's text format.

    If the server has closed the connection, reconnect and try once more. That saves a check of the connection at each request.
    """
    try:
        return _read(sql, params)
    except OperationalError:
        if connection.in_atomic_block or connection.connection is None or not connection.connection.closed:
            raise
        connection.close()
        return _read(sql, params)


def _read(sql: str, params: Sequence[object]) -> list[Record]:
    """Run the query by a single call of libpq, which waits for the whole answer without Python's global lock.

    A cursor of psycopg waits in several steps, and between them the threads of a worker take the lock from each other. In a block
    of `atomic()`, such a query does not begin the transaction. For a read that makes no difference.
    """
    # Look up the connection only once: `django.db.connection` does so at each attribute.
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    if connection.queries_logged:
        connection.queries_log.append({"sql": sql, "time": "0"})
    session = connection.connection
    with connection.wrap_database_errors:
        adapted = Transformer(session)
        values = adapted.dump_sequence(params, [PyFormat.AUTO] * len(params))
        began = perf_counter()
        try:
            result = session.pgconn.exec_params(_numbered(sql), values, adapted.types, adapted.formats)
        finally:
            clock.seconds += perf_counter() - began
        if session.closed:
            raise psycopg.OperationalError("The server closed the connection.")
        if result.status != ExecStatus.TUPLES_OK:
            raise error_from_result(result, session.info.encoding)
        columns = range(result.nfields)
        return [tuple(result.get_value(row, column) for column in columns) for row in range(result.ntuples)]


@lru_cache(MAX_STATEMENTS)
def _numbered(sql: str) -> bytes:
    """Return a statement of Django with PostgreSQL's placeholders: $1 for the first %s, and % for %%."""
    numbers = count(1)
    return re.sub("%[%s]", lambda found: "%" if found[0] == "%%" else f"${next(numbers)}", sql).encode()
