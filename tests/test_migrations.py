"""Migrations run while the site is used, so none may lock a table for long: squawk checks their SQL."""

import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parent.parent
SQUAWK = shutil.which("squawk", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
OURS = ("claimtrack", "sources", "claims")
# They make the tables, which nobody uses yet.
FIRST = {("claims", "0001_search")}

pytestmark = pytest.mark.skipif(SQUAWK is None, reason="squawk is not installed")


def squawk(sql):
    """Return squawk's findings in SQL, "" if there are none."""
    command = [SQUAWK, "--config", ROOT / ".squawk.toml", "--stdin-filepath", "migration.sql"]
    run = subprocess.run(command, input=sql, capture_output=True, text=True, check=False)
    return run.stdout + run.stderr if run.returncode else ""


@pytest.mark.django_db
def test_no_migration_holds_a_table():
    migrations = MigrationLoader(None).disk_migrations
    later = [key for key, one in migrations.items() if key[0] in OURS and not one.initial and key not in FIRST]
    for app, name in sorted(later):
        sql = StringIO()
        call_command("sqlmigrate", app, name, stdout=sql)
        assert not squawk(sql.getvalue()), f"{app}.{name}"


# a migration as Django writes it, and whether it may run while the site is used
CASES = [
    ('BEGIN; ALTER TABLE "claims_claim" ADD COLUMN "mood" varchar(20) DEFAULT \'\' NOT NULL; COMMIT;', True),
    ('CREATE INDEX CONCURRENTLY "claim_mood" ON "claims_claim" ("mood");', True),
    ('BEGIN; CREATE INDEX "claim_mood" ON "claims_claim" ("mood"); COMMIT;', False),
    ('BEGIN; ALTER TABLE "claims_claim" ADD COLUMN "mood" varchar(20) NOT NULL; COMMIT;', False),
    ('BEGIN; ALTER TABLE "claims_claim" ALTER COLUMN "mood" TYPE integer; COMMIT;', False),
    ('BEGIN; ALTER TABLE "claims_claim" ADD CONSTRAINT "mood_known" CHECK ("mood" <> \'\'); COMMIT;', False),
    ('BEGIN; ALTER TABLE "claims_claim" DROP COLUMN "language"; COMMIT;', False),
    ('BEGIN; ALTER TABLE "claims_claim" RENAME COLUMN "language" TO "tongue"; COMMIT;', False),
]


@pytest.mark.parametrize(("sql", "passes"), CASES)
def test_what_would_hold_one_is_found(sql, passes):
    assert (not squawk(sql)) == passes
