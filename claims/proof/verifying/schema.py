"""Triggers and functions of the database are those that the code declares, and they are switched on.

Models declare triggers (pgtrigger), migrations (RunSQL) and pghistory declare functions, and procrastinate declares both. PostgreSQL
keeps the body of a function unchanged, so bodies are compared as text. It rewrites the condition of a trigger, so the comparison
ignores casts and parentheses.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pgtrigger
from django.db import connection
from django.db.migrations import RunSQL
from django.db.migrations.loader import MigrationLoader
from pghistory.models import Context
from procrastinate.schema import SchemaManager

from claims.proof.verifying.checks import Check, Finding, Scope, rows

FUNCTION = re.compile(
    r"CREATE (?:OR REPLACE )?FUNCTION\s+(?P<name>\w+)\(.*?\)(?P<before>[^$]*?)AS\s+\$\$(?P<body>.*?)\$\$(?P<after>[^;]*)",
    re.S | re.I,
)
# A migration whose function depends on the server: the query inside writes it.
WRITTEN_BY_QUERY = re.compile(r"DO \$do\$ BEGIN EXECUTE \((.*)\);\s+END \$do\$", re.S)
TRIGGER = re.compile(
    r"CREATE (?P<constraint>CONSTRAINT )?\s*TRIGGER \w+ (?P<when>BEFORE|AFTER) (?P<events>.*?) ON \S+(?P<rest>.*?) FOR EACH"
    r" (?P<level>\w+)(?P<condition>.*?)EXECUTE",
    re.S,
)
MADE_BY_PROCRASTINATE = re.compile(
    r"CREATE TRIGGER (?P<name>\w+)\s[^;]*?\sON (?P<table>\w+)\s[^;]*?EXECUTE \w+ (?P<function>\w+)\(\)"
)
OURS = """NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
    AND p.pronamespace = current_schema()::regnamespace AND p.proname ~ '^(claims|claimtrack|pgtrigger|_pgh|procrastinate)'"""
FUNCTIONS = f"""
    SELECT p.proname, p.oid::regprocedure::text, p.prosrc, l.lanname, p.provolatile, p.prosecdef,
        ARRAY(SELECT split_part(setting, '=', 1) FROM unnest(p.proconfig) setting ORDER BY 1)
    FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE {OURS} ORDER BY 1, 2"""
TRIGGERS = """
    SELECT t.tgrelid::regclass::text, t.tgname, t.tgenabled, pg_get_triggerdef(t.oid), p.prosrc
    FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"""
VOLATILITY = {"v": "VOLATILE", "s": "STABLE", "i": "IMMUTABLE"}


class Function(NamedTuple):
    """The compared properties of a function. `settings`: the names of the settings that it changes."""

    body: str
    language: str
    volatility: str
    is_definer: bool
    settings: frozenset[str]


@cache
def declared_functions() -> dict[str, Function]:
    """Return the functions that migrations create, by name."""
    loader = MigrationLoader(connection)
    found: dict[str, Function] = {}
    for key in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):
        for operation in loader.graph.nodes[key].operations:
            if isinstance(operation, RunSQL):
                for sql in _statements(operation.sql):
                    found.update(_functions(sql))
    # procrastinate's migrations also create functions that later ones drop. This is its present schema.
    found = {name: one for name, one in found.items() if not name.startswith("procrastinate_")}
    found.update(_functions(SchemaManager.get_schema()))
    # pghistory creates its function after each migration.
    with connection.execute_wrapper(lambda execute, sql, *given: found.update(_functions(sql))):
        Context.install_pgh_attach_context_func()
    return found


def _statements(sql: object) -> Iterator[str]:
    parts = [sql] if isinstance(sql, str) else sql if isinstance(sql, list | tuple) else []
    for part in parts:
        text = part if isinstance(part, str) else str(part[0])
        if written := WRITTEN_BY_QUERY.search(text):
            with connection.cursor() as cursor:
                cursor.execute(written[1])
                text = cursor.fetchone()[0]
        yield text


def _functions(sql: str) -> Iterator[tuple[str, Function]]:
    for found in FUNCTION.finditer(sql):
        options = f"{found['before']} {found['after']}".upper()
        language = re.search(r"LANGUAGE (\w+)", options)
        volatility = re.search(r"\b(IMMUTABLE|STABLE)\b", options)
        is_definer = "SECURITY DEFINER" in options
        settings = {name.lower() for name in re.findall(r"\bSET (\w+)", options)}
        # Those that run as their owner get a search path (claims.models.guards.functions).
        settings |= {"search_path"} if is_definer else set()
        yield (
            found["name"].lower(),
            Function(
                found["body"],
                language[1].lower() if language else "",
                volatility[1] if volatility else "VOLATILE",
                is_definer,
                frozenset(settings),
            ),
        )


def check_functions(scope: Scope) -> Iterator[Finding]:
    declared, seen = declared_functions(), set()
    for name, signature, body, language, volatility, is_definer, settings in rows(FUNCTIONS):
        if name.startswith("pgtrigger_") and name not in declared:
            continue  # of a trigger
        found = Function(
            body,
            language,
            VOLATILITY[volatility],
            is_definer,
            frozenset(settings),
        )
        if name not in declared:
            yield Finding("pg_proc", signature, "no migration makes this function")
        elif name in seen:
            yield Finding("pg_proc", signature, "there are two functions of this name")
        elif found.body != declared[name].body:
            yield Finding("pg_proc", signature, "its body is not the one that the code declares")
        elif found != declared[name]:
            yield Finding("pg_proc", signature, "its options are not those that the code declares")
        seen.add(name)
    yield from (Finding("pg_proc", name, "it is missing") for name in sorted(declared.keys() - seen))


@cache
def declared_triggers() -> dict[tuple[str, str], tuple[tuple[str, ...], str]]:
    """Return when each trigger fires and the body of its function, by table and name."""
    found = {}
    for model, trigger in pgtrigger.registered():
        compiled = trigger.compile(model)
        sql = str(compiled.install_sql)
        found[model._meta.db_table, str(compiled.sql.kwargs["pgid"])] = (_shape(sql), sql.split("$$")[1])
    functions = declared_functions()
    for made in MADE_BY_PROCRASTINATE.finditer(SchemaManager.get_schema()):
        found[made["table"], made["name"]] = (_shape(" ".join(made[0].split())), functions[made["function"]].body)
    return found


def check_triggers(scope: Scope) -> Iterator[Finding]:
    declared = declared_triggers().copy()
    for table, name, enabled, definition, body in rows(TRIGGERS):
        row = f"{name} on {table}"
        wanted = declared.pop((table, name), None)
        if wanted is None:
            yield Finding("pg_trigger", row, "no model declares this trigger")
        elif enabled != "O":
            yield Finding("pg_trigger", row, "it is switched off")
        elif _shape(definition) != wanted[0]:
            yield Finding("pg_trigger", row, "it fires at other moments than the code declares")
        elif body != wanted[1]:
            yield Finding("pg_trigger", row, "its function is not the one that the code declares")
    yield from (Finding("pg_trigger", f"{name} on {table}", "it is missing") for table, name in sorted(declared))


def _shape(definition: str) -> tuple[str, ...]:
    """Return a CREATE TRIGGER in a normal form, whether we or PostgreSQL wrote it."""
    found = TRIGGER.search(definition)
    if not found:
        return (definition,)
    events = sorted(_plain(event) for event in found["events"].split(" OR "))
    rest = _plain(found["rest"]).replace("not deferrable initially immediate", "").strip()
    return str(bool(found["constraint"])), found["when"], *events, rest, found["level"], _plain(found["condition"])


def _plain(sql: str) -> str:
    sql = re.sub(r"::(character varying|\w+)(\[\])?", "", sql.replace('"', "").lower())
    sql = re.sub(r"= any \(+array\[(.*?)\]\)*", r"in (\1)", sql)
    columns = re.sub(r"[()]", " ", sql)
    return " ".join(re.sub(r"\s*,\s*", ", ", columns).split())


OTHERS = [
    ("pg_event_trigger", "it acts on changes of the schema", "SELECT evtname FROM pg_event_trigger"),
    (
        "pg_rewrite",
        "it rewrites statements on a table",
        """SELECT concat(rulename, ' on ', ev_class::regclass) FROM pg_rewrite JOIN pg_class c ON c.oid = ev_class
            WHERE c.relnamespace = current_schema()::regnamespace AND rulename <> '_RETURN'""",
    ),
    (
        "pg_class",
        "it hides rows (row-level security)",
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relrowsecurity",
    ),
    (
        "pg_class",
        "it has children or parents, whose rows triggers do not see",
        """SELECT DISTINCT inhparent::regclass::text FROM pg_inherits JOIN pg_class c ON c.oid = inhparent
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'""",
    ),
    (
        "pg_db_role_setting",
        "it switches triggers off for a role or database",
        """SELECT setting FROM pg_db_role_setting, unnest(setconfig) setting
            WHERE setting LIKE 'session_replication_role=%' AND setting <> 'session_replication_role=origin'""",
    ),
    (
        "pg_constraint",
        "it was never checked on the rows that were there",
        """SELECT concat(conname, ' on ', conrelid::regclass) FROM pg_constraint
            WHERE connamespace = current_schema()::regnamespace AND NOT convalidated""",
    ),
    (
        "pg_trigger",
        "a foreign key is switched off",
        """SELECT concat(conname, ' on ', t.tgrelid::regclass) FROM pg_trigger t JOIN pg_constraint o ON o.oid = tgconstraint
            WHERE tgisinternal AND tgenabled <> 'O' AND connamespace = current_schema()::regnamespace""",
    ),
]


def check_others(scope: Scope) -> Iterator[Finding]:
    for table, reason, sql in OTHERS:
        yield from (Finding(table, row, reason) for (row,) in rows(sql))


CHECKS = [
    Check("every trigger is the one that its model declares, and switched on", check_triggers),
    Check("every function is the one that the migrations make", check_functions),
    Check("nothing else in the schema rewrites, hides or lets pass what the triggers see", check_others),
]
