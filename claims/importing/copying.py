"""Insert many rows by COPY. Triggers attribute and guard it like every other change (claimtrack.db.attribution)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection


def next_ids(table: str, number: int) -> list[int]:
    """Reserve this many ids of a table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, number])
        return [pk for (pk,) in cursor.fetchall()]


def now() -> datetime:
    """Return the current time of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        return cursor.fetchone()[0]


def analyze() -> None:
    """Update PostgreSQL's statistics of the tables that were small when it last analyzed them.

    A connection keeps the plans of the guards' queries. A plan made for a small table reads the whole table, and an import
    would run it for each of its rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT claims_analyze()")


def copy(table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert the rows. `columns` are names separated by blanks. Raises the exceptions of django.db."""
    statement = f"COPY {table} ({', '.join(columns.split())}) FROM STDIN"
    # Django's cursor hands `copy` to psycopg, whose exceptions need to be wrapped here.
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as into:
        for row in rows:
            into.write_row(row)
