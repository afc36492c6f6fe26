"""What docs/operations.md says of backup and restore, with its two roles: the copy is guarded as the first one was."""

import re
import subprocess

import psycopg
import pytest
from django.conf import settings as django_settings
from django.test import Client

from claims.models import Claim
from claims.proof import sequencing
from claims.proof.notes import make_key
from claimtrack.db.embedded import server
from tests.catalog import catalog, differences
from tests.claims.proof.test_lasting import checkpoint, copy_log
from tests.conftest import unshared_cluster
from tests.factories import make_claim, make_user, step
from tests.operations.conftest import OWNER, SERVING, Ledger, connected
from tests.operations.test_roles import FORBIDDEN, check
from tools.verify_receipt import check_consistency, check_receipt, read_checkpoint


def run(ledger, program, *arguments):
    where = ("--host", ledger.host, "--port", server.PORT, "--username", server.NAME, f"--dbname={ledger.name}")
    subprocess.run([server.BIN / program, *where, *map(str, arguments)], check=True)


def numbered():
    """Wait for the thread that numbers what was published, as long as it may use the database."""
    while thread := sequencing.sequencer.thread:
        thread.join()


@pytest.fixture(scope="module")
def receipt(ledger, tmp_path_factory, django_db_blocker):
    """The receipt of a claim, as it was given out before the backup. Its log has the key of this module."""
    key = tmp_path_factory.mktemp("log") / "key.pem"
    make_key(key)
    with pytest.MonkeyPatch.context() as patch:
        with connected(django_db_blocker, ledger.host, server.PORT):
            claim = make_claim("checked")
            patch.setattr(django_settings, "CLAIMTRACK_LOG_KEY", key)
            sequencing.number()
            found = Client().get(f"/api/v1/claims/{claim.pk}/receipt/").json()
            numbered()
        yield found


@pytest.fixture(scope="module")
def compared(ledger, receipt, tmp_path_factory):
    """The ledger in a cluster of its own, and what differs there: what `provision` makes, and the dump in it."""
    dump = tmp_path_factory.mktemp("backup") / "ledger.dump"
    with ledger.connect() as connection:
        before = catalog(connection)
    run(ledger, "pg_dump", "--format=custom", f"--file={dump}")
    with unshared_cluster(django_settings.VAR_DIR / "operations") as data:
        server.ensure_running(data)
        copy = Ledger(data)
        copy.provision()
        into = ("--no-owner", f"--role={OWNER}", "--exit-on-error", "--single-transaction")
        run(copy, "pg_restore", *into, dump)
        # Before other tests write to it.
        with copy.connect() as connection:
            found = differences(before, catalog(connection))
        yield copy, found


@pytest.fixture(scope="module")
def restored(compared):
    return compared[0]


def test_it_works(compared):
    restored, different = compared
    assert different == []
    found = restored.manage(SERVING, "verify")
    assert found.returncode == 0, found.stdout


def test_the_checks_pass(restored, tmp_path):
    _, said = check(restored, SERVING, tmp_path)
    # No static files are collected here (W003).
    assert set(re.findall(r"claimtrack\.[EW]\d+", said)) == {"claimtrack.W003"}, said


def test_a_receipt_of_before_stays_right(receipt, restored, django_db_blocker, tmp_path):
    """The copy gives out the same one, and its log goes on where that of the first cluster stood."""
    old, key = read_checkpoint(receipt["checkpoint"], receipt["key"]), receipt["key"]
    with connected(django_db_blocker, restored.host, server.PORT):
        assert Client().get(f"/api/v1/claims/{receipt['claim']}/receipt/").json() == receipt
        step(Claim.objects.get(pk=receipt["claim"]), "withdrawn", by=make_user("editor"))
        sequencing.number()
        new = read_checkpoint(checkpoint(), key)
        assert f"from {old.size} to {new.size} leaves" in check_consistency(old, new, str(copy_log(tmp_path)))
        later = Client().get(f"/api/v1/claims/{receipt['claim']}/receipt/").json()
        numbered()
    assert len(check_receipt(later, key)) == len(check_receipt(receipt, key)) + 1


def test_it_is_migrated_by_its_owner(restored):
    assert restored.manage(OWNER, "migrate", "--check").returncode == 0


@pytest.mark.parametrize(("sql", "reason"), FORBIDDEN, ids=[row[0][:40] for row in FORBIDDEN])
def test_the_serving_role_may_not(restored, sql, reason):
    with restored.connect(SERVING) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(sql)
