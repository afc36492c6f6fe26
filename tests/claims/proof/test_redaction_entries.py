"""The entry of a redaction, which anybody can read in a receipt, contains nothing internal."""

import json

import pytest
from django.test import Client

from claims import curating
from claims.curating import redactions
from claims.proof import sealing, sequencing
from sources.ingesting import ingest
from tests.factories import make_claim, make_snapshot, make_user
from tools.verify_receipt import check_receipt

pytestmark = pytest.mark.django_db

PASSAGE = "Odile Farnham of Brickfield Row"
TEXT = f"“The tower leans by nine feet,” said {PASSAGE}, who measured it in May."
ORDER = "Court of Appeal, 9 R 77/26"


def test_a_receipt_has_neither_the_order_nor_hidden_snapshots(log):
    shown = make_snapshot(TEXT)
    hidden = ingest(
        by=make_user("editor"), url=shown.article.url, text=f"{TEXT} This version was never quoted."
    ).snapshot
    claim = make_claim("checked", snapshot=shown, quote="The tower leans by nine feet")
    ranges = redactions.parts(shown, text=PASSAGE)
    done = curating.redact(
        snapshot=shown, ranges=ranges, reason="A private person.", order=ORDER, by=make_user("editor")
    )
    sequencing.number()
    hidden.refresh_from_db()
    assert PASSAGE not in hidden.text
    receipt = Client().get(f"/api/v1/claims/{claim.pk}/receipt/").json()
    [said] = [body["redaction"] for leaf, body in check_receipt(receipt, receipt["key"]) if leaf["kind"] == "redaction"]
    assert (said["id"], said["reason"]) == (done.pk, "A private person.")
    assert [snapshot["id"] for snapshot in said["snapshots"]] == [shown.pk]
    assert ORDER not in json.dumps(receipt, ensure_ascii=False) and hidden.sha256 not in json.dumps(receipt)


def test_the_order_is_sealed():
    assert "order" in sealing.sealed_tables()["claimtrack_redaction"].columns
    assert "sha256" in sealing.sealed_tables()["sources_redactedsnapshot"].columns
