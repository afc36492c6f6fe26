"""Read the definitions of a database from its catalog, to compare two databases."""

import re
from typing import Any

# PostgreSQL reads its own `IN ('a', 'b')` back with other casts and parentheses.
CASTS = re.compile(r"::character varying|::text(?:\[\])?|[()]")

OURS = """relnamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')"""
# A missing entry means the default.
GRANTS = "ARRAY(SELECT item::text FROM unnest(coalesce({0}, acldefault('{1}', {2}))) item ORDER BY 1)"
# Minor versions of 2026 count changes of a column there. Their own pg_dump leaves it out; others do not.
OPTIONS = "ARRAY(SELECT item FROM unnest(attoptions) item WHERE item NOT LIKE 'pg_attver=%' ORDER BY 1)"
QUERIES = {
    "relations": f"""SELECT relname, relkind, reloptions, pg_get_userbyid(relowner), {GRANTS.format("relacl", "r", "relowner")}
        FROM pg_class c WHERE {OURS} AND relkind <> 'S'""",
    "sequences": f"""SELECT relname, pg_get_userbyid(relowner), {GRANTS.format("relacl", "s", "relowner")}, last_value
        FROM pg_class c JOIN pg_sequences ON sequencename = relname WHERE {OURS} AND relkind = 'S'""",
    "columns": f"""SELECT relname, attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
            attstattarget, {OPTIONS}, attstorage, attcollation::regcollation, pg_get_expr(adbin, adrelid)
        FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid LEFT JOIN pg_attrdef ON adrelid = c.oid AND adnum = attnum
        WHERE {OURS} AND attnum > 0 AND NOT attisdropped""",
    "constraints": f"""SELECT relname, conname, convalidated, pg_get_constraintdef(o.oid)
        FROM pg_constraint o JOIN pg_class c ON conrelid = c.oid WHERE {OURS}""",
    "indexes": f"""SELECT pg_get_indexdef(indexrelid), indisvalid FROM pg_index JOIN pg_class c ON indrelid = c.oid WHERE {OURS}""",
    "triggers": f"""SELECT pg_get_triggerdef(t.oid), tgenabled FROM pg_trigger t JOIN pg_class c ON tgrelid = c.oid
        WHERE {OURS} AND NOT tgisinternal""",
    "functions": f"""SELECT pg_get_functiondef(oid), pg_get_userbyid(proowner), {GRANTS.format("proacl", "f", "proowner")}
        FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND prokind <> 'a' AND NOT EXISTS (
            SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')""",
    "text search": """SELECT cfgname, alias, mapseqno, mapdict::regdictionary FROM pg_ts_config_map
        JOIN pg_ts_config c ON c.oid = mapcfg JOIN ts_token_type(cfgparser) ON tokid = maptokentype
        WHERE cfgnamespace = 'public'::regnamespace""",
    "extensions": "SELECT extname FROM pg_extension",
    "default grants": "SELECT pg_get_userbyid(defaclrole), defaclobjtype, defaclacl::text FROM pg_default_acl",
    "schema": "SELECT nspname, ARRAY(SELECT item::text FROM unnest(nspacl) item ORDER BY 1) FROM pg_namespace WHERE nspname = 'public'",
}


def catalog(connection: Any) -> dict[str, list[str]]:
    """The definitions, owners, grants and options of all that is ours, by kind; `connection`: Django's or psycopg's."""
    found = {}
    with connection.cursor() as cursor:
        for kind, query in QUERIES.items():
            cursor.execute(query)
            found[kind] = sorted(CASTS.sub("", str(row)) for row in cursor.fetchall())
    return found


def differences(one: dict[str, list[str]], other: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(kind, row) for kind in one for row in set(one[kind]) ^ set(other[kind])]
