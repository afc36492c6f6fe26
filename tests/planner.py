"""For tests that write thousands of rows in one statement."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def without_index_scans() -> Iterator[None]:
    """Let PostgreSQL read indexes by bitmaps only.

    Autovacuum may have seen only rows of tests that were rolled back. To the planner the tables are then empty, and composing
    documents by its nested loops over index scans takes minutes where bitmaps take less than a second. The functions that compose
    them have kept such plans from the tests before.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_indexscan = off; DISCARD PLANS")
        yield
        cursor.execute("SET LOCAL enable_indexscan = on")
