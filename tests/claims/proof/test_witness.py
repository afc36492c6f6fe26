"""Another desk co-signs the log, by the formats that all witnesses of C2SP share, and refuses one that was rewritten."""

import json
from base64 import b64decode
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from threading import Thread

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.test import Client

from claims.models import Cosignature
from claims.proof import sequencing
from claims.proof.notes import Signer, make_key
from claims.proof.witnessing import Verifier
from claimtrack.refusals import Invalid
from tests.claims.proof.test_lasting import checkpoint, copy_log, publish_others
from tests.claims.proof.test_receipts import receipt_of, with_triggers_off
from tests.factories import make_claim
from tests.psql import refusal
from tools import verify_receipt

pytestmark = pytest.mark.django_db


@contextmanager
def served(folder):
    """Yield the address of a web server for this folder."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *given):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    thread = Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def witness(settings, tmp_path):
    """Co-sign the present log as another desk. Return the output of the command."""
    key, folder = tmp_path / "witness.pem", tmp_path / "copy"
    make_key(key)

    def run(**options):
        copy_log(folder)
        (folder / "checkpoint").write_text(checkpoint())
        log, site = settings.CLAIMTRACK_LOG_KEY, settings.CLAIMTRACK_SITE_URL
        verifier = sequencing.signer().verifier
        printed, told = StringIO(), StringIO()
        settings.CLAIMTRACK_LOG_KEY, settings.CLAIMTRACK_SITE_URL = key, "https://lantern.example"
        try:
            with served(folder) as address:
                call_command(
                    "witness", f"{address}/", key=verifier, state=run.state, stdout=printed, stderr=told, **options
                )
            settings.CLAIMTRACK_LOG_WITNESSES = [sequencing.signer().witness_verifier]
        finally:
            settings.CLAIMTRACK_LOG_KEY, settings.CLAIMTRACK_SITE_URL = log, site
        return printed.getvalue(), told.getvalue()

    run.state = tmp_path / "state"
    return run


def add(file, **options):
    said = StringIO()
    call_command("log", cosignature=file, stdout=said, **options)
    return said.getvalue()


def verified(receipt, key, witness, folder, capsys):
    """Return the exit status of tools/verify_receipt.py and what it says."""
    (folder / "receipt.json").write_text(json.dumps(receipt))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["", str(folder / "receipt.json"), "--key", key, "--witness", witness])
        return verify_receipt.main(), "".join(capsys.readouterr())


def test_it_works(log, witness, settings, tmp_path, capsys):
    claim = make_claim("checked")
    publish_others(300)
    line, said = witness()
    assert "claims.example/log has 302 leaves, 0 of which were seen before" in said
    assert add(witness.state) == add(witness.state) == "lantern.example/log vouches for the log up to entry 302.\n"
    assert checkpoint().endswith(line) and Cosignature.objects.count() == 1
    [key] = settings.CLAIMTRACK_LOG_WITNESSES
    assert key in said
    status, said = verified(receipt_of(claim), log.verifier, key, tmp_path, capsys)
    assert status == 0 and "lantern.example/log saw this log on 20" in said
    # The log goes on, and what is older still comes with the cosignature.
    other = make_claim("checked")
    sequencing.number()
    assert "lantern" not in checkpoint() and Client().get("/log/cosigned").content.decode().endswith(line)
    assert verified(receipt_of(claim), log.verifier, key, tmp_path, capsys)[0] == 0
    status, said = verified(receipt_of(other), log.verifier, key, tmp_path, capsys)
    assert status == 1 and "lantern.example/log has not signed this checkpoint" in said
    assert "304 leaves, 302 of which were seen before" in witness()[1]


def test_the_format_is_that_of_c2sp():
    """The signed text and the id of the key are composed here a second time, as the text of tlog-cosignature says."""
    signer = Signer("lantern.example/log", Ed25519PrivateKey.from_private_bytes(bytes(32)))
    text = "claims.example/log\n7\nAAAA\n"
    line = signer.cosign(text, 1_700_000_000)
    verifier = Verifier.read(signer.witness_verifier)
    assert verifier.signature(f"{text}\n{line}\n") == line
    signed = f"cosignature/v1\ntime 1700000000\n{text}".encode()
    assert signer.key.sign(signed) == b64decode(line.split()[-1])[12:]
    with pytest.raises(Invalid, match="is not of this checkpoint"):
        verifier.signature(f"{text.replace('7', '8')}\n{line}\n")


def rewritten():
    with_triggers_off(
        "UPDATE claims_logentry SET leaf = leaf || ' ' WHERE index = 1; UPDATE claims_logentry SET index = NULL;"
        " DELETE FROM claims_logtile; DELETE FROM claims_checkpoint"
    )


def shortened():
    with_triggers_off(
        "DELETE FROM claims_logopening; DELETE FROM claims_logentry WHERE index > 100; UPDATE claims_logentry SET index = NULL;"
        " DELETE FROM claims_logtile; DELETE FROM claims_checkpoint"
    )


@pytest.mark.parametrize(
    ("forge", "said"),
    [
        (rewritten, "claims.example/log was rewritten: its first 300 leaves are not what they were"),
        (shortened, "claims.example/log was rolled back: it had 300 leaves, and has only 101"),
    ],
)
def test_a_fork_is_refused(log, witness, forge, said):
    publish_others(300)
    witness()
    before = witness.state.read_text()
    forge()
    sequencing.number()
    with pytest.raises(CommandError, match=said) as refused:
        witness()
    assert refused.value.returncode == 1
    assert witness.state.read_text() == before
    forged = witness.state.with_name("state.forked").read_text()
    assert forged == checkpoint(), "the two signed checkpoints together prove it"


def test_nothing_is_co_signed_that_cannot_be_kept(log, witness, tmp_path):
    publish_others(1)
    (tmp_path / "file").touch()
    witness.state = tmp_path / "file" / "state"
    with pytest.raises(CommandError, match=r"Nothing is co-signed, .* Name a file by --state"):
        witness()


def test_a_fork_is_told_even_if_it_cannot_be_kept(log, witness):
    publish_others(300)
    witness()
    witness.state.with_name("state.forked").mkdir()
    rewritten()
    sequencing.number()
    with pytest.raises(CommandError, match="was rewritten") as refused:
        witness()
    assert checkpoint() in str(refused.value)


def test_for_cron_it_says_nothing_if_all_is_well(log, witness, settings, capfd):
    publish_others(1)
    assert witness(verbosity=0) == ("", "")
    said = add(witness.state, verbosity=0)
    call_command("log", verbosity=0)
    out, err = capfd.readouterr()
    # The other desk's server, which is in this process, may log its requests.
    assert (said, out, [line for line in err.splitlines() if "claimtrack.requests" not in line]) == ("", "", [])


def test_tiles_that_are_not_the_checkpoint_s(log, witness, monkeypatch):
    publish_others(3)
    grown = copy_log

    def tampered(folder):
        tile = grown(folder) / "tile/0/000.p/3"
        tile.write_bytes(bytes(32) + tile.read_bytes()[32:])

    monkeypatch.setattr("tests.claims.proof.test_witness.copy_log", tampered)
    with pytest.raises(CommandError, match="are not those of its checkpoint"):
        witness()


def test_a_log_that_does_not_answer(log, tmp_path):
    with pytest.raises(CommandError, match="The log cannot be checked: 404"), served(tmp_path) as address:
        call_command("witness", address, key=log.verifier, state=tmp_path / "state")


def test_a_key_that_is_none(log, tmp_path):
    with pytest.raises(CommandError, match="is no public key: it is name"):
        call_command("witness", "http://127.0.0.1:1", key="lantern", state=tmp_path / "state")


def test_a_cosignature_of_a_stranger(log, witness, settings):
    publish_others(1)
    witness()
    settings.CLAIMTRACK_LOG_WITNESSES = []
    with pytest.raises(CommandError, match="No witness of CLAIMTRACK_LOG_WITNESSES has signed this checkpoint"):
        add(witness.state)


def test_a_checkpoint_of_another_log(log, witness, tmp_path):
    publish_others(1)
    witness()
    (tmp_path / "other").write_text(witness.state.read_text().replace("\n1\n", "\n2\n"))
    with pytest.raises(CommandError, match="none of this log"):
        add(tmp_path / "other")


def test_a_cosignature_stays(log, witness):
    publish_others(1)
    witness()
    add(witness.state)
    assert refusal("UPDATE claims_cosignature SET line = 'x'") == refusal("DELETE FROM claims_cosignature") == "frozen"
