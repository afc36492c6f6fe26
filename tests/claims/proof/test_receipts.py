"""A receipt verifies offline, by a program that shares no code with the service."""

import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from claims import curating
from claims.models import LogEntry
from claims.proof import sequencing
from tests.factories import EVIDENCE, QUOTE, make_claim, make_snapshot, make_speaker, make_user, step
from tests.psql import refusal, run
from tools import verify_receipt
from tools.verify_receipt import REMOVED, Wrong, check_receipt

pytestmark = pytest.mark.django_db


def receipt_of(claim):
    answer = Client().get(f"/api/v1/claims/{claim.pk}/receipt/")
    assert answer.status_code == 200, answer.content
    return answer.json()


def kinds(claim):
    return [leaf["kind"] for leaf, _ in check_receipt(receipt_of(claim), sequencing.signer().verifier)]


def test_it_works(log):
    claim = make_claim("checked", verdict="false", topics=["roads"])
    sequencing.number()
    entries = check_receipt(receipt_of(claim), log.verifier)
    assert [leaf["kind"] for leaf, _ in entries] == ["snapshot", "publication"]
    leaf, body = entries[1]
    assert (leaf["claim"], leaf["at"]) == (claim.pk, body["review"]["created_at"])
    [shown] = Client().get(f"/api/v1/claims/{claim.pk}/reviews/").json()["results"]
    for piece in shown["evidence"]:
        if piece["snapshot"]:
            del piece["snapshot"]["article"]
    assert body["review"] == shown
    whole = Client().get(f"/api/v1/claims/{claim.pk}/").json()
    del whole["url"]
    assert {name: whole[name] for name in body["claim"]} == body["claim"]
    assert body["claim"]["provenance"][0]["quote"] == QUOTE
    assert entries[0][1]["snapshot"]["sha256"] == claim.appearances.get().snapshot.sha256


def test_no_text_is_in_the_log_itself(log):
    claim = make_claim("checked")
    sequencing.number()
    tiles = Client().get(f"/log/tile/entries/000.p/{LogEntry.objects.count()}").content.decode("latin-1")
    bodies = "".join(LogEntry.objects.values_list("body", flat=True))
    for text in (claim.text, QUOTE, EVIDENCE[0]["title"], EVIDENCE[0]["url"], "Counted", "False", claim.speaker.name):
        assert text not in tiles + bodies


def test_every_public_step_enters(log):
    editor = make_user("editor")
    claim = make_claim("checked")
    step(claim, "checked", by=editor, verdict="true")
    step(claim, "checked", by=editor, verdict="true")
    step(claim, "in_review", by=editor, rationale="Once more.")
    step(claim, "awaiting_approval", by=editor)
    step(claim, "checked", by=make_user("editor"))
    step(claim, "withdrawn", by=editor)
    sequencing.number()
    steps = ["publication", "correction", "confirmation", "reopen", "correction", "withdraw"]
    assert kinds(claim) == ["snapshot", *steps]


def test_what_changes_the_claim_later_enters(log):
    editor = make_user("editor")
    speaker = make_speaker("Ada Norrby")
    claim = make_claim("checked", speaker=speaker)
    twin = make_claim("unverified", speaker=speaker)
    added = curating.add_appearance(claim=claim, by=editor, snapshot=make_snapshot(), quote="Nobody asked how she knew")
    merge = curating.merge_claims(loser=twin, winner=claim, reason="The same.", by=editor)
    curating.undo_merge(merge=merge, by=editor)
    curating.edit_speaker(speaker=speaker, by=editor, name="Ada Norrby-Hale")
    step(claim, "withdrawn", by=editor)
    claim.refresh_from_db()
    curating.remove_appearance(appearance=added, by=editor)
    sequencing.number()
    found = check_receipt(receipt_of(claim), log.verifier)
    assert [leaf["kind"] for leaf, _ in found if leaf["kind"] != "snapshot"] == [
        *("publication", "appearance_added", "merge", "merge_undone", "speaker_renamed", "withdraw", "appearance_removed"),
    ]  # fmt: skip
    assert "The same." not in json.dumps(receipt_of(claim)), "readers never saw the reason of a merge"
    assert LogEntry.objects.filter(kind="snapshot").count() == 3


def test_a_claim_without_a_publication_has_none(log):
    claim = make_claim("unverified")
    sequencing.number()
    for path in (f"/api/v1/claims/{claim.pk}/receipt/", "/api/v1/claims/999999/receipt/"):
        assert Client().get(path).status_code == 404


def test_an_old_receipt_stays_right(log):
    claim = make_claim("checked")
    sequencing.number()
    before = receipt_of(claim)
    for _ in range(3):
        step(claim, "checked", by=make_user("editor"))
        sequencing.number()
    assert len(check_receipt(before, log.verifier)) == 2
    assert len(check_receipt(receipt_of(claim), log.verifier)) == 5


FORGERIES = [
    # what is changed in a receipt, what the verifier says
    (lambda r: r["entries"][1].update(leaf=r["entries"][1]["leaf"].replace("publication", "confirmation")), "not in the log"),
    (lambda r: r["entries"][1].update(body=r["entries"][1]["body"].replace('"checked"', '"withdrawn"')), "body"),
    (lambda r: next(iter(r["entries"][1]["opened"].values())).update(text="Forged."), "A text is not"),
    (lambda r: r["entries"][1].update(index=0), "order"),
    (lambda r: r["entries"].pop(0) and r["entries"][0].update(proof=[]), "proof|in the log"),
    (lambda r: r.update(checkpoint=r["checkpoint"].replace("\n2\n", "\n3\n")), "signature"),
    (lambda r: r.update(checkpoint=r["checkpoint"].replace("— claims", "— others")), "not signed"),
]  # fmt: skip


@pytest.mark.parametrize(("forge", "said"), FORGERIES)
def test_a_forged_receipt(log, forge, said):
    claim = make_claim("checked")
    sequencing.number()
    receipt = receipt_of(claim)
    forge(receipt)
    with pytest.raises(Wrong, match=said):
        check_receipt(receipt, log.verifier)


def test_a_text_without_its_salt_is_shown_as_removed(log):
    claim = make_claim("checked")
    sequencing.number()
    receipt = receipt_of(claim)
    opened = receipt["entries"][1]["opened"]
    gone = next(found for found, given in opened.items() if given["text"].startswith("Counted, and"))
    del opened[gone]
    assert check_receipt(receipt, log.verifier)[1][1]["review"]["rationale"] == REMOVED


def test_a_rewritten_log_is_caught_by_an_old_checkpoint(log, tmp_path, capsys):
    make_claim("checked")
    sequencing.number()
    (tmp_path / "old").write_text(Client().get("/log/checkpoint").content.decode())
    for _ in range(2):
        make_claim("checked")
    sequencing.number()
    (tmp_path / "new").write_text(Client().get("/log/checkpoint").content.decode())
    (tmp_path / "key").write_text(Client().get("/log/key").content.decode())
    tile = tmp_path / "tile/0/000.p/6"
    tile.parent.mkdir(parents=True)
    tile.write_bytes(Client().get("/log/tile/0/000.p/6").content)

    def consistent(old, new):
        options = ["", "--consistent", str(tmp_path / old), str(tmp_path / new), "--tiles", str(tmp_path)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.argv", [*options, "--key", str(tmp_path / "key")])
            return verify_receipt.main(), capsys.readouterr()

    status, said = consistent("old", "new")
    assert status == 0 and "from 2 to 6" in said.out
    forged = bytes(32) + tile.read_bytes()[32:]
    tile.write_bytes(forged)
    root = verify_receipt.Tiles(str(tmp_path), 6).root(0, 6)
    (tmp_path / "forged").write_text(log.checkpoint(6, root))
    status, said = consistent("old", "forged")
    assert status == 1 and "rewritten" in said.err


def test_without_its_package_the_tool_says_that_it_cannot_check():
    """Status 1 would say that the receipt is wrong."""
    lacking = "import runpy, sys; sys.modules['cryptography'] = None; runpy.run_path('tools/verify_receipt.py', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", lacking], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "This cannot be checked without the package cryptography: pip install cryptography\n"


def test_what_was_published_before_enters_once(log):
    claim = make_claim("checked")
    # As if the ledger had been there before the log.
    with_triggers_off("DELETE FROM claims_logopening; DELETE FROM claims_logentry")
    step(claim, "checked", by=make_user("editor"))
    sequencing.number_if_begun()
    assert not LogEntry.objects.numbered().exists(), "to begin is for the command"
    for _ in range(2):
        call_command("log", stdout=StringIO())
    found = check_receipt(receipt_of(claim), log.verifier)
    assert [(leaf["kind"], leaf.get("earlier")) for leaf, _ in found] == [
        ("publication", True), ("confirmation", None), ("snapshot", None),
    ]  # fmt: skip


def with_triggers_off(statement):
    run("SET LOCAL session_replication_role = replica", statement, "SET LOCAL session_replication_role = origin")


def test_the_command_says_that_there_is_no_key(settings):
    settings.CLAIMTRACK_LOG_KEY = None
    with pytest.raises(CommandError, match="CLAIMTRACK_LOG_KEY names no file"):
        call_command("log")


def test_the_command_says_that_a_key_is_none(settings, tmp_path):
    settings.CLAIMTRACK_LOG_KEY = tmp_path / "key.pem"
    settings.CLAIMTRACK_LOG_KEY.write_text("not a key")
    with pytest.raises(CommandError, match="not a file with an Ed25519"):
        call_command("log")


def test_another_name_signs_the_head_anew(log, settings):
    claim = make_claim("checked")
    sequencing.number()
    settings.CLAIMTRACK_SITE_URL = "https://moved.example"
    assert sequencing.number() == 0
    assert check_receipt(receipt_of(claim), sequencing.signer().verifier)


FROZEN = [
    "UPDATE claims_logentry SET leaf = 'x'", "DELETE FROM claims_logopening", "DELETE FROM claims_logtile",
    "UPDATE claims_logtile SET hashes = '\\x00'::bytea", "DELETE FROM claims_checkpoint", "UPDATE claims_checkpoint SET note = 'x'",
    "UPDATE claims_logentry SET index = 7", "UPDATE claims_logentry SET index = NULL",
]  # fmt: skip


@pytest.mark.parametrize("statement", FROZEN)
def test_the_log_is_append_only(log, statement):
    make_claim("checked")
    run("SET CONSTRAINTS ALL IMMEDIATE")
    sequencing.number()
    assert refusal(statement) == "frozen"


@pytest.mark.parametrize("places", [(1, 2), (0, 2), (1,)])
def test_numbers_have_no_gap(places):
    make_claim("checked")
    pairs = zip(LogEntry.objects.order_by("pk").values_list("pk", flat=True), places, strict=False)
    given = ", ".join(f"({pk}, {place})" for pk, place in pairs)
    numbered = f"UPDATE claims_logentry e SET index = n.index FROM (VALUES {given}) AS n (id, index) WHERE e.id = n.id"
    assert refusal(numbered) == "log_order"
