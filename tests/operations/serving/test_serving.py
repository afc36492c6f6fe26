"""gunicorn.conf.py with a real gunicorn and real sockets: slow readers and silent connections leave room for everybody else."""

import json
import socket
import time

import pytest
from django.db import connection

from tests.factories import make_claim, make_snapshot
from tests.operations.serving.conftest import PATIENCE

NDJSON = "/api/v1/claims.ndjson"
THREADS, EXPORTS = 8, 4  # by default
CLAIMS = 40
# More than the buffers of both sockets hold, so that whoever does not read on keeps the server waiting.
MINIMUM = 10_000_000
WORD = "𐌰𐌱𐌲 "
QUOTE = (WORD * 2_500).strip()

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def long_claims():
    """Claims with long quotes, ten in each."""
    snapshot = make_snapshot(WORD * 25_000)
    appearances = [{"snapshot": snapshot, "quote": QUOTE, "start": start} for start in range(0, 100_000, 10_000)]
    for number in range(CLAIMS):
        make_claim("unverified", text=f"Claim {number}.", appearances=appearances)


class Download:
    """A request for the export whose answer is read slowly."""

    def __init__(self, site):
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(("127.0.0.1", site.port))
        self.socket.sendall(f"GET {NDJSON} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".encode())
        self.file = self.socket.makefile("rb")

    def head(self):
        """The status and the headers."""
        status = int(self.file.readline().split()[1])
        headers = {}
        while (line := self.file.readline().strip().decode()) != "":
            name, _, value = line.partition(": ")
            headers[name] = value
        return status, headers

    def close(self):
        self.file.close()
        self.socket.close()


@pytest.fixture
def download():
    begun = []

    def begin(site):
        begun.append(Download(site))
        return begun[-1]

    yield begin
    for one in begun:
        one.close()


@pytest.fixture
def silent():
    """A function that opens a connection and sends nothing, or the beginning of a request."""
    opened = []

    def connect(site, beginning=b""):
        opened.append(socket.create_connection(("127.0.0.1", site.port), PATIENCE))
        opened[-1].sendall(beginning)
        return opened[-1]

    yield connect
    for one in opened:
        one.close()


def test_slow_downloads_and_silent_connections_leave_room_for_another_reader(serve, long_claims, download, silent):
    site = serve()
    downloads = [download(site) for _ in range(THREADS)]
    for _ in range(2 * THREADS):
        silent(site)
    answers = [one.head() for one in downloads]
    began = time.monotonic()
    response, body = site.request("/api/v1/claims/?limit=1&status=checked")
    took = time.monotonic() - began
    assert response.status == 200
    assert json.loads(body)["results"] == []
    assert took < 1

    # The downloads are still under way, and those beyond the limit were told when to come again.
    assert sorted(status for status, _ in answers) == [200] * EXPORTS + [503] * (THREADS - EXPORTS)
    for one, (status, headers) in zip(downloads, answers, strict=True):
        if status == 200:
            assert one.file.read().count(b"\n") == CLAIMS
        else:
            assert headers["Retry-After"] == "10"
            assert json.loads(one.file.read())["code"] == "too_many_exports"


@pytest.fixture
def hasty_database(transactional_db):
    """The database ends statements, idle transactions and, where it can, all transactions after a second."""
    names = ["statement_timeout", "idle_in_transaction_session_timeout"]
    names += ["transaction_timeout"] if connection.pg_version >= 170000 else []
    database = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"ALTER DATABASE {database} SET {name} = '1s'")
        yield
        for name in names:
            cursor.execute(f"ALTER DATABASE {database} RESET {name}")


def impatient(folder):
    """gunicorn.conf.py, but for a client that stands still for a second."""
    path = folder / "impatient.py"
    path.write_text("from claimtrack import server\nserver.STALL_TIMEOUT = 1\nfrom claimtrack.server import *\n")
    return str(path)


def test_a_download_may_take_longer_than_every_time_out(serve, long_claims, download, tmp_path, hasty_database):
    site = serve("--config", impatient(tmp_path), "--timeout", "3")
    slow = download(site)
    assert slow.head()[0] == 200
    began, size, lines = time.monotonic(), 0, 0
    while piece := slow.file.read(1_000_000):
        size += len(piece)
        lines += piece.count(b"\n")
        time.sleep(0.4)
    assert time.monotonic() - began > 4
    assert size > MINIMUM
    assert lines == CLAIMS


def test_who_goes_away_gives_the_place_back(serve, long_claims, download):
    site = serve(CLAIMTRACK_THREADS="2")
    first, second = download(site), download(site)
    assert {first.head()[0], second.head()[0]} == {200, 503}
    first.close()
    second.close()
    gone = site.line("request")
    while gone["status"] != 200:
        gone = site.line("request")
    assert gone["cut"] is True
    # The line is written a moment before the place is free.
    assert any(download(site).head()[0] == 200 for _ in range(50))


def test_a_silent_connection_is_dropped(serve, silent):
    site = serve("--keep-alive", "1")
    assert silent(site).recv(1) == b""


def test_a_request_that_is_never_finished_is_dropped(serve, silent, tmp_path):
    site = serve("--config", impatient(tmp_path))
    assert silent(site, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n").recv(1) == b""
    assert site.line("A stalled connection was closed.")["level"] == "warning"
