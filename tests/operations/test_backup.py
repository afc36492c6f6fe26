"""What docs/operations.md says of backup and restore, with its two roles: the copy is guarded as the first one was."""

import re
import subprocess

import psycopg
import pytest
from django.conf import settings as django_settings

from claimtrack.db.embedded import server
from tests.catalog import catalog, differences
from tests.conftest import unshared_cluster
from tests.operations.conftest import OWNER, SERVING, Ledger
from tests.operations.test_roles import FORBIDDEN, check


def run(ledger, program, *arguments):
    where = ("--host", ledger.host, "--port", server.PORT, "--username", server.NAME, f"--dbname={ledger.name}")
    subprocess.run([server.BIN / program, *where, *map(str, arguments)], check=True)


@pytest.fixture(scope="module")
def restored(ledger, tmp_path_factory):
    """The ledger in a cluster of its own: what `provision` makes, and the dump in it."""
    dump = tmp_path_factory.mktemp("backup") / "ledger.dump"
    run(ledger, "pg_dump", "--format=custom", f"--file={dump}")
    with unshared_cluster(django_settings.VAR_DIR / "operations") as data:
        server.ensure_running(data)
        copy = Ledger(data)
        copy.provision()
        into = ("--no-owner", f"--role={OWNER}", "--exit-on-error", "--single-transaction")
        run(copy, "pg_restore", *into, dump)
        yield copy


def test_it_works(ledger, restored):
    with ledger.connect() as before, restored.connect() as after:
        assert differences(catalog(before), catalog(after)) == []
    found = restored.manage(SERVING, "check_ledger")
    assert found.returncode == 0, found.stderr


def test_the_checks_pass(restored, tmp_path):
    _, said = check(restored, SERVING, tmp_path)
    # No static files are collected here (W003).
    assert set(re.findall(r"claimtrack\.[EW]\d+", said)) == {"claimtrack.W003"}, said


def test_it_is_migrated_by_its_owner(restored):
    assert restored.manage(OWNER, "migrate", "--check").returncode == 0


@pytest.mark.parametrize(("sql", "reason"), FORBIDDEN, ids=[row[0][:40] for row in FORBIDDEN])
def test_the_serving_role_may_not(restored, sql, reason):
    with restored.connect(SERVING) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(sql)
