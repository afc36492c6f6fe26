"""deploy/claimtrack.socket: systemd holds the address, so requests wait while the site restarts, and are not refused."""

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager

import yaml

from tests.operations.serving.conftest import PATIENCE, ROOT

DEPLOY = ROOT / "deploy"
# As systemd starts a service that a socket belongs to: the socket is number 3.
ACTIVATED = 'exec 3<&"$1"; shift; LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"'
HTTP = b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


def command():
    """What the unit starts, with the program of this environment."""
    started = re.search(r"^ExecStart=\S+/claimtrack (.*)$", (DEPLOY / "claimtrack.service").read_text(), re.MULTILINE)
    return [sys.executable, "-m", "claimtrack", *started[1].split()]


@contextmanager
def running(listener, folder):
    process = subprocess.Popen(
        ["bash", "-c", ACTIVATED, "bash", str(listener.fileno()), *command()],
        cwd=ROOT,
        env={**os.environ, "CLAIMTRACK_VAR_DIR": str(folder)},
        pass_fds=[listener.fileno()],
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def ask(listener):
    asked = socket.create_connection(listener.getsockname(), timeout=PATIENCE)
    asked.sendall(HTTP)
    return asked


def test_who_asks_during_a_restart_waits(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        with running(listener, tmp_path), ask(listener) as before:
            assert before.recv(12) == b"HTTP/1.1 200"
        with ask(listener) as during, running(listener, tmp_path):
            assert during.recv(12) == b"HTTP/1.1 200"


def test_the_address_stands_in_the_socket_alone_and_is_that_of_nginx():
    [address] = re.findall(r"^ListenStream=(.*)$", (DEPLOY / "claimtrack.socket").read_text(), re.MULTILINE)
    assert f"server {address};" in (DEPLOY / "nginx.conf").read_text()
    assert "--bind" not in command()
    assert "Requires=claimtrack.socket" in (DEPLOY / "claimtrack.service").read_text().splitlines()


def test_the_proxy_of_compose_outlives_the_site():
    """A container that starts anew leaves those behind that are in its network, so the site is in the proxy's."""
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    web, proxy = services["web"], services["proxy"]
    assert web["network_mode"] == "service:proxy" and web["depends_on"]["proxy"]["restart"]
    assert "network_mode" not in proxy and "ports" in proxy and "ports" not in web
    assert web["command"][-1] in re.findall(r"server (\S+);", (DEPLOY / "nginx.conf").read_text())
