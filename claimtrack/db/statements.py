"""SQL statements of public reads: written once for all requests that differ only in their values, and run.

Django takes longer to write the statement of a page than PostgreSQL takes to answer it. So it is written once for each shape
of request (which filters, how many values of which type), with stand-ins where the values go, and kept.

That a value reaches the statement as it was given is not taken on trust. The statement is written twice, with different
stand-ins, which no folding, trimming, splitting or rounding leaves as they are: what differs must be the stand-ins and
nothing else. Where it is not so, as with a name that is folded first, it is written anew for each request.

What is the same in both writings goes into the SQL, so that PostgreSQL knows it when it plans for whatever values come. So
does a Constant: a status in half of all claims wants another plan than one in a thousand of them.
"""

import re
from collections.abc import Callable, Hashable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from psycopg.sql import Literal

Statement = tuple[str, tuple[Any, ...]]
Write = Callable[[Any], Statement]
MOST = 1000  # kept at once

# By type: the nth stand-in of either writing, within what any column of the type holds.
_STAND_INS: dict[type, Callable[[int, int], Any]] = {
    int: lambda n, writing: 2_000_000_000 + 1000 * writing + n,
    float: lambda n, writing: 1 / (1000 * writing + n + 7),
    str: lambda n, writing: f" Å’É “{n}” \\%_-*\t{writing}ﬁ ",
    date: lambda n, writing: date(5, 5, 5) + timedelta(n + 1000 * writing),
    datetime: lambda n, writing: datetime(5, 5, 5, 5, 5, 5, 55, UTC) + timedelta(n + 1000 * writing),
}


class Constant(str):
    """Text that belongs to the shape of a request: one of few words, of which some are frequent and some are rare."""


class _Kept(NamedTuple):
    sql: str
    places: list[tuple[int, type]]  # which value stands in each parameter, and as what


_NEW: Any = object()
_kept: dict[Hashable, _Kept | None] = {}


def statement(write: Write, values: Any, *key: Any) -> Statement:
    """Return `write(values)`, SQL and its parameters, from what was kept if it can be.

    `values`: numbers, text and times in lists, tuples and dictionaries. `key`: all else that `write` depends on. Of the
    values it may depend on how many there are, on their types, and on which are True, False or None.
    """
    given: list[Any] = []
    shape = (_shape(values, given), settings.CLAIMTRACK_SITE_URL, *key)
    # Other threads keep and clear as well.
    kept = _kept.get(shape, _NEW)
    if kept is _NEW:
        kept = _written_twice(write, values)
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[shape] = kept
    if kept is None:
        return write(values)
    # Django tells psycopg the size of an integer by a class of its own.
    values = ((given[number], kind) for number, kind in kept.places)
    return kept.sql, tuple(value if type(value) is kind else kind(value) for value, kind in values)


def _written_twice(write: Write, values: Any) -> _Kept | None:
    """The statement with the places where values go; None where a value decides more than a parameter."""
    stand_ins: tuple[dict[Any, int], ...] = ({}, {})
    (sql, params), (again, others) = [write(_standing_in(values, n, stand_ins[n])) for n in (0, 1)]
    if sql != again or len(params) != len(others):
        return None
    places, constants = [], []
    for one, other in zip(params, others, strict=True):
        if type(one) is not type(other):
            return None
        number = stand_ins[0].get(one) if isinstance(one, tuple(_STAND_INS)) else None
        if number is not None and stand_ins[1].get(other) == number:
            places.append((number, type(one)))
            constants.append("%s")
        elif one == other:
            constants.append(_literal(one))
        else:
            return None
    if {number for number, _ in places} != {*stand_ins[0].values()}:
        return None
    parts = iter(constants)
    return _Kept(re.sub("%[%s]", lambda found: found[0] if found[0] == "%%" else next(parts), sql), places)


def _literal(value: Any) -> str:
    """A value as it stands in SQL that still has parameters; of one of Django's choices, what it stands for."""
    return Literal(str(value) if isinstance(value, str) else value).as_string().replace("%", "%%")


def _shape(value: Any, given: list[Any]) -> Any:
    """What tells a value from one that wants another statement; what goes into the statement is appended to `given`."""
    kind = type(value)
    if kind in _STAND_INS:
        given.append(value)
        return kind
    if isinstance(value, dict):
        return tuple((name, _shape(part, given)) for name, part in value.items())
    if isinstance(value, list | tuple):
        return kind, tuple(_shape(part, given) for part in value)
    return value


def _standing_in(value: Any, writing: int, stand_ins: dict[Any, int]) -> Any:
    """The same with a stand-in for each that _shape() appends, each with its number in `stand_ins`."""
    kind = type(value)
    if kind in _STAND_INS:
        stand_in = _STAND_INS[kind](len(stand_ins), writing)
        stand_ins[stand_in] = len(stand_ins)
        return stand_in
    if isinstance(value, dict):
        return {name: _standing_in(part, writing, stand_ins) for name, part in value.items()}
    if isinstance(value, list | tuple):
        parts = [_standing_in(part, writing, stand_ins) for part in value]
        return kind(*parts) if hasattr(kind, "_fields") else kind(parts)
    return value


def read(sql: str, params: Any = ()) -> list[tuple[Any, ...]]:
    """Return the rows of a query as PostgreSQL writes them, in UTF-8.

    It is bound and prepared on the server: to plan a page costs more than to read it. A connection that the server has
    closed since (Django would ask it before each request whether it lives) is opened anew.
    """
    try:
        return _read(sql, params)
    except OperationalError:
        if connection.in_atomic_block or not connection.connection.closed:
            raise
        connection.close()
        return _read(sql, params)


def _read(sql: str, params: Any) -> list[tuple[Any, ...]]:
    # Once: to look it up by the thread takes as long as one of the steps below.
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    raw = connection.connection
    # Only what asks for it is prepared, and attributed writes must not be (see claimtrack.db.attribution).
    raw.prepare_threshold = 1 << 30
    if connection.queries_logged:
        connection.queries_log.append({"sql": sql, "time": "0"})
    with connection.wrap_database_errors, psycopg.Cursor(raw) as cursor:
        # The selectivity of a search term matters: plan each anew.
        result: Any = cursor.execute(sql, params, prepare="@@" not in sql).pgresult
        columns = range(result.nfields)
        return [tuple(result.get_value(row, column) for column in columns) for row in range(result.ntuples)]
