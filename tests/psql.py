"""Run SQL that bypasses the verbs."""

from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

NEW_CLAIM = {
    "text": "Nobody proposed this.", "speaker_role": "", "said_precision": "", "language": "", "status": "proposed",
    "origin": "desk", "version": 1,
}  # fmt: skip
Statement = str | tuple[str, list[Any]]


def run(*statements: Statement) -> None:
    """Execute in one (sub)transaction, and check deferred constraints at its end."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(*([statement] if isinstance(statement, str) else statement))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refusal(*statements: Statement) -> str:
    """Run SQL that the database must refuse. Return the name of the guard or constraint, or else of the column."""
    with pytest.raises(IntegrityError) as refused:
        run(*statements)
    error = refused.value.__cause__
    assert isinstance(error, psycopg.Error)
    return error.diag.constraint_name or error.diag.column_name or ""


def insert(table: str, **columns: Any) -> Statement:
    names = ", ".join(columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})", list(columns.values())


def value(sql: str, *params: Any) -> Any:
    """Return the first column of the first row."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]
