"""Measure slow downloads of the whole list, beside silent connections and somebody who reads pages.

    python -m bench.downloads --size 100k --rate 1000

The site runs as gunicorn.conf.py says, with one worker. As many clients as it allows read all claims as NDJSON, each at `--rate`
kB a second, which should take longer than every time-out: a statement's 30 seconds, gunicorn's 35, and 60 for a client that
stands still. Meanwhile another client is refused, four connections send nothing, and a reader asks for a page ten times a second.
"""

import argparse
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse
from typing import NamedTuple

from bench import data

EXPORT, PAGE = "/api/v1/claims.ndjson", "/api/v1/claims/?limit=50"
EXPORTS, SILENT = 4, 4  # CLAIMTRACK_EXPORTS is half of the eight threads
PIECE = 64 * 1024
PATIENCE = 60


class Download(NamedTuple):
    seconds: float
    size: int
    lines: int


@contextmanager
def site(size: str) -> Iterator[int]:
    """Serve the claims of this size; yield the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "claimtrack.wsgi", "--bind", f"127.0.0.1:{port}"]
    environment = {**data.environment(size), "CLAIMTRACK_REQUEST_LOG": "off"}
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, cwd=data.ROOT, env=environment, stderr=log)
        try:
            deadline = time.monotonic() + PATIENCE
            while not answers(port):
                if process.poll() is not None or time.monotonic() > deadline:
                    log.seek(0)
                    raise SystemExit(f"The site does not answer.\n{log.read()}")
                time.sleep(0.2)
            yield port
        finally:
            process.terminate()
            process.wait(PATIENCE)


def answers(port: int) -> bool:
    try:
        return ask(port, "/readyz")[0] == HTTPStatus.OK
    except ConnectionError:
        return False


def ask(port: int, path: str) -> tuple[int, float]:
    """Return the status of an answer that is read to its end, and its seconds."""
    began = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, time.monotonic() - began


def begin(port: int) -> HTTPResponse:
    """Ask for the export with a small buffer, so that the server has to wait for its reader."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.sock = socket.socket()
    connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, PIECE)
    connection.sock.settimeout(PATIENCE)
    connection.sock.connect(("127.0.0.1", port))
    connection.request("GET", EXPORT)
    return connection.getresponse()


def download(port: int, rate: float) -> Download:
    response = begin(port)
    if response.status != HTTPStatus.OK:
        raise SystemExit(f"A download was answered {response.status}.")
    began, size, lines = time.monotonic(), 0, 0
    while piece := response.read(PIECE):
        size += len(piece)
        lines += piece.count(b"\n")
        time.sleep(max(0, began + size / rate - time.monotonic()))
    return Download(time.monotonic() - began, size, lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", choices=data.SIZES, default="10k")
    parser.add_argument("--rate", type=float, default=1000, help="kB a second of each download")
    options = parser.parse_args()
    data.ensure(options.size)
    with site(options.size) as port, ThreadPoolExecutor(EXPORTS) as pool:
        running = [pool.submit(download, port, options.rate * 1000) for _ in range(EXPORTS)]
        silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(SILENT)]
        time.sleep(2)
        refused = begin(port)
        print(f"One export too many: {refused.status}, Retry-After {refused.headers['Retry-After']}")
        pages = []
        while not all(one.done() for one in running):
            pages.append(ask(port, PAGE))
            time.sleep(0.1)
        for one in silent:
            one.close()
        for one in running:
            took = one.result()
            print(f"Download: {took.lines:,} lines, {took.size / 1e6:.0f} MB in {took.seconds:.0f} s")
    seconds = [took for _, took in pages]
    statuses = {status for status, _ in pages}
    print(
        f"Pages meanwhile: {len(pages)}, statuses {statuses}; median {statistics.median(seconds) * 1000:.0f} ms, ",
        end="",
    )
    print(f"longest {max(seconds) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
