import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from gunicorn import glogging, util
from gunicorn.config import Config

from claimtrack import server


@pytest.mark.parametrize(
    ("status", "reason", "message", "expected", "why"),
    [
        (400, "Bad Request", "Request Line is too large (9000 > 8190)", (414, "uri_too_long"), "too long an address"),
        (400, "Bad Request", "Invalid HTTP request line", (400, "bad_request"), "no HTTP"),
        (431, "Request Header Fields Too Large", "Error parsing headers", (431, "bad_request"), "too many headers"),
        (500, "Internal Server Error", "", (500, "server_error"), "a fault of ours"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_no_worker_can_read_is_a_problem_document(monkeypatch, status, reason, message, expected, why):
    monkeypatch.setattr(util, "write_error", util.write_error)
    monkeypatch.setattr(util, "close_graceful", util.close_graceful)
    server.post_worker_init(None)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        util.write_error(ours, status, reason, message)
        ours.close()
        head, _, body = theirs.makefile("rb").read().partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    problem = json.loads(body)
    assert lines[0].startswith(f"HTTP/1.1 {expected[0]} ")
    assert "Content-Type: application/problem+json" in lines
    assert f"Content-Length: {len(body)}" in lines
    assert (problem["status"], problem["code"]) == expected


@pytest.mark.parametrize("path", ["gunicorn.conf.py", "claims/demo/server.py"])
def test_gunicorn_can_read_its_settings(path):
    root = Path(server.__file__).parent.parent
    command = [sys.executable, "-m", "gunicorn", "claimtrack.wsgi", "--check-config", "--config", path]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_nothing_is_collected_for_an_access_log(monkeypatch):
    def collect(*args):
        raise AssertionError("gunicorn collects headers and environment for a line that nobody writes")

    monkeypatch.setattr(glogging.Logger, "atoms", collect)
    config = Config()
    config.set("logger_class", server.logger_class)
    config.set("logconfig_dict", server.logconfig_dict)
    logger = config.logger_class.__new__(config.logger_class)
    logger.cfg = config
    logger.access(None, None, {}, None)
