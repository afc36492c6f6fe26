import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.factories import make_claim

pytestmark = pytest.mark.django_db


def test_it_works(capsys):
    make_claim("checked", topics=["traffic"])
    make_claim("proposed")
    call_command("check_ledger")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 9 and all(line.startswith("ok: ") for line in lines)


# What bypasses the triggers, and the invariant that it violates.
BREAKS = [
    (
        "ALTER TABLE sources_snapshot DROP CONSTRAINT snapshot_sha256; UPDATE sources_snapshot SET text = text || '.'",
        "every snapshot has the SHA-256",
    ),
    ("UPDATE claims_appearance SET quote = upper(quote)", "every quote is the slice"),
    ("UPDATE claims_claim SET verdict_id = (SELECT id FROM claims_verdict WHERE code = 'true')", "status and verdict"),
    ("UPDATE claims_review SET from_status = 'withdrawn' WHERE to_status = 'checked'", "every review begins"),
    ("DELETE FROM claims_evidence", "every review with a verdict has evidence"),
    ("DELETE FROM claims_appearance", "every claim has an appearance"),
    ("DELETE FROM claims_claimsource", "every claim is listed under the sources"),
    ("UPDATE claims_document SET head = head || ' '", "every document"),
]


@pytest.mark.parametrize(("statement", "holds"), BREAKS, ids=[row[1] for row in BREAKS])
def test_what_is_broken_is_named(statement, holds, capsys):
    make_claim("checked")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # No triggers, as while a dump is loaded.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
    with pytest.raises(CommandError, match="not hold"):
        call_command("check_ledger")
    lines = capsys.readouterr().out.splitlines()
    [at] = [at for at, line in enumerate(lines) if line.startswith(f"not ok: {holds}")]
    assert lines[at + 1].startswith("    not so in 1: ")
