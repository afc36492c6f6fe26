"""Change rows at random behind the guards, and count which of the changes `manage.py verify` finds.

    python -m bench.mutations --count 10000        or        make mutations COUNT=10000

The tables are those that are frozen, kept as history, or seen by readers; tables and columns are read from the models. Each mutation
is made by SQL in a small ledger, with all triggers off, and undone afterwards: a value changed, a row dropped, a value of two rows
swapped, an event forged, a guard replaced. What the constraints refuse is not counted. The status is 1 if a mutation was not found and
its column is not in OUTSIDE, which docs/proof.md explains.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.importing import work_in
from claims.proof.notes import make_key

NAME = "claimtrack_bench_mutations"
# Columns whose change may not be found, by table; "" stands for a whole row.
OUTSIDE = {
    "claims_logentry": {"at", "redaction_id"},
    "claims_logtile": {"id"},
    "claims_checkpoint": {"", "id", "at"},
    "claims_cosignature": {"id", "at"},
    "claims_timestamp": {"id", "at"},
    "pghistory_context": {"created_at", "updated_at"},
    "sources_article": {"seen_at"},
    # The state of its deliveries, and what encrypts them.
    "claims_webhook": {
        "change",
        "delivered_at",
        "era",
        "failing_since",
        "failures",
        "lease",
        "leased_until",
        "life",
        "rests_until",
        "xact",
        "secret",
        "old_secret",
    },
}
KINDS = {"value": 80, "drop": 8, "swap": 8, "forge": 2, "guard": 2}
# A value that differs from the one that is there, by the beginning of the type's name.
OTHER = {
    "text": "CASE WHEN {0} = '' THEN 'x' ELSE overlay({0} placing (CASE left({0}, 1) WHEN 'q' THEN 'k' ELSE 'q' END) from 1) END",
    "bigint": "{0} + 1", "integer": "{0} + 1", "smallint": "{0} + 1", "double": "{0} + 1",
    "date": "{0} + 1", "timestamp": "{0} + interval '1 second'", "boolean": "NOT {0}", "uuid": "gen_random_uuid()",
    "jsonb": "CASE jsonb_typeof({0}) WHEN 'object' THEN {0} || '{{\"q\": 1}}' ELSE {0} || '\"q\"' END",
    "bytea": "set_byte({0}, 0, (get_byte({0}, 0) + 1) % 256)",
}  # fmt: skip
FROM_NULL = {
    "text": "'x'", "bigint": "1", "integer": "1", "smallint": "1", "double": "1", "date": "'2020-01-01'", "timestamp": "now()",
    "boolean": "true", "uuid": "gen_random_uuid()", "jsonb": "'{{}}'", "bytea": "'x'",
}  # fmt: skip
COLUMNS = """
    SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND format_type(atttypid, NULL) <> 'tsvector'"""
Column = tuple[str, str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    key = Path(tempfile.mkdtemp()) / "key.pem"
    make_key(key)
    work_in(NAME, CLAIMTRACK_LOG_KEY=str(key))
    build()
    sys.exit(measure(options.count, random.Random(options.seed)))


def build() -> None:
    from claims.management.commands.documents import until_done
    from claims.models.document import catch_up, fill_absent
    from claims.proof import sealing, sequencing
    from tests.claims.proof.test_verify import build as build_ledger

    for _ in range(3):
        build_ledger()
        while (numbering := sequencing.sequencer.thread) is not None:
            numbering.join()
    until_done(fill_absent)
    until_done(catch_up)
    sealing.SLACK = timedelta(0)
    sealing.seal()
    sequencing.number()


def tables() -> list[str]:
    """Return the tables that are frozen, kept as history, or the history itself."""
    import pgtrigger

    from claims.proof.verifying.history import tracked

    frozen = {
        model
        for model, trigger in pgtrigger.registered()
        if trigger.name in ("frozen_delete", "frozen_update", "merge_update")
    }
    found = frozen | {model for pair in tracked() for model in pair}
    return sorted({str(model._meta.db_table) for model in found})


def found_by_verify(is_schema: bool) -> bool:
    """Return whether any check finds something. The schema is only looked at where it was mutated, which takes long."""
    from claims.proof import verifying
    from claims.proof.verifying import constraints, schema
    from claims.proof.verifying.checks import Scope

    of_schema = [*schema.CHECKS, *constraints.CHECKS]
    checks = of_schema if is_schema else [check for check in verifying.CHECKS if check not in of_schema]
    return any(next(iter(check.run(Scope())), None) is not None for check in checks)


def measure(count: int, chance: random.Random) -> int:
    from django.db import DatabaseError, connection, transaction

    if found_by_verify(True) or found_by_verify(False):
        print("verify finds something in the ledger before it is mutated: run it.")
        return 2
    began = time.monotonic()
    made: Counter[str] = Counter()
    missed: Counter[tuple[str, str, str]] = Counter()
    outside: Counter[tuple[str, str, str]] = Counter()
    with connection.cursor() as cursor:
        columns: list[Column] = []
        for table in tables():
            cursor.execute(COLUMNS, [table])
            columns += [(table, name, kind) for name, kind in cursor.fetchall()]
        events = sorted({table for table, *_ in columns if table.endswith("event")})
        while made.total() < count:
            kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
            table, column, statement = mutation(kind, chance, columns, events)
            with transaction.atomic():
                try:
                    with transaction.atomic():
                        cursor.execute("SET LOCAL session_replication_role = replica")
                        cursor.execute(statement)
                        changed = cursor.rowcount
                        cursor.execute("SET LOCAL session_replication_role = origin")
                except DatabaseError:
                    changed = 0
                if changed:
                    made[kind] += 1
                    if not found_by_verify(kind == "guard"):
                        (outside if column in OUTSIDE.get(table, set()) else missed)[kind, table, column] += 1
                transaction.set_rollback(True)
    report(made, missed, outside, time.monotonic() - began)
    return 1 if missed else 0


def mutation(kind: str, chance: random.Random, columns: list[Column], events: list[str]) -> tuple[str, str, str]:
    """Return a table and column, and the statement that mutates them."""
    table, column, of_type = chance.choice(columns)
    row = f"(SELECT ctid FROM {table} ORDER BY md5(ctid::text || '{chance.random()}') LIMIT 1)"
    if kind == "drop":
        return table, "", f"DELETE FROM {table} WHERE ctid = {row}"
    if kind == "swap":
        pair = f"(SELECT ctid, {column} AS value FROM {table} ORDER BY md5(ctid::text || '{chance.random()}') LIMIT 2)"
        return table, column, (
            f"WITH pair AS {pair} UPDATE {table} t SET {column} = other.value FROM pair own, pair other"
            " WHERE t.ctid = own.ctid AND own.ctid <> other.ctid AND own.value IS DISTINCT FROM other.value"
        )  # fmt: skip
    if kind == "forge":
        table = chance.choice(events)
        return table, "", (
            f"INSERT INTO {table} SELECT (jsonb_populate_record(e, jsonb_build_object('pgh_id', 9000000))).* FROM {table} e"
            f" WHERE ctid = (SELECT ctid FROM {table} ORDER BY md5(ctid::text || '{chance.random()}') LIMIT 1)"
        )  # fmt: skip
    if kind == "guard":
        return "pg_trigger", "", guard(table, chance)
    plain = of_type.replace("character varying", "text")
    base = next(name for name in OTHER if plain.startswith(name))
    other = f"CASE WHEN {column} IS NULL THEN {FROM_NULL[base].format()} ELSE {OTHER[base].format(column)} END"
    return table, column, f"UPDATE {table} SET {column} = {other} WHERE ctid = {row}"


def guard(table: str, chance: random.Random) -> str:
    """Return a statement that switches off, drops or replaces a trigger of the table, or replaces a constraint, chosen at random."""
    if chance.random() < 0.3:
        replaced = f"format('ALTER TABLE {table} DROP CONSTRAINT %1$I, ADD CONSTRAINT %1$I CHECK (true)', conname)"
        of_table = f"FROM pg_constraint WHERE contype = 'c' AND conrelid = '{table}'::regclass"
        chosen = f"{of_table} ORDER BY md5(conname || '{chance.random()}') LIMIT 1"
        return f"DO $$ BEGIN EXECUTE (SELECT {replaced} {chosen}); END $$"
    order = f"ORDER BY md5(tgname || '{chance.random()}') LIMIT 1"
    of_table = f"FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = '{table}'::regclass {order}"
    way = chance.choice([
        f"format('ALTER TABLE {table} DISABLE TRIGGER %I', tgname)",
        f"format('DROP TRIGGER %I ON {table}', tgname)",
        "format('CREATE OR REPLACE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql AS ''BEGIN RETURN NULL; END''', tgname)",
    ])  # fmt: skip
    return f"DO $$ BEGIN EXECUTE (SELECT {way} {of_table}); END $$"


def report(made: Counter[str], missed: Counter[Any], outside: Counter[Any], seconds: float) -> None:
    found = made.total() - missed.total() - outside.total()
    print(f"{made.total()} mutations in {seconds:.0f} s: {found} found, {missed.total()} not found,", end=" ")
    print(f"{outside.total()} not found and outside.")
    print("  ".join(f"{kind}: {number}" for kind, number in sorted(made.items())))
    for line in [*rows(missed), *(f"outside, {line}" for line in rows(outside))]:
        print(line)


def rows(missed: Counter[Any]) -> Iterator[str]:
    for (kind, table, column), number in sorted(missed.items()):
        yield f"not found: {kind} {table}.{column} ({number})"


if __name__ == "__main__":
    main()
