"""A receipt stays valid as the log grows, and one old checkpoint exposes a rewritten log."""

import pytest
from django.test import Client

from claims import curating
from claims.models import LogEntry
from claims.proof import sequencing
from claims.proof.leaves import write
from tests.claims.proof.test_receipts import receipt_of, with_triggers_off
from tests.factories import make_claim, make_speaker, make_user, step
from tools.verify_receipt import Wrong, check_consistency, check_receipt, read_checkpoint

pytestmark = pytest.mark.django_db


def checkpoint():
    return Client().get("/log/checkpoint").content.decode()


def copy_log(folder):
    """Copy the tiles of the log as it is now to a folder, as a mirror does. Return the folder."""
    size = int(checkpoint().splitlines()[1])
    level = 0
    while width := size >> (8 * level):
        for index in range(-(-width // 256)):
            partial = min(256, width - index * 256)
            path = f"tile/{level}/{index:03}" + (f".p/{partial}" if partial < 256 else "")
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(Client().get(f"/log/{path}").content)
        level += 1
    return folder


def publish_others(number):
    """Let the log grow by as many entries of other claims, without the claims."""
    leaves = [
        write("publication", {"review": {"id": pk}}, at="2026-03-01T12:00:00.000000Z", claim=pk) for pk in range(number)
    ]
    LogEntry.objects.bulk_create(LogEntry(kind="publication", leaf=each.leaf, body=each.body) for each in leaves)
    sequencing.number()


def test_it_outlasts_what_comes_after_it(log, tmp_path):
    editor, speaker = make_user("editor"), make_speaker()
    claim, twin = make_claim("checked", speaker=speaker), make_claim("unverified", speaker=speaker)
    sequencing.number()
    first, old = receipt_of(claim), checkpoint()
    publish_others(1_000)
    merge = curating.merge_claims(loser=twin, winner=claim, reason="The same.", by=editor)
    curating.undo_merge(merge=merge, by=editor)
    step(claim, "checked", by=editor)
    sequencing.number()
    assert [leaf["kind"] for leaf, _ in check_receipt(first, log.verifier)] == ["snapshot", "publication"]
    now = receipt_of(claim)
    assert now["entries"][0]["proof"] != first["entries"][0]["proof"], "the tree has grown"
    kinds = [leaf["kind"] for leaf, _ in check_receipt(now, log.verifier)]
    assert kinds == ["snapshot", "publication", "merge", "merge_undone", "confirmation"]
    heads = [read_checkpoint(note, log.verifier) for note in (old, checkpoint())]
    assert "to 1007 leaves" in check_consistency(*heads, str(copy_log(tmp_path)))


@pytest.mark.parametrize("leaf", [0, 150, 299])
def test_a_tree_that_is_rewritten_from_a_leaf_on(log, tmp_path, leaf):
    """By the operator, who has the key and switches triggers off: numbers, tiles and signature are right again."""
    make_claim("checked")
    publish_others(298)
    old = checkpoint()
    publish_others(5)
    with_triggers_off(
        f"UPDATE claims_logentry SET leaf = leaf || ' ' WHERE index = {leaf};"
        " UPDATE claims_logentry SET index = NULL; DELETE FROM claims_logtile; DELETE FROM claims_checkpoint"
    )
    assert sequencing.number() == 305
    heads = [read_checkpoint(note, log.verifier) for note in (old, checkpoint())]
    with pytest.raises(Wrong, match="The first 300 leaves are not what they were: the log was rewritten"):
        check_consistency(*heads, str(copy_log(tmp_path)))
