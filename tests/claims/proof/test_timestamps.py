"""An authority stamps the newest checkpoint, once a day (RFC 3161). The authority here is OpenSSL's, behind a local web server."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from threading import Thread

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.core.management import CommandError, call_command
from django.test import Client

from claims.models import Checkpoint, Timestamp
from claims.proof import sequencing, stamping
from tests.claims.proof.test_lasting import publish_others
from tests.psql import refusal

OPENSSL = shutil.which("openssl")
pytestmark = [pytest.mark.django_db, pytest.mark.skipif(OPENSSL is None, reason="OpenSSL is not installed")]

CONFIGURATION = """
[tsa]
default_tsa = local
[local]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


def certificate(folder, name, issuer=None, **extensions):
    """Write a key and its certificate, signed by the issuer or by itself. Return both."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(
        issuer[1].subject if issuer else subject,
        subject,
        key.public_key(),
        x509.random_serial_number(),
        now - timedelta(days=1),
        now + timedelta(days=10),
    )
    builder = builder.add_extension(x509.BasicConstraints(ca=not issuer, path_length=None), critical=True)
    if issuer:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    made = builder.sign(issuer[0] if issuer else key, SHA256())
    (folder / f"{name}.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / f"{name}.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return key, made


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """The folder of an authority: its certificates, and OpenSSL's settings."""
    folder = tmp_path_factory.mktemp("authority")
    certificate(folder, "tsa", certificate(folder, "root"))
    certificate(folder, "stranger")
    (folder / "serial").write_text("01\n")
    (folder / "openssl.cnf").write_text(CONFIGURATION.format(folder=folder))
    return folder


@pytest.fixture
def server(authority, settings):
    """The authority's web server. `answer` may take the place of its answer, `asked` counts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            server.asked += 1
            query = self.rfile.read(int(self.headers["Content-Length"]))
            (authority / "query").write_bytes(server.change(query))
            command = [OPENSSL, "ts", "-reply", "-config", authority / "openssl.cnf", "-queryfile", authority / "query"]
            done = subprocess.run(command, capture_output=True, check=True)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(server.answer or done.stdout)

        def log_message(self, *given):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.answer, server.change = 0, b"", bytes
    thread = Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    settings.CLAIMTRACK_TIMESTAMP_URL = f"http://127.0.0.1:{server.server_port}/"
    settings.CLAIMTRACK_TIMESTAMP_ROOTS = authority / "root.pem"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def stamp():
    said = StringIO()
    call_command("log", timestamp=True, stdout=said)
    return said.getvalue()


def test_it_works(log, server, authority, tmp_path):
    publish_others(3)
    day = datetime.now(UTC).date()
    assert f"Stamped: /log/timestamps/{day}." in stamp()
    answer = Client().get(f"/log/timestamps/{day}")
    assert answer["Content-Type"] == "application/timestamp-reply"
    (tmp_path / "stamp").write_bytes(answer.content)
    (tmp_path / "checkpoint").write_bytes(Client().get(f"/log/timestamps/{day}/checkpoint").content)
    assert (tmp_path / "checkpoint").read_text() == Checkpoint.objects.newest().note
    # As docs/proof.md says.
    command = ["openssl", "ts", "-verify", "-in", "stamp", "-data", "checkpoint", "-CAfile", authority / "root.pem"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr


def test_a_day_is_stamped_once(log, server):
    publish_others(1)
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        assert "Stamped" in stamp()
        publish_others(1)
        assert "already" in stamp()
        clock.shift(timedelta(days=1))
        assert "Stamped" in stamp()
    first, second = Timestamp.objects.order_by("day")
    assert server.asked == 2 and first.checkpoint.size < second.checkpoint.size


def test_a_log_that_has_not_grown_is_stamped_once(log, server):
    publish_others(1)
    assert stamping.stamp()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1), tick=False):
        assert stamping.stamp() is None
    assert server.asked == 1


def test_the_command_alone_does_not_let_the_log_grow(log, server):
    publish_others(1)
    stamp()
    sizes = []
    for _ in range(3):
        call_command("log", stdout=StringIO())
        sizes.append(Checkpoint.objects.newest().size)
    assert sizes[0] == sizes[1] == sizes[2], "the first run seals the row of the stamp"


def test_a_server_that_is_away_is_asked_again(log, server, settings):
    publish_others(1)
    url, settings.CLAIMTRACK_TIMESTAMP_URL = settings.CLAIMTRACK_TIMESTAMP_URL, "http://127.0.0.1:1/"
    with pytest.raises(
        CommandError, match=r"no time stamp of http://127.0.0.1:1/: .*refused.* The next run asks again"
    ):
        stamp()
    settings.CLAIMTRACK_TIMESTAMP_URL = url
    assert "Stamped" in stamp()


def other_message(query):
    """Ask for the stamp of another hash, with the same nonce."""
    at = query.index(b"\x04\x20") + 2
    return query[:at] + bytes(32) + query[at + 32 :]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"answer": b"<html>Welcome</html>"}, "no time stamp of http"),
        ({"change": other_message}, "Mismatch between messages"),
    ],
)
def test_an_answer_that_is_no_stamp_of_it(log, server, wrong, said):
    publish_others(1)
    vars(server).update(wrong)
    with pytest.raises(CommandError, match=said):
        stamp()
    assert not Timestamp.objects.exists()


def test_an_authority_that_nobody_trusts(log, server, authority, settings):
    publish_others(1)
    settings.CLAIMTRACK_TIMESTAMP_ROOTS = authority / "stranger.pem"
    with pytest.raises(CommandError, match="certificate"):
        stamp()


def test_without_a_server(log, settings):
    with pytest.raises(CommandError, match="CLAIMTRACK_TIMESTAMP_URL names no server"):
        stamp()


@pytest.mark.parametrize("day", ["2020-01-01", "2020-13-01", "2020-01-01/checkpoint"])
def test_a_day_without_a_stamp(log, day):
    sequencing.number()
    assert Client().get(f"/log/timestamps/{day}").status_code == 404


def test_a_stamp_stays(log, server):
    publish_others(1)
    stamp()
    assert (
        refusal("UPDATE claims_timestamp SET day = '2020-01-01'") == refusal("DELETE FROM claims_timestamp") == "frozen"
    )
