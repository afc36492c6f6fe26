"""Make the database of the benchmark: the invented claims of `bench.corpus` in the tables of the project.

    python -m bench.data 100k

Rows are inserted by COPY with every guard on. Claims are inserted as proposed, and their reviews afterwards, so that every row
has a state that the verbs could have produced.
"""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from bench.corpus import Corpus, Rows
from claimtrack.db.embedded import server

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("CLAIMTRACK_VAR_DIR", ROOT / "var")).resolve() / "postgres"
SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
BATCH = 1_000  # claims in a transaction
COLUMNS = {
    "sources_source": "id name key folded kind homepage country language notes",
    "sources_domain": "source_id host",
    "sources_snapshot": "id article_id text sha256 taken_at method extractor extractor_version final_url taken_by_id",
    "sources_article": "id source_id title url canonical_url first_sha256 byline language published_at published_precision"
    " current_snapshot_id created_by_id",
    "claims_speaker": "id name kind role website",
    "claims_alias": "speaker_id name key folded",
    "claims_topic": "id name slug",
    "claims_appearance": "claim_id snapshot_id quote start_offset end_offset prefix suffix",
    "claims_claimtopic": "claim_id topic_id",
    "claims_claim": "id text speaker_id speaker_role said_at said_precision language status origin version created_by_id"
    " created_at updated_at",
    "claims_review": "id claim_id from_status to_status verdict_id verdict_label wording rationale note changes reviewer_id"
    " created_at transaction",
    "claims_evidence": "review_id url title publisher quote stance accessed_at",
}
USER = """
    INSERT INTO claimtrack_user (username, password, first_name, last_name, email, public_name, is_superuser, is_staff,
        is_active, date_joined, notices_by_email, language, preview)
    VALUES ('bench', '!', '', '', '', '', false, false, true, now(), 'none', '', true) RETURNING id"""
EDITOR = "INSERT INTO claimtrack_user_groups (user_id, group_id) SELECT %s, id FROM auth_group WHERE name = 'Editor'"
# If these are not set, each event trigger catches an error when it reads them, which visits all deferred checks: the time of a
# transaction would grow with the square of its rows.
SETTINGS = """
    SELECT set_config('pghistory.context_id', gen_random_uuid()::text, true),
        set_config('pghistory.context_metadata', jsonb_build_object('user', %s::bigint)::text, true)"""
# The claims of the corpus are of many days.
DATED = """
    DO $$ BEGIN
        EXECUTE (SELECT format('ALTER TABLE claims_claim {switch} TRIGGER %I', tgname) FROM pg_trigger
            WHERE tgrelid = 'claims_claim'::regclass AND tgname LIKE 'pgtrigger_dated_%');
    END $$"""
SETTLE = """
    UPDATE claims_claim c SET status = last.to_status,
        verdict_id = CASE last.to_status WHEN 'checked' THEN last.verdict_id END,
        assignee_id = CASE last.to_status WHEN 'in_review' THEN last.reviewer_id END,
        reviewed_at = (SELECT created_at FROM claims_review WHERE claim_id = c.id AND to_status = 'checked')
    FROM (SELECT DISTINCT ON (claim_id) * FROM claims_review WHERE claim_id > %s ORDER BY claim_id, id DESC) last
    WHERE c.id = last.claim_id"""


def url(database: str) -> str:
    """Return the DATABASE_URL of a database of the embedded server."""
    return f"postgresql://{server.NAME}@{quote(str(server.socket_folder(DATA)), safe='')}:{server.PORT}/{database}"


def environment(size: str) -> dict[str, str]:
    """Return the environment of claimtrack: the defaults of production, with the database of this size."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMTRACK_")}
    return {**others, "DATABASE_URL": url(database(size)), "CLAIMTRACK_SECRET_KEY": "benchmark " * 5}


def database(size: str) -> str:
    """Return the name of the database of this size, which is never the demo's."""
    return f"claimtrack_bench_{size}"


def ensure(size: str) -> None:
    """Make the database of this size, unless it was made by the same version of these files."""
    here = Path(__file__)
    made_by = [here, here.with_name("corpus.py"), here.with_name("words.txt"), *sorted(ROOT.glob("*/migrations/*.py"))]
    recipe = hashlib.sha256(b"".join([size.encode(), *(path.read_bytes() for path in made_by)])).hexdigest()
    name = database(size)
    server.ensure_running(DATA)
    with psycopg.connect(url("postgres"), autocommit=True) as connection:
        if connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount:
            if _recipe(name) == recipe:
                return
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    print(f"Making the database {name}.", flush=True)
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=environment(size), check=True)
    started = time.monotonic()
    with psycopg.connect(url(name), autocommit=True) as connection:
        load(connection, SIZES[size])
        print(f"{SIZES[size]:,} claims entered, guards on, in {time.monotonic() - started:.0f} s.", flush=True)
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CREATE TABLE bench_recipe AS SELECT %s AS sha256", [recipe])


def _recipe(name: str) -> str:
    with psycopg.connect(url(name)) as connection:
        try:
            return connection.execute("SELECT sha256 FROM bench_recipe").fetchall()[0][0]
        except psycopg.errors.UndefinedTable:
            return ""  # an earlier run was interrupted


def load(connection: psycopg.Connection, claims: int) -> None:
    """Fill the empty tables of a migrated database, in a transaction for each batch of claims."""
    connection.execute(DATED.format(switch="DISABLE"))
    with connection.transaction():
        user = connection.execute(USER).fetchall()[0][0]
        connection.execute(EDITOR, [user])
        scale: Any = connection.execute("SELECT id, label FROM claims_verdict ORDER BY position").fetchall()
        corpus = Corpus(claims, user, scale)
        _copy(connection, corpus.base_rows())
    for number, (first, rows) in enumerate(corpus.batches(BATCH)):
        with connection.transaction():
            connection.execute(SETTINGS, [user])
            _copy(connection, rows)
            connection.execute(SETTLE, [first])
        if number in (0, 7, 31):
            # The guards cache their plans, and plans made for empty tables are slow.
            connection.execute("ANALYZE")
    with connection.transaction():
        # In a transaction around it all, the rows of the last batch still wait for their checks.
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        connection.execute(DATED.format(switch="ENABLE"))
    for table in COLUMNS:
        sequence = f"pg_get_serial_sequence('{table}', 'id')"
        connection.execute(f"SELECT setval({sequence}, (SELECT coalesce(max(id), 1) FROM {table}))")


def _copy(connection: psycopg.Connection, tables: Rows) -> None:
    for table in COLUMNS:
        if table in tables:
            with connection.cursor().copy(f"COPY {table} ({', '.join(COLUMNS[table].split())}) FROM STDIN") as copy:
                for row in tables[table]:
                    copy.write_row(row)


if __name__ == "__main__":
    for wanted in sys.argv[1:]:
        ensure(wanted)
