"""Constraints of the database are those that the models declare.

PostgreSQL writes a condition back in other words than it was given. So the declared and the stored one are both planned, as columns
of one query that never runs, and EXPLAIN says each in the planner's words.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import CheckConstraint, ForeignKey, Model

from claims.proof.verifying.checks import Check, Finding, Scope, rows

# What Django writes, around the expressions that are compared.
CHECK = re.compile(r'^CONSTRAINT "\w+" CHECK \((.*)\)$', re.S)
UNIQUE = re.compile(r' (?:UNIQUE|ON "\w+") \((?P<key>.*?)\)(?: WHERE (?P<condition>.*))?$', re.S)
CHECKS_THERE = """
    SELECT c.relname, o.conname, pg_get_expr(o.conbin, o.conrelid) FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid
    WHERE o.contype = 'c' AND c.relnamespace = current_schema()::regnamespace"""
UNIQUE_THERE = """
    SELECT c.relname, i.relname, COALESCE(pg_get_expr(x.indpred, x.indrelid), 'true'),
        (SELECT string_agg(pg_get_indexdef(x.indexrelid, place, true), ', ' ORDER BY place)
            FROM generate_series(1, x.indnkeyatts) place)
    FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
    WHERE x.indisunique AND x.indisvalid AND x.indimmediate
    AND NOT COALESCE((to_jsonb(x)->>'indnullsnotdistinct')::boolean, false)
    AND c.relnamespace = current_schema()::regnamespace"""
REFERENCES_THERE = """
    SELECT c.relname, a.attname, r.relname, b.attname
    FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_class r ON r.oid = o.confrelid
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = o.conkey[1]
    JOIN pg_attribute b ON b.attrelid = r.oid AND b.attnum = o.confkey[1]
    WHERE o.contype = 'f' AND cardinality(o.conkey) = 1 AND o.confdeltype = 'a'
    AND c.relnamespace = current_schema()::regnamespace"""
NOT_NULL_THERE = """
    SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE a.attnotnull AND a.attnum > 0 AND c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace"""


class Pair(NamedTuple):
    """A constraint, and one of its expressions as it is declared and as the database has it."""

    name: str
    declared: str
    there: str


class There:
    """What the database has, by table."""

    def __init__(self) -> None:
        self.checks = {(table, name): condition for table, name, condition in rows(CHECKS_THERE)}
        self.unique = {(table, name): (key, condition) for table, name, condition, key in rows(UNIQUE_THERE)}
        self.references = set(rows(REFERENCES_THERE))
        self.not_null = set(rows(NOT_NULL_THERE))


def check_constraints(scope: Scope) -> Iterator[Finding]:
    there = There()
    for model in apps.get_models():
        options = model._meta
        if options.app_label in ("claimtrack", "sources", "claims") and options.managed and not options.proxy:
            pairs = []
            for name, pair in (*_declared(model, there), *_of_fields(model, there)):
                if pair is None:
                    yield Finding("pg_constraint", f"{name} on {options.db_table}", "it is missing")
                else:
                    pairs += pair
            for name in _differing(options.db_table, pairs):
                yield Finding(
                    "pg_constraint", f"{name} on {options.db_table}", "it is not the one that the model declares"
                )


def _declared(model: type[Model], there: There) -> Iterator[tuple[str, list[Pair] | None]]:
    """Yield each constraint of the model with its expressions, or with None if the database does not have it."""
    table = model._meta.db_table
    editor = connection.schema_editor(collect_sql=True)
    for constraint in model._meta.constraints:
        name = constraint.name
        if isinstance(constraint, CheckConstraint):
            found = CHECK.search(str(constraint.constraint_sql(model, editor)))
            condition = there.checks.get((table, name))
            yield name, [Pair(name, found[1], condition)] if found and condition else None
        else:
            found = UNIQUE.search(str(constraint.create_sql(model, editor)))
            key, condition = there.unique.get((table, name), ("", ""))
            yield (
                name,
                [
                    Pair(name, f"ROW({found['key']})", f"ROW({key})"),
                    Pair(name, found["condition"] or "true", condition),
                ]
                if found and key
                else None,
            )


def _of_fields(model: type[Model], there: There) -> Iterator[tuple[str, list[Pair] | None]]:
    """Yield what each column needs of itself: a value, one that is unique, a row that it refers to, a number that is not negative."""
    table = model._meta.db_table
    alone = {key for (name, _), (key, condition) in there.unique.items() if name == table and condition == "true"}
    for field in model._meta.local_concrete_fields:
        column = str(field.column)
        if not field.null:
            yield f"NOT NULL of {column}", [] if (table, column) in there.not_null else None
        if field.unique:
            yield f"UNIQUE ({column})", [] if {column, f'"{column}"'} & alone else None
        if isinstance(field, ForeignKey) and getattr(field, "db_constraint", False):
            other = field.target_field
            reference = table, column, other.model._meta.db_table, other.column
            yield f"REFERENCES of {column}", [] if reference in there.references else None
        if condition := field.db_check(connection):
            name = f"{table}_{column}_check"
            stored = there.checks.get((table, name))
            yield name, [Pair(name, condition, stored)] if stored else None


def _differing(table: str, pairs: list[Pair]) -> Iterator[str]:
    """Yield the names of those whose two expressions do not mean the same."""
    if not pairs:
        return
    columns = ", ".join(f"({pair.declared}), ({pair.there})" for pair in pairs)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) SELECT {columns} FROM "{table}"')
            (plan,) = cursor.fetchone()[0]
    except DatabaseError:  # a column is not there, or has another type
        yield "what is declared"
        return
    planned = plan["Plan"]["Output"]
    for pair, declared, there in zip(pairs, planned[::2], planned[1::2], strict=True):
        if declared != there:
            yield pair.name


CHECKS = [Check("every constraint is the one that its model declares", check_constraints)]
