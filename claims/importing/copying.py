"""Rows into tables by COPY, which is attributed and guarded as every other change is (claimtrack.db.attribution)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection


def next_ids(table: str, number: int) -> list[int]:
    """So many ids that nobody else will use."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, number])
        return [pk for (pk,) in cursor.fetchall()]


def now() -> datetime:
    """Return the current time of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        return cursor.fetchone()[0]


def count_rows() -> None:
    """Have PostgreSQL count the rows anew of those tables that were small when it last did: only their owner may, by a function.

    A connection keeps the plans of the guards' queries. A plan made for a small table reads the whole table, and an import
    would run it for each of its rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT claims_count_rows()")


def copy(table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert the rows; `columns` are names with blanks between. Raises what Django raises."""
    statement = f"COPY {table} ({', '.join(columns.split())}) FROM STDIN"
    # Django passes `copy` through, and with it what psycopg raises.
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as into:
        for row in rows:
            into.write_row(row)
